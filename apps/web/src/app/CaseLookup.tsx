import { Combobox, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { readCases } from '../api/requests.js';
import { useWords } from '../i18n/Words.js';
import { Avatar } from './Avatar.js';
import forms from './forms.module.css';

interface Props {
  label: string;
  value: string;
  /** A case that is no choice. */
  except?: string;
  problem: string | null;
  onChange: (reference: string) => void;
}

const useFound = (typed: string, except: string | undefined) => {
  const [q] = useDebouncedValue(typed.trim(), 180);
  const found = useQuery({
    queryKey: ['lookup', q],
    queryFn: ({ signal }) => readCases({ q, limit: 6 }, { signal }),
    enabled: q.length >= 2,
    staleTime: 10_000,
  }).data?.items;
  return (found ?? []).filter(({ id }) => id !== except);
};

/** Names a case: by its reference, or by whatever the inbox finds it by. */
export const CaseLookup = ({ label, value, except, problem, onChange }: Props) => {
  const { t } = useWords();
  const picker = useCombobox();
  const cases = useFound(value, except);
  const chosen = cases.find(({ reference }) => reference === value.trim());
  const lead = useEffectEvent(() => picker.resetSelectedOption());
  useEffect(() => lead(), [value]);
  return (
    <Combobox
      store={picker}
      withinPortal
      onOptionSubmit={(reference) => {
        onChange(reference);
        picker.closeDropdown();
      }}
    >
      <label className={forms.field}>
        <span>{label}</span>
        <Combobox.Target>
          <input
            type="text"
            value={value}
            autoComplete="off"
            spellCheck={false}
            placeholder={t('lookup.placeholder')}
            aria-invalid={problem !== null || undefined}
            onFocus={() => picker.openDropdown()}
            onBlur={() => picker.closeDropdown()}
            onChange={(event) => {
              onChange(event.currentTarget.value);
              picker.openDropdown();
            }}
          />
        </Combobox.Target>
        <small role="alert" data-told={chosen && !problem ? true : undefined}>
          {problem ?? (chosen ? `${chosen.customer.displayName} · ${chosen.problem || t('queue.no_problem')}` : null)}
        </small>
      </label>
      <Combobox.Dropdown hidden={cases.length === 0 || chosen !== undefined}>
        <Combobox.Options aria-label={label}>
          {cases.map((row) => (
            <Combobox.Option key={row.id} value={row.reference}>
              <span className={forms.choice}>
                <Avatar name={row.customer.displayName} />
                <span>
                  {row.customer.displayName} · {row.reference}
                  <small>{row.problem || row.preview}</small>
                </span>
              </span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
};
