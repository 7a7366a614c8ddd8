import { Check, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Pieces.module.css';

interface Props<T extends string> {
  legend: string;
  values: readonly T[];
  choices: readonly { value: T; words: string; glyph?: ReactNode }[];
  onChange: (values: T[]) => void;
  /** Red: something lacks. */
  alarming?: boolean;
}

/** Any of a few, each a word to tap. */
export const Toggles = <T extends string>({ legend, values, choices, onChange, alarming }: Props<T>) => (
  <fieldset className={styles.group}>
    <legend className={styles.label}>{legend}</legend>
    <div className={styles.toggles} data-alarming={alarming || undefined}>
      {choices.map(({ value, words, glyph }) => (
        <label key={value}>
          <input
            type="checkbox"
            checked={values.includes(value)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [...values, value] : values.filter((one) => one !== value))
            }
          />
          {/* Of one width, ticked or not: nothing beside it jumps. */}
          {glyph ?? (values.includes(value) ? <Check size={18} aria-hidden /> : <Plus size={18} aria-hidden />)} {words}
        </label>
      ))}
    </div>
  </fieldset>
);

interface ChecksProps<T extends string> {
  legend: string;
  values: readonly T[];
  choices: readonly { value: T; words: string; aside?: string | undefined }[];
  onChange: (values: T[]) => void;
}

/** What is gone through one by one, each a line to tick off. */
export const Checks = <T extends string>({ legend, values, choices, onChange }: ChecksProps<T>) => (
  <fieldset className={styles.group}>
    <legend className={styles.label}>{legend}</legend>
    <div className={styles.checks}>
      {choices.map(({ value, words, aside }) => (
        <label key={value}>
          <input
            type="checkbox"
            checked={values.includes(value)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [...values, value] : values.filter((one) => one !== value))
            }
          />
          <span className={styles.box} aria-hidden>
            {values.includes(value) ? <Check size={18} strokeWidth={3} /> : null}
          </span>
          {words}
          {aside ? <small>{aside}</small> : null}
        </label>
      ))}
    </div>
  </fieldset>
);
