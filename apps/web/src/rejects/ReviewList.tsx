import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OpenReview } from '#contracts';
import { reviewsQuery } from '../api/queries.js';
import { useWords } from '../i18n/Words.js';
import { moment, whole } from '../i18n/moments.js';
import { MessageList } from './MessageList.js';
import styles from './RejectsPage.module.css';

/** One message that names somebody else's case, with the way to where it is decided. */
const ReviewRow = ({ review }: { review: OpenReview }) => {
  const { t, intl } = useWords();
  const sender = review.sender ?? t('rejects.unknown_sender');
  return (
    <tr>
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
};

/** Messages that name a case of somebody else's; each is decided on its case, where it can be read. */
export const ReviewList = () => {
  const { t } = useWords();
  return (
    <MessageList
      query={useInfiniteQuery(reviewsQuery)}
      failed={t('quarantine.reviews.error')}
      empty={{ title: t('quarantine.reviews.empty'), lead: t('quarantine.reviews.empty.lead') }}
      row={(review) => <ReviewRow key={review.entryId} review={review} />}
    />
  );
};
