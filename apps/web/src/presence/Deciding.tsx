import { Button } from '@mantine/core';
import { Hourglass } from 'lucide-react';
import { useWords } from '../i18n/Words.js';
import type { HeldLock } from './useDecisionLock.js';
import styles from './Present.module.css';

/** In a dialog that decides something: somebody else has it open as well, and how to go on all the same. */
export const Deciding = ({ lock: { other, takeOver } }: { lock: HeldLock }) => {
  const { t } = useWords();
  return (
    <div role="alert">
      {other ? (
        <p className={styles.deciding}>
          <Hourglass size={16} aria-hidden />
          <span>{t('deciding.by', { name: other.by.displayName })}</span>
          <Button size="xs" onClick={takeOver}>
            {t('deciding.take_over')}
          </Button>
        </p>
      ) : null}
    </div>
  );
};
