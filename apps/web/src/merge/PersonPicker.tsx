import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CustomerRow } from '#contracts';
import { customersQuery } from '../api/queries.js';
import { Avatar } from '../app/Avatar.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import styles from './Merge.module.css';

interface Props {
  label: string;
  typed: string;
  onTyped: (typed: string) => void;
  /** Who is no choice. */
  except: string;
  onChoose: (customer: CustomerRow) => void;
}

/** Finds somebody by name, address or reference, and says enough of each to tell them apart. */
export const PersonPicker = ({ label, typed, onTyped, except, onChoose }: Props) => {
  const { t } = useWords();
  const [q] = useDebouncedValue(typed.trim(), 180);
  const found = useQuery({ ...customersQuery(q), placeholderData: keepPreviousData });
  const people = q.length >= 2 ? (found.data?.items ?? []).filter(({ id }) => id !== except) : [];
  const nobody = q.length >= 2 && found.isSuccess && !found.isPlaceholderData && people.length === 0;
  return (
    <>
      <label className={forms.field}>
        <span>{label}</span>
        <input
          type="search"
          value={typed}
          autoComplete="off"
          spellCheck={false}
          placeholder={t('merge.search.placeholder')}
          data-autofocus
          onChange={(event) => onTyped(event.currentTarget.value)}
        />
      </label>
      <p className={styles.none} role="status">
        {nobody ? t('merge.search.nobody') : null}
      </p>
      {people.length > 0 ? (
        <ul className={styles.found} aria-label={t('merge.search.found')}>
          {people.map((person) => (
            <li key={person.id}>
              <button type="button" onClick={() => onChoose(person)}>
                <Avatar name={person.displayName} size={28} />
                <span>
                  <b>{person.displayName}</b>
                  <small>
                    {[
                      ...person.contactPoints.map(({ handle, display }) => (handle ? `@${handle}` : display)),
                      ...(person.openCase ? [person.openCase.reference] : []),
                    ].join(' · ') || t('context.no_contact')}
                  </small>
                </span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
};
