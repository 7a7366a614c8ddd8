import { Plus } from 'lucide-react';
import { useWords } from '../i18n/Words.js';
import { ReachFields } from './ReachFields.js';
import { NO_REACH, type StatedReach } from './visit.rules.js';
import styles from './Listen.module.css';

interface Props {
  /** Null until they offer one. */
  added: StatedReach | null;
  wrong: readonly string[];
  problem: string | null;
  onChange: (added: StatedReach) => void;
}

/** Another way to reach somebody we know already. */
export const AddedReach = ({ added, wrong, problem, onChange }: Props) => {
  const { t } = useWords();
  if (!added)
    return (
      <button type="button" className={styles.more} onClick={() => onChange(NO_REACH)}>
        <Plus size={20} aria-hidden /> {t('visit.add_reach')}
      </button>
    );
  return (
    <fieldset className={styles.person}>
      <legend className={styles.label}>{t('visit.added_reach')}</legend>
      <ReachFields reach={added} wrong={wrong} problem={problem} onChange={(part) => onChange({ ...added, ...part })} />
    </fieldset>
  );
};
