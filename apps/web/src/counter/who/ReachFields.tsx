import type { z } from 'zod';
import type { AddedContacts } from '#contracts';
import { useWords, type Key } from '../../i18n/Words.js';
import pieces from '../pieces/Pieces.module.css';
import styles from '../Counter.module.css';

type Reach = z.infer<typeof AddedContacts>;

const WAYS: { way: keyof Reach; label: Key; type: 'tel' | 'email' | 'text' }[] = [
  { way: 'phone', label: 'visit.phone', type: 'tel' },
  { way: 'email', label: 'visit.email', type: 'email' },
  { way: 'twitterHandle', label: 'visit.handle', type: 'text' },
];

interface Props {
  reach: Reach;
  onChange: (part: Partial<Reach>) => void;
}

/** Phone, email and X handle of somebody at the counter. */
export const ReachFields = ({ reach, onChange }: Props) => {
  const { t } = useWords();
  return (
    <div className={styles.pair}>
      {WAYS.map(({ way, label, type }) => (
        <label key={way} className={pieces.field}>
          <span className={pieces.label}>{t(label)}</span>
          <input
            type={type}
            autoComplete="off"
            autoCapitalize="off"
            placeholder={way === 'twitterHandle' ? '@' : undefined}
            value={reach[way] ?? ''}
            onChange={(event) => onChange({ [way]: event.currentTarget.value })}
          />
        </label>
      ))}
    </div>
  );
};
