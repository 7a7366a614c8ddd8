import { CircleCheck, CircleDot, Clock, Pause, Timer, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { CaseRow, CaseStatus } from '#contracts';
import { useNow } from '../app/now.js';
import { useWords } from '../i18n/Words.js';
import { clock } from '../i18n/moments.js';
import { DUE_WORDS, dueLook, spanOf } from './due.rules.js';
import styles from './RowChip.module.css';

const GLYPHS: Record<CaseStatus, LucideIcon> = {
  new: CircleDot,
  understood: CircleDot,
  in_solution: Clock,
  waiting: Pause,
  restored: CircleCheck,
  closed: CircleCheck,
  merged: CircleCheck,
  spam: CircleCheck,
};

const StatusChip = ({ status, waitReason }: Pick<CaseRow, 'status' | 'waitReason'>) => {
  const { t } = useWords();
  const Glyph = GLYPHS[status];
  const words =
    status === 'waiting' && waitReason ? t('wait.for', { reason: t(`wait.${waitReason}`) }) : t(`status.${status}`);
  return (
    <span className={styles.chip} data-look={status === 'waiting' ? 'paused' : undefined}>
      <Glyph size={12} aria-hidden />
      {words}
    </span>
  );
};

/** The nearest due time in words, coloured only when somebody must act; without one, the stage. */
export const RowChip = ({ row }: { row: Pick<CaseRow, 'nextDue' | 'status' | 'waitReason'> }) => {
  const { t, intl } = useWords();
  const now = useNow();
  const { nextDue } = row;
  if (!nextDue) return <StatusChip status={row.status} waitReason={row.waitReason} />;
  const look = dueLook(nextDue, now);
  if (look === 'paused') return <StatusChip status="waiting" waitReason={row.waitReason} />;
  const { unit, ...values } = spanOf(Math.abs(Date.parse(nextDue.dueAt) - now));
  const span = t(`span.${unit}`, values);
  const verb = t(DUE_WORDS[nextDue.metric]);
  const Glyph = look === 'breached' ? TriangleAlert : look === 'due' ? Timer : Clock;
  const sentence = t('due.sentence', { verb, time: clock(intl, nextDue.dueAt) });
  return (
    <span className={styles.chip} data-look={look} title={sentence}>
      <Glyph size={12} aria-hidden />
      {look === 'breached' ? t('due.breached', { span }) : t('due.in', { verb, span })}
    </span>
  );
};
