import { PenLine } from 'lucide-react';
import { useWords } from '../i18n/Words.js';
import { useOthers } from './others.js';
import styles from './Present.module.css';

/** Somebody else is writing on this case right now: said where one is about to write oneself. */
export const WritingNotice = ({ caseId }: { caseId: string }) => {
  const { t } = useWords();
  const writers = useOthers(caseId).filter(({ state }) => state === 'writing');
  const [first] = writers;
  return (
    <div role="status">
      {first ? (
        <p className={styles.notice}>
          <PenLine size={14} aria-hidden />
          <b>{t('presence.writing', { name: first.displayName })}</b>
          {writers.length > 1 ? t('presence.more', { count: writers.length - 1 }) : null}
          <small>{t('presence.writing.lead')}</small>
        </p>
      ) : null}
    </div>
  );
};
