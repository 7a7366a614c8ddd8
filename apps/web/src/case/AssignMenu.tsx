import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { UserRoundPlus, UserRoundX } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { CaseDetail, Person } from '#contracts';
import { peopleQuery } from '../api/queries.js';
import { Avatar } from '../app/Avatar.js';
import { plain } from '../app/plain.js';
import { useMay, useUser } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import type { useChangeCase } from './useChangeCase.js';
import styles from './AssignMenu.module.css';

interface Props {
  detail: CaseDetail;
  opened: boolean;
  onToggle: (opened: boolean) => void;
  onChange: ReturnType<typeof useChangeCase>;
}

/** Myself first, then by name; only those whose name holds every word looked for. */
const useMatching = (looked: string, opened: boolean): Person[] => {
  const me = useUser();
  const people = useQuery({ ...peopleQuery, enabled: opened }).data?.items;
  return useMemo(() => {
    const words = plain(looked).split(' ');
    return (people ?? [])
      .filter(({ displayName }) => words.every((word) => plain(displayName).includes(word)))
      .toSorted(
        (one, other) =>
          Number(other.id === me.id) - Number(one.id === me.id) || one.displayName.localeCompare(other.displayName),
      )
      .slice(0, 12);
  }, [people, looked, me.id]);
};

/** Who carries the case, and giving it to somebody. */
export const AssignMenu = ({ detail, opened, onToggle, onChange }: Props) => {
  const { t } = useWords();
  const me = useUser();
  const may = useMay();
  const [looked, setLooked] = useState('');
  const people = useMatching(looked, opened);
  const { assignee } = detail;
  const give = (person: Person | null) =>
    void onChange(
      { assigneeId: person?.id ?? null },
      { assignee: person && { id: person.id, displayName: person.displayName } },
    );
  return (
    <Menu opened={opened} onChange={onToggle} position="bottom-start" width={260} disabled={!may('case.assign')}>
      <Menu.Target>
        <button
          type="button"
          className={styles.owner}
          aria-label={`${t('case.owner')} ${assignee?.displayName ?? t('case.nobody')}`}
        >
          {assignee ? <Avatar name={assignee.displayName} /> : <UserRoundPlus size={16} />}
          <span className={styles.label}>{t('case.owner')}</span>
          <b>{assignee?.displayName ?? t('case.nobody')}</b>
          {assignee?.id === me.id ? <span>{t('case.you')}</span> : null}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Search
          value={looked}
          onChange={(event) => setLooked(event.currentTarget.value)}
          placeholder={t('case.assign_find')}
          aria-label={t('case.assign_find')}
        />
        {people.map((person) => (
          <Menu.Item
            key={person.id}
            leftSection={<Avatar name={person.displayName} />}
            rightSection={person.id === assignee?.id ? '✓' : null}
            onClick={() => give(person)}
          >
            {person.displayName} {person.id === me.id ? t('case.you') : null}
            <small className={styles.role}>{t(`role.${person.role}`)}</small>
          </Menu.Item>
        ))}
        {people.length === 0 ? <Menu.Label>{t('case.assign_none')}</Menu.Label> : null}
        {assignee ? (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<UserRoundX size={16} />} onClick={() => give(null)}>
              {t('case.unassign')}
            </Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
};
