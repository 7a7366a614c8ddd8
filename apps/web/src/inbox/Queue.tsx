import type { CaseView } from '#contracts';
import { Empty } from '../app/Empty.js';
import { useUser } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { BulkBar } from '../bulk/BulkBar.js';
import { useWords } from '../i18n/Words.js';
import { Strips } from '../ownership/Strips.js';
import { useHeldStill } from '../live/attention.js';
import { Changes } from '../live/Changes.js';
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
  const { refetch } = cases;
  const { waiting, settle, held } = useHeldStill('cases', view, refetch);
  const empty = useEmptyWords(view, cases.isSuccess && cases.rows.length === 0);

  return (
    <>
      <header className={styles.head}>
        <h1>{t(view === 'open' && role === 'store' ? 'view.open.store' : `view.${view}.title`)}</h1>
        <Changes waiting={waiting} onSettle={settle} />
        {view === 'next' ? <TakeNextButton /> : null}
      </header>
      <QueueTabs view={view} />
      <AwayStrip />
      <Strips view={view} />
      <div className={styles.body} {...held}>
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
