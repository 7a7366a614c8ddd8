import { Button } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Bone } from '../app/Bone.js';
import { Empty } from '../app/Empty.js';
import { Trouble } from '../app/Trouble.js';
import { useWords } from '../i18n/Words.js';
import styles from './RejectsPage.module.css';

interface Props<Message> {
  query: UseInfiniteQueryResult<InfiniteData<{ items: Message[] }>>;
  /** What could not be read, when it cannot. */
  failed: string;
  empty: { title: string; lead: string };
  /** What the second column names; senders, unless told. */
  who?: string;
  row: (message: Message) => ReactNode;
}

/** The frame of every list of the quarantine: when it came, from whom, why it is here and what can be done; page by page. */
export function MessageList<Message>({ query, failed, empty, who, row }: Props<Message>) {
  const { t } = useWords();
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {query.isPending ? (
        <div className={styles.bones} role="status" aria-label={t('app.loading')}>
          {[70, 84, 62].map((width) => (
            <Bone key={width} width={`${width}%`} height={14} />
          ))}
        </div>
      ) : null}
      {query.isError && items.length === 0 ? (
        <Trouble what={failed} error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess && items.length === 0 ? <Empty {...empty} /> : null}
      {items.length > 0 ? (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('rejects.received')}</th>
              <th scope="col">{who ?? t('rejects.from')}</th>
              <th scope="col">{t('rejects.why')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('channels.col.deed')}</span>
              </th>
            </tr>
          </thead>
          <tbody>{items.map(row)}</tbody>
        </table>
      ) : null}
      {query.hasNextPage ? (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()} m={20}>
          {t('rejects.more')}
        </Button>
      ) : null}
    </>
  );
}
