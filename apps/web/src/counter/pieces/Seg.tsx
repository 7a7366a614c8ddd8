import { Check } from 'lucide-react';
import { useId } from 'react';
import styles from './Pieces.module.css';

interface Props<T extends string> {
  legend: string;
  /** Undefined: nothing chosen yet. */
  value: T | undefined | null;
  choices: readonly { value: T; words: string; lead?: string }[];
  onChange: (value: T) => void;
  /** The legend is for the ear only. */
  quiet?: boolean;
  /** Many: each as wide as its words. */
  many?: boolean;
}

/** One of a few words of equal size, all of them under the finger. */
export const Seg = <T extends string>({ legend, value, choices, onChange, quiet = false, many = false }: Props<T>) => {
  const name = useId();
  return (
    <fieldset className={styles.group}>
      <legend className={quiet ? 'visually-hidden' : styles.label}>{legend}</legend>
      <div
        className={styles.seg}
        data-many={many || undefined}
        data-leads={choices.some(({ lead }) => lead) || undefined}
      >
        {choices.map((choice) => (
          <label key={choice.value}>
            <input type="radio" name={name} checked={choice.value === value} onChange={() => onChange(choice.value)} />
            {choice.value === value ? <Check size={18} aria-hidden /> : null}
            <span>
              {choice.words}
              {choice.lead ? <small>{choice.lead}</small> : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
};
