import { useQuery } from '@tanstack/react-query';
import { peopleQuery } from '../api/queries.js';
import { Avatar } from '../app/Avatar.js';
import { useUser } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { meant, namedAt, withName } from './mention.rules.js';
import styles from './Notifications.module.css';

interface Props {
  text: string;
  onName: (text: string) => void;
}

/** Below a note, while somebody is being named in it: who may be meant. Tab leads there. */
export const MentionHint = ({ text, onName }: Props) => {
  const { t } = useWords();
  const me = useUser();
  const typed = namedAt(text);
  const people = useQuery({ ...peopleQuery, enabled: typed !== null }).data?.items;
  const offered = typed === null ? [] : meant(typed, people ?? [], me.id);
  if (offered.length === 0) return null;
  return (
    <div role="group" className={styles.mentions} aria-label={t('mention.offered')}>
      {offered.map(({ id, displayName }) => (
        <button key={id} type="button" onClick={() => onName(withName(text, displayName))}>
          <Avatar name={displayName} size={20} />
          {displayName}
        </button>
      ))}
    </div>
  );
};
