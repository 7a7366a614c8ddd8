import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { REJECT_REASONS, type Language, type Reject } from '#contracts';
import { rejectsQuery } from '../api/queries.js';
import { rejectUrl } from '../api/requests.js';
import { Bone } from '../app/Bone.js';
import { Empty } from '../app/Empty.js';
import { useFileSize } from '../app/fileSize.js';
import { ChannelGlyph } from '../app/glyphs.js';
import { Trouble } from '../app/Trouble.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { moment, whole } from '../i18n/moments.js';
import styles from './RejectsPage.module.css';

/** Why, in words; a reason of another version of ours stands as it is. */
const whyOf = (reason: string, language: Language): string =>
  Object.entries(REJECT_REASONS).find(([code]) => code === reason)?.[1][language] ?? reason;

const RejectRow = ({ reject }: { reject: Reject }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const sizeText = useFileSize();
  const sender = reject.sender ?? t('rejects.unknown_sender');
  return (
    <tr>
      <td className={styles.when}>
        <time dateTime={reject.receivedAt} title={whole(intl, reject.receivedAt)}>
          {moment(intl, reject.receivedAt)}
        </time>
      </td>
      <td className={styles.what}>
        <span className={styles.from}>
          <ChannelGlyph channel={reject.channel} size={14} aria-label={t(`channel.${reject.channel}.name`)} />
          <b>{sender}</b>
        </span>
        {reject.subject ? (
          <span className={styles.subject} title={reject.subject}>
            {reject.subject}
          </span>
        ) : null}
      </td>
      <td className={styles.why}>
        {whyOf(reject.reason, language)}
        <small>{[reject.detail, t('error.code', { code: reject.reason })].filter(Boolean).join(' · ')}</small>
      </td>
      <td className={styles.size}>{sizeText(reject.size)}</td>
      <td className={styles.deed}>
        <a href={rejectUrl(reject.id)} download aria-label={t('rejects.download_from', { sender })}>
          <Download size={14} aria-hidden /> {t('rejects.download')}
        </a>
      </td>
    </tr>
  );
};

/** What arrived and could not be understood: never lost, always with its reason and its original. */
export const RejectsPage = () => {
  const { t } = useWords();
  const rejects = useInfiniteQuery(rejectsQuery);
  const items = rejects.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <h1>{t('rejects.title')}</h1>
        <p>{t('rejects.lead')}</p>
      </header>
      {rejects.isPending ? (
        <div className={styles.bones} role="status" aria-label={t('app.loading')}>
          {[70, 84, 62].map((width) => (
            <Bone key={width} width={`${width}%`} height={14} />
          ))}
        </div>
      ) : null}
      {rejects.isError && items.length === 0 ? (
        <Trouble what={t('error.rejects')} error={rejects.error} onRetry={() => void rejects.refetch()} />
      ) : null}
      {rejects.isSuccess && items.length === 0 ? (
        <Empty title={t('rejects.empty')} lead={t('rejects.empty.lead')} />
      ) : null}
      {items.length > 0 ? (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('rejects.received')}</th>
              <th scope="col">{t('rejects.from')}</th>
              <th scope="col">{t('rejects.why')}</th>
              <th scope="col" className={styles.size}>
                {t('rejects.size')}
              </th>
              <th scope="col">
                <span className="visually-hidden">{t('rejects.download')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((reject) => (
              <RejectRow key={reject.id} reject={reject} />
            ))}
          </tbody>
        </table>
      ) : null}
      {rejects.hasNextPage ? (
        <Button loading={rejects.isFetchingNextPage} onClick={() => void rejects.fetchNextPage()} m={20}>
          {t('rejects.more')}
        </Button>
      ) : null}
    </main>
  );
};
