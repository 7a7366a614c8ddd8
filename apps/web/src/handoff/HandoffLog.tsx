import { useState } from 'react';
import type { CaseDetail } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { EntryBubble } from './EntryBubble.js';
import type { WholeHandoff } from './handoff.rules.js';
import { useTellCustomer } from './useTellCustomer.js';
import styles from './Handoff.module.css';

interface Props {
  handoff: WholeHandoff;
  detail: CaseDetail;
  name: string;
}

/** All that was said between the two companies, oldest first, with who could read it. */
export const HandoffLog = ({ handoff, detail }: Props) => {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const { tell, asking } = useTellCustomer(detail, handoff.partner.name);
  const entries = handoff.entries.toSorted((a, b) => a.seq - b.seq);
  if (entries.length === 0) return null;
  return (
    <>
      <button type="button" className={styles.unfold} aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? 'handoff.log.fold' : 'handoff.log', { count: entries.length })}
      </button>
      {open ? (
        <div className={styles.log} role="log" aria-label={t('handoff.log', { count: entries.length })}>
          {entries.map((entry) => (
            <EntryBubble
              key={entry.id}
              handoff={handoff}
              entry={entry}
              customer={detail.customer.displayName}
              onTell={tell}
            />
          ))}
        </div>
      ) : null}
      {asking}
    </>
  );
};
