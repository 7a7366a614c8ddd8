import { RefreshCw } from 'lucide-react';
import { useWords } from '../i18n/Words.js';
import styles from './Changes.module.css';

/** What waits while somebody points at a list; a click lets it in. */
export const Changes = ({ waiting, onSettle }: { waiting: number; onSettle: () => void }) => {
  const { t } = useWords();
  return (
    <span role="status">
      {waiting > 0 ? (
        <button type="button" className={styles.changes} onClick={onSettle}>
          <RefreshCw size={13} />
          {t('queue.changes', { count: waiting })}
        </button>
      ) : null}
    </span>
  );
};
