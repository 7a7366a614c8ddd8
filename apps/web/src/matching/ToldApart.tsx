import { Button } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import { useWords } from '../i18n/Words.js';
import styles from './Matching.module.css';

/** What was just said, and how to take it back. */
export const ToldApart = ({ name, busy, onUndo }: { name: string; busy: boolean; onUndo: () => void }) => {
  const { t } = useWords();
  return (
    <div className={styles.banner}>
      <div className={styles.head}>
        <p>{t('suggestion.told_apart', { name })}</p>
        <div className={styles.deeds}>
          <Button
            size="xs"
            loading={busy}
            leftSection={<Undo2 size={14} aria-hidden />}
            aria-label={t('suggestion.undo_of', { name })}
            onClick={onUndo}
          >
            {t('suggestion.undo')}
          </Button>
        </div>
      </div>
    </div>
  );
};
