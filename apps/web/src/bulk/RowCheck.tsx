import type { MouseEvent } from 'react';
import type { CaseRow } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { selection, useChosen } from './selection.js';
import styles from './Bulk.module.css';

/** Chooses a row of a list, with shift all rows since the last one. */
export const RowCheck = ({ row, rows }: { row: CaseRow; rows: readonly CaseRow[] }) => {
  const { t } = useWords();
  const chosen = useChosen(row.id);
  const click = (event: MouseEvent) => {
    if (!event.shiftKey) return;
    event.preventDefault();
    selection.extend(rows, row.id);
  };
  return (
    <label className={styles.check} onClick={click}>
      <input
        type="checkbox"
        checked={chosen}
        aria-label={t('bulk.choose', { name: row.customer.displayName })}
        onChange={() => selection.toggle(row)}
      />
    </label>
  );
};
