import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { rejectsQuery } from '../api/queries.js';
import { Bone } from '../app/Bone.js';
import { Empty } from '../app/Empty.js';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { useWords } from '../i18n/Words.js';
import { RejectRow } from './RejectRow.js';
import styles from './RejectsPage.module.css';

/** What was kept back and waits for a decision, or what was decided, newest first. */
export const RejectList = ({ decided }: { decided: boolean }) => {
  const { t } = useWords();
  const may = useMay();
  const rejects = useInfiniteQuery(rejectsQuery(decided ? 'decided' : 'open'));
  const items = rejects.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
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
        <Empty
          title={t(decided ? 'quarantine.decided.empty' : 'rejects.empty')}
          lead={t(decided ? 'quarantine.decided.empty.lead' : 'rejects.empty.lead')}
        />
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
            {items.map((reject) => (
              <RejectRow key={reject.id} reject={reject} decides={may('reject.manage')} />
            ))}
          </tbody>
        </table>
      ) : null}
      {rejects.hasNextPage ? (
        <Button loading={rejects.isFetchingNextPage} onClick={() => void rejects.fetchNextPage()} m={20}>
          {t('rejects.more')}
        </Button>
      ) : null}
    </>
  );
};
