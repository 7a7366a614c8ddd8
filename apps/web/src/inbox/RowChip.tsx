import { CircleCheck, CircleDot, Clock, Pause, Timer, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { CaseOrder, CaseRow, CaseStatus } from '#contracts';
import { useNow } from '../app/now.js';
import { useWords } from '../i18n/Words.js';
import { clock, day } from '../i18n/moments.js';
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

/** Why a row stands where it does, in a list of what is due. */
const useOrderSentence = (order: CaseOrder | undefined): string | undefined => {
  const { t, intl } = useWords();
  if (!order) return undefined;
  const { dueAt, impact, tier } = order;
  const due = dueAt ? t('order.due', { day: day(intl, dueAt), time: clock(intl, dueAt) }) : t('order.not_due');
  return t('order.then', { due, impact, tier });
};

const StatusChip = ({
  status,
  waitReason,
  partnerName,
  title,
}: Pick<CaseRow, 'status' | 'waitReason' | 'partnerName'> & { title?: string | undefined }) => {
  const { t } = useWords();
  const Glyph = GLYPHS[status];
  const words =
    status === 'waiting' && waitReason
      ? t('wait.for', { reason: partnerName ?? t(`wait.${waitReason}`) })
      : t(`status.${status}`);
  return (
    <span className={styles.chip} data-look={status === 'waiting' ? 'paused' : undefined} title={title}>
      <Glyph size={12} aria-hidden />
      {words}
    </span>
  );
};

/** The nearest due time in words, coloured only when somebody must act; without one, the stage. */
export const RowChip = ({
  row,
}: {
  row: Pick<CaseRow, 'nextDue' | 'status' | 'waitReason' | 'partnerName' | 'order'>;
}) => {
  const { t, intl } = useWords();
  const now = useNow();
  const { nextDue } = row;
  const place = useOrderSentence(row.order);
  if (!nextDue) return <StatusChip {...row} title={place} />;
  const look = dueLook(nextDue, now);
  if (look === 'paused') return <StatusChip {...row} status="waiting" title={place} />;
  const { unit, ...values } = spanOf(Math.abs(Date.parse(nextDue.dueAt) - now));
  const span = t(`span.${unit}`, values);
  const verb = t(DUE_WORDS[nextDue.metric]);
  const Glyph = look === 'breached' ? TriangleAlert : look === 'due' ? Timer : Clock;
  const sentence = t('due.sentence', { verb, time: clock(intl, nextDue.dueAt) });
  return (
    <span className={styles.chip} data-look={look} title={place ? `${sentence}. ${place}` : sentence}>
      <Glyph size={12} aria-hidden />
      {look === 'breached' ? t('due.breached', { span }) : t('due.in', { verb, span })}
    </span>
  );
};
