import { UserPlus, X } from 'lucide-react';
import { useState } from 'react';
import { Avatar } from '../app/Avatar.js';
import { useWords } from '../i18n/Words.js';
import styles from './Merge.module.css';
import { PersonPicker } from './PersonPicker.js';

/** Somebody we know, or somebody new by that name. */
export type Target = { id: string; displayName: string } | { displayName: string };

interface Props {
  except: string;
  target: Target | null;
  onTarget: (target: Target | null) => void;
}

/** Whose it is: found, or new by the name that was typed. */
export const SplitTarget = ({ except, target, onTarget }: Props) => {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  if (target)
    return (
      <p className={styles.target}>
        <Avatar name={target.displayName} size={28} />
        <b>{target.displayName}</b>
        {'id' in target ? null : <small>{t('split.new_person')}</small>}
        <button type="button" aria-label={t('merge.somebody_else')} onClick={() => onTarget(null)}>
          <X size={16} aria-hidden />
        </button>
      </p>
    );
  const name = typed.trim();
  return (
    <div>
      <PersonPicker
        label={t('split.whose')}
        typed={typed}
        onTyped={setTyped}
        except={except}
        onChoose={({ id, displayName }) => onTarget({ id, displayName })}
      />
      {name.length >= 2 ? (
        <button type="button" className={styles.fresh} onClick={() => onTarget({ displayName: name })}>
          <UserPlus size={16} aria-hidden /> {t('split.somebody_new', { name })}
        </button>
      ) : null}
    </div>
  );
};
