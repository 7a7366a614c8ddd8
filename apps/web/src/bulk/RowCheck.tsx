import type { ChangeEvent } from 'react';
import type { CaseRow } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { selection, useChosen } from './selection.js';
import styles from './Bulk.module.css';

/** Chooses a row of a list, with shift all rows since the last one. */
export const RowCheck = ({ row, rows }: { row: CaseRow; rows: readonly CaseRow[] }) => {
  const { t } = useWords();
  const chosen = useChosen(row.id);
  // A box changes by a click, whatever made it: that says whether shift was held.
  const change = ({ nativeEvent }: ChangeEvent) => {
    if (nativeEvent instanceof MouseEvent && nativeEvent.shiftKey) selection.extend(rows, row.id);
    else selection.toggle(row);
  };
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        checked={chosen}
        aria-label={t('bulk.choose', { name: row.customer.displayName })}
        onChange={change}
      />
    </label>
  );
};
