import { useState } from 'react';
import { useWords } from '../i18n/Words.js';
import styles from './Letter.module.css';

/** Unfolds what a mail carries along of earlier ones. */
export const QuoteButton = ({ unfolded, onToggle }: { unfolded: boolean; onToggle: () => void }) => {
  const { t } = useWords();
  return (
    <button
      type="button"
      className={styles.fold}
      aria-expanded={unfolded}
      aria-label={t(unfolded ? 'entry.quote.hide' : 'entry.quote.show')}
      onClick={onToggle}
    >
      ··· {t('entry.quote')}
    </button>
  );
};

/** What is quoted below the words, folded until asked for; never gone. */
export const Quoted = ({ text }: { text: string | null }) => {
  const [unfolded, setUnfolded] = useState(false);
  if (!text) return null;
  return (
    <>
      {' '}
      <QuoteButton unfolded={unfolded} onToggle={() => setUnfolded(!unfolded)} />
      {unfolded ? <blockquote className={styles.quote}>{text}</blockquote> : null}
    </>
  );
};
