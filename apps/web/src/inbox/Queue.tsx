import { RefreshCw } from 'lucide-react';
import { useEffect, type PointerEvent } from 'react';
import type { CaseView } from '#contracts';
import { Empty } from '../app/Empty.js';
import { useUser } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { BulkBar } from '../bulk/BulkBar.js';
import { useWords } from '../i18n/Words.js';
import { Strips } from '../ownership/Strips.js';
import { attention, useAttention } from '../live/attention.js';
import { QueueBones } from './QueueBones.js';
import { QueueList } from './QueueList.js';
import { QueueTabs } from './QueueTabs.js';
import { AwayStrip } from '../queues/AwayStrip.js';
import { TakeNextButton } from '../queues/TakeNextButton.js';
import { useEmptyWords } from './useEmptyWords.js';
import type { Cases } from './useCases.js';
import styles from './Queue.module.css';

interface Props {
  view: CaseView;
  cases: Cases;
  /** Reference of the case that is open, or of the row the keys stand on. */
  current: string | null;
  onOpened: () => void;
}

/** One view of the inbox: its name, its tabs, its rows. */
export const Queue = ({ view, cases, current, onOpened }: Props) => {
  const { t } = useWords();
  const { role } = useUser();
  const { waiting } = useAttention();
  const { refetch } = cases;
  const empty = useEmptyWords(view, cases.isSuccess && cases.rows.length === 0);
  const settle = () => {
    if (attention.now().waiting.size === 0) return;
    attention.release();
    void refetch();
  };
  useEffect(() => () => attention.point(false), []);
  useEffect(() => attention.release, [view]);
  const enter = (event: PointerEvent) => attention.point(event.pointerType !== 'touch');
  const leave = () => {
    attention.point(false);
    settle();
  };

  return (
    <>
      <header className={styles.head}>
        <h1>{t(view === 'open' && role === 'store' ? 'view.open.store' : `view.${view}.title`)}</h1>
        <span role="status">
          {waiting.size > 0 ? (
            <button type="button" className={styles.changes} onClick={settle}>
              <RefreshCw size={13} />
              {t('queue.changes', { count: waiting.size })}
            </button>
          ) : null}
        </span>
        {view === 'next' ? <TakeNextButton /> : null}
      </header>
      <QueueTabs view={view} />
      <AwayStrip />
      <Strips view={view} />
      <div className={styles.body} onPointerEnter={enter} onPointerLeave={leave}>
        {cases.isPending ? <QueueBones /> : null}
        {cases.isError && cases.rows.length === 0 ? (
          <Trouble what={t('error.list')} error={cases.error} onRetry={() => void refetch()} />
        ) : null}
        {cases.isSuccess && cases.rows.length === 0 ? <Empty small {...empty} /> : null}
        {cases.rows.length > 0 ? (
          <QueueList key={view} view={view} cases={cases} current={current} onOpened={onOpened} />
        ) : null}
        <BulkBar view={view} rows={cases.rows} current={current} />
      </div>
    </>
  );
};
