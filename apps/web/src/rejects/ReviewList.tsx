import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { reviewsQuery } from '../api/queries.js';
import { Bone } from '../app/Bone.js';
import { Empty } from '../app/Empty.js';
import { Trouble } from '../app/Trouble.js';
import { useWords } from '../i18n/Words.js';
import { moment, whole } from '../i18n/moments.js';
import styles from './RejectsPage.module.css';

/** Messages that name a case of somebody else's; each is decided on its case, where it can be read. */
export const ReviewList = () => {
  const { t, intl } = useWords();
  const reviews = useInfiniteQuery(reviewsQuery);
  const items = reviews.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {reviews.isPending ? (
        <div className={styles.bones} role="status" aria-label={t('app.loading')}>
          <Bone width="70%" height={14} />
        </div>
      ) : null}
      {reviews.isError && items.length === 0 ? (
        <Trouble what={t('quarantine.reviews.error')} error={reviews.error} onRetry={() => void reviews.refetch()} />
      ) : null}
      {reviews.isSuccess && items.length === 0 ? (
        <Empty title={t('quarantine.reviews.empty')} lead={t('quarantine.reviews.empty.lead')} />
      ) : null}
      {items.length > 0 ? (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('rejects.received')}</th>
              <th scope="col">{t('rejects.from')}</th>
              <th scope="col">{t('rejects.why')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('channels.col.deed')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((review) => {
              const sender = review.sender ?? t('rejects.unknown_sender');
              return (
                <tr key={review.entryId}>
                  <td className={styles.when}>
                    <time dateTime={review.receivedAt} title={whole(intl, review.receivedAt)}>
                      {moment(intl, review.receivedAt)}
                    </time>
                  </td>
                  <td className={styles.what}>
                    <b>{sender}</b>
                    {review.subject ? <span className={styles.subject}>{review.subject}</span> : null}
                  </td>
                  <td className={styles.why}>
                    {t('quarantine.review.names', {
                      at: `${review.case.reference} (${review.case.customer})`,
                      named: `${review.named.reference} (${review.named.customer})`,
                    })}
                  </td>
                  <td className={styles.deed}>
                    <div>
                      <Link
                        to="/cases/$reference"
                        params={{ reference: review.case.reference }}
                        search={{ view: 'open' }}
                        hash={`entry-${review.entryId}`}
                        aria-label={t('quarantine.review.open_of', { sender })}
                      >
                        {t('quarantine.review.open')}
                      </Link>
                    </div>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      ) : null}
      {reviews.hasNextPage ? (
        <Button loading={reviews.isFetchingNextPage} onClick={() => void reviews.fetchNextPage()} m={20}>
          {t('rejects.more')}
        </Button>
      ) : null}
    </>
  );
};
