import { Button } from '@mantine/core';
import { Plus } from 'lucide-react';
import type { CaseDetail, ReliefTask } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import { decideRelief } from './repairRequests.js';
import { useRepairDeed } from './useRepairDeed.js';
import styles from './Repairs.module.css';

interface Props {
  detail: CaseDetail;
  tasks: readonly ReliefTask[];
  works: boolean;
  onPlan: () => void;
}

/** What gives the customer back what they lack before the cause is fixed: who, by when, done. */
export const ReliefTasks = ({ detail, tasks, works, onPlan }: Props) => {
  const { t, intl } = useWords();
  const { run, busy } = useRepairDeed(detail);
  const shown = tasks.filter(({ state }) => state !== 'cancelled');
  if (shown.length === 0 && !works) return null;
  return (
    <>
      <h4 className={styles.sub}>{t('relief.title')}</h4>
      <ul>
        {shown.map((task) => (
          <li
            key={task.id}
            className={styles.task}
            data-late={task.state === 'planned' && new Date(task.dueAt) < new Date()}
          >
            <span>
              {t(`relief.kind.${task.kind}`)} → {t(`impact.${task.impact}`).toLocaleLowerCase()}
              {task.note ? <small> · {task.note}</small> : null}
            </span>
            <small>
              {task.state === 'done' && task.decidedAt
                ? t('relief.done_at', { moment: moment(intl, task.decidedAt) })
                : `${task.owner.displayName} · ${moment(intl, task.dueAt)}`}
            </small>
            {works && task.state === 'planned' ? (
              <Button
                size="xs"
                loading={busy}
                onClick={() => void run(() => decideRelief(task.id, { state: 'done' }), false)}
              >
                {t('relief.done')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {works ? (
        <button type="button" className={styles.link} style={{ margin: '0 -6px' }} onClick={onPlan}>
          <Plus size={14} aria-hidden style={{ verticalAlign: '-2px' }} /> {t('relief.plan')}
        </button>
      ) : null}
    </>
  );
};
