import { Combobox, useCombobox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Check, Store, UserRoundPlus, UserRoundX } from 'lucide-react';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { CaseDetail, Person } from '#contracts';
import { peopleQuery } from '../api/queries.js';
import { Avatar } from '../app/Avatar.js';
import { plain } from '../app/plain.rules.js';
import { useMay, useUser } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { openOwnershipDialog } from '../ownership/ownershipDialogs.js';
import type { useChangeCase } from './useChangeCase.js';
import styles from './AssignMenu.module.css';

interface Props {
  detail: CaseDetail;
  opened: boolean;
  onToggle: (opened: boolean) => void;
  onChange: ReturnType<typeof useChangeCase>;
}

/** The choice that is nobody. */
const NOBODY = '';
/** The choice that is no person: a store, another queue. */
const ELSEWHERE = 'elsewhere';

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

/** The box in which one types stands before the list it leads; whoever opens it types or walks at once. */
const usePicker = (opened: boolean, looked: string, onToggle: (opened: boolean) => void, onClosed: () => void) => {
  const picker = useCombobox({ opened, onOpenedChange: onToggle });
  const begin = useEffectEvent(() => picker.focusSearchInput());
  const end = useEffectEvent(onClosed);
  useEffect(() => (opened ? begin() : end()), [opened]);
  const choose = useEffectEvent(() => {
    if (looked) picker.selectFirstOption();
    else picker.resetSelectedOption();
  });
  useEffect(() => choose(), [looked]);
  return picker;
};

const Choice = ({ person, chosen, mine }: { person: Person; chosen: boolean; mine: boolean }) => {
  const { t } = useWords();
  return (
    <Combobox.Option value={person.id} active={chosen} aria-selected={chosen} className={styles.option}>
      <Avatar name={person.displayName} />
      <span className={styles.name}>
        {person.displayName} {mine ? t('case.you') : null}
        <small className={styles.role}>{t(`role.${person.role}`)}</small>
      </span>
      {chosen ? <Check size={14} aria-hidden /> : null}
    </Combobox.Option>
  );
};

/** Who carries the case, and giving it to somebody. */
export const AssignMenu = ({ detail, opened, onToggle, onChange }: Props) => {
  const { t } = useWords();
  const me = useUser();
  const may = useMay();
  const [looked, setLooked] = useState('');
  const people = useMatching(looked, opened);
  const picker = usePicker(opened, looked, onToggle, () => setLooked(''));
  const { assignee } = detail;
  const give = (id: string) => {
    const person = people.find((one) => one.id === id);
    picker.closeDropdown();
    picker.focusTarget();
    if (id === ELSEWHERE) {
      openOwnershipDialog({ name: 'hand', to: null });
      return;
    }
    // What leaves somebody's hands goes with a reason; taking it, and giving what nobody has, needs none.
    if (assignee && id !== assignee.id && id !== me.id) {
      const queue = detail.queue ? { queueId: detail.queue.id } : null;
      openOwnershipDialog({ name: 'hand', to: person ? { agentId: person.id } : queue });
      return;
    }
    void onChange(
      { assigneeId: person?.id ?? null },
      { assignee: person ? { id: person.id, displayName: person.displayName } : null },
    );
  };
  return (
    <Combobox
      store={picker}
      onOptionSubmit={give}
      position="bottom-start"
      width={280}
      shadow="xl"
      radius="lg"
      disabled={!may('case.assign')}
    >
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <button
          type="button"
          className={styles.owner}
          aria-haspopup="dialog"
          aria-expanded={opened}
          aria-label={`${t('case.owner')} ${assignee?.displayName ?? t('case.nobody')}`}
          onClick={() => onToggle(!opened)}
        >
          {assignee ? <Avatar name={assignee.displayName} /> : <UserRoundPlus size={16} />}
          <span className={styles.label}>{t('case.owner')}</span>
          <b>{assignee?.displayName ?? t('case.nobody')}</b>
          {assignee?.id === me.id ? <span>{t('case.you')}</span> : null}
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <div role="dialog" aria-label={t('case.assign_to')}>
          <Combobox.Search
            value={looked}
            classNames={{ input: styles.find }}
            role="combobox"
            aria-expanded
            aria-label={t('case.assign_find')}
            placeholder={t('case.assign_find')}
            onChange={(event) => setLooked(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') picker.focusTarget();
            }}
          />
          <Combobox.Options aria-label={t('case.assign_to')} className={styles.options}>
            {people.map((person) => (
              <Choice key={person.id} person={person} chosen={person.id === assignee?.id} mine={person.id === me.id} />
            ))}
            {assignee && !looked ? (
              <Combobox.Option value={NOBODY} className={styles.option} data-nobody>
                <UserRoundX size={16} aria-hidden /> {t('case.unassign')}
              </Combobox.Option>
            ) : null}
            {looked ? null : (
              <Combobox.Option value={ELSEWHERE} className={styles.option} data-nobody={assignee ? undefined : true}>
                <Store size={16} aria-hidden /> {t('handover.open')}
              </Combobox.Option>
            )}
          </Combobox.Options>
          <p className={styles.none} role="status">
            {people.length === 0 ? t('case.assign_none') : null}
          </p>
        </div>
      </Combobox.Dropdown>
    </Combobox>
  );
};
