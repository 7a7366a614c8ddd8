import { Button } from '@mantine/core';
import { useState } from 'react';
import { newKey } from '../api/requests.js';
import forms from './forms.module.css';
import styles from './page.module.css';

interface Props {
  label: string;
  deed: string;
  /** What it can be for; without them it is called by what is typed. */
  options?: { none: string; items: readonly { id: string; name: string }[] };
  maxLength?: number;
  busy: boolean;
  problem: string | null;
  /** @returns whether it is there now; otherwise what was typed stays */
  onAdd: (value: string, key: string) => Promise<boolean>;
}

/** One more of what the list above holds, by its name or by what it is for. */
export const AddForm = ({ label, deed, options, maxLength = 120, busy, problem, onAdd }: Props) => {
  const [value, setValue] = useState('');
  const [key, setKey] = useState(newKey);
  const add = async () => {
    const isThere = await onAdd(value.trim(), key);
    setKey(newKey());
    if (isThere) setValue('');
  };
  return (
    <form
      className={styles.add}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <label className={forms.field}>
        <span>{label}</span>
        {options ? (
          <select value={value} onChange={({ currentTarget }) => setValue(currentTarget.value)}>
            <option value="">{options.none}</option>
            {options.items.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        ) : (
          <input
            value={value}
            required
            maxLength={maxLength}
            onChange={({ currentTarget }) => setValue(currentTarget.value)}
          />
        )}
      </label>
      <Button type="submit" loading={busy} disabled={value.trim() === ''}>
        {deed}
      </Button>
      <p className={forms.problem} role="alert">
        {problem}
      </p>
    </form>
  );
};
