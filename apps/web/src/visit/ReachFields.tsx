import { useWords, type Key } from '../i18n/Words.js';
import type { StatedReach } from './visit.rules.js';
import styles from './Listen.module.css';

const WAYS: { way: keyof StatedReach; label: Key; type: 'tel' | 'email' | 'text' }[] = [
  { way: 'phone', label: 'visit.phone', type: 'tel' },
  { way: 'email', label: 'visit.email', type: 'email' },
  { way: 'twitterHandle', label: 'visit.handle', type: 'text' },
];

interface Props {
  reach: StatedReach;
  /** Which of them the server did not take. */
  wrong: readonly string[];
  problem: string | null;
  onChange: (part: Partial<StatedReach>) => void;
}

/** Phone, email and X handle of somebody at the counter. */
export const ReachFields = ({ reach, wrong, problem, onChange }: Props) => {
  const { t } = useWords();
  return (
    <>
      <div className={styles.three}>
        {WAYS.map(({ way, label, type }) => (
          <label key={way} className={styles.field}>
            <small>{t(label)}</small>
            <input
              type={type}
              autoComplete="off"
              autoCapitalize="off"
              placeholder={way === 'twitterHandle' ? '@' : undefined}
              value={reach[way]}
              aria-invalid={wrong.includes(way) || undefined}
              onChange={(event) => onChange({ [way]: event.currentTarget.value })}
            />
          </label>
        ))}
      </div>
      <span className={styles.problem} role="alert">
        {problem}
      </span>
    </>
  );
};
