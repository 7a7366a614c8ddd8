import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check, Minus, TriangleAlert } from 'lucide-react';
import type { BulkItem, BulkOutcome } from '#contracts';
import { Dialog } from '../app/Dialog.js';
import { useHomeView } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { heldRow } from '../inbox/heldRows.js';
import { countsOf } from './outcomes.js';
import styles from './Bulk.module.css';

const GLYPHS = { done: Check, unchanged: Minus, refused: TriangleAlert } as const;
const WORST_FIRST: BulkOutcome[] = ['refused', 'unchanged', 'done'];

/** What became of each, what could not be done first. */
export default function BulkResultDialog({ items, onClose }: { items: BulkItem[]; onClose: () => void }) {
  const { t } = useWords();
  const view = useHomeView();
  const client = useQueryClient();
  const ordered = items.toSorted((a, b) => WORST_FIRST.indexOf(a.outcome) - WORST_FIRST.indexOf(b.outcome));
  return (
    <Dialog title={t('bulk.result')} size={520} onClose={onClose}>
      <p>{t('bulk.result.lead', countsOf(items))}</p>
      <ul className={styles.results}>
        {ordered.map(({ id, reference, outcome, error }) => {
          const Glyph = GLYPHS[outcome];
          return (
            <li key={id} data-outcome={outcome}>
              <Glyph size={14} aria-hidden />
              {reference ? (
                <Link to="/cases/$reference" params={{ reference }} search={{ view }} onClick={onClose}>
                  {heldRow(client, reference)?.customer.displayName ?? reference}
                </Link>
              ) : (
                <span>{t('bulk.unseen')}</span>
              )}
              <span>{error ? error.message : t(`bulk.outcome.${outcome}`)}</span>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
