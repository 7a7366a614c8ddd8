import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import type { Escalation } from '#contracts';
import { useNow } from '../app/now.js';
import { clockName } from '../clocks/clock.rules.js';
import { useSpan } from '../dashboard/useSpan.js';
import { clock } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import styles from './Escalations.module.css';

interface Props {
  escalation: Escalation;
  chosen: boolean;
  busy: boolean;
  /** Why the last deed on it was refused. */
  refused: string | undefined;
  onChoose: (chosen: boolean) => void;
  onAcknowledge: () => void;
  onTake: () => void;
}

/** One rung that was raised: who waits for what, since when, who answers for it, and what can be done. */
export const EscalationRow = ({ escalation, chosen, busy, refused, onChoose, onAcknowledge, onTake }: Props) => {
  const { t, intl } = useWords();
  const now = useNow();
  const span = useSpan();
  const { metric, partnerName, reason, rung, rungs, dueAt, accountable, acknowledgeBy, mine } = escalation;
  const { reference, customerName } = escalation.case;
  const facts = [
    t('escalation.rung', { rung, rungs }),
    accountable ? t('escalation.of', { who: accountable.displayName }) : t('escalation.of_nobody'),
    escalation.queue?.name,
    acknowledgeBy ? t('escalation.by', { time: clock(intl, acknowledgeBy) }) : null,
  ];
  const open = escalation.acknowledgedAt === null && escalation.endedAt === null;
  return (
    <li className={styles.row} data-chosen={chosen || undefined}>
      {open && mine ? (
        <input
          type="checkbox"
          aria-label={t('escalation.choose', { who: customerName })}
          checked={chosen}
          onChange={({ currentTarget: { checked } }) => onChoose(checked)}
        />
      ) : (
        <TriangleAlert size={15} className={styles.glyph} aria-hidden />
      )}
      <div className={styles.what}>
        <Link to="/cases/$reference" params={{ reference }}>
          {t(`escalation.sentence.${reason}`, {
            who: customerName,
            what: clockName(t, metric, partnerName),
            span: span(dueAt, now),
          })}
        </Link>
        <small>{facts.filter(Boolean).join(' · ')}</small>
        {escalation.acknowledgedBy ? (
          <small>{t('escalation.seen', { who: escalation.acknowledgedBy.displayName })}</small>
        ) : null}
        {refused ? <small className={styles.refused}>{refused}</small> : null}
      </div>
      {open && mine ? (
        <div className={styles.deeds}>
          <Button size="xs" variant="subtle" disabled={busy} onClick={onAcknowledge}>
            {t('escalation.acknowledge')}
          </Button>
          <Button size="xs" disabled={busy} onClick={onTake}>
            {t('escalation.take')}
          </Button>
        </div>
      ) : null}
    </li>
  );
};
