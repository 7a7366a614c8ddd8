import { useWords } from '../i18n/Words.js';
import { ReachFields } from './ReachFields.js';
import type { StatedPerson } from './visit.rules.js';
import styles from './Listen.module.css';

interface Props {
  person: StatedPerson;
  nameProblem: string | null;
  reachProblem: string | null;
  /** Which of the addresses the server could not read. */
  wrong: readonly string[];
  onChange: (part: Partial<StatedPerson>) => void;
}

/** Somebody we do not know yet: a name, and at least one way to reach them. */
export const NewPerson = ({ person, nameProblem, reachProblem, wrong, onChange }: Props) => {
  const { t } = useWords();
  return (
    <fieldset className={styles.person}>
      <legend className="visually-hidden">{t('visit.new')}</legend>
      <label className={styles.field}>
        <span className={styles.label}>{t('visit.name')}</span>
        <input
          value={person.displayName}
          autoComplete="off"
          aria-invalid={nameProblem ? true : undefined}
          onChange={(event) => onChange({ displayName: event.currentTarget.value })}
        />
        <span className={styles.problem} role="alert">
          {nameProblem}
        </span>
      </label>
      <p className={styles.label}>{t('visit.reach')}</p>
      <ReachFields reach={person} wrong={wrong} problem={reachProblem} onChange={onChange} />
    </fieldset>
  );
};
