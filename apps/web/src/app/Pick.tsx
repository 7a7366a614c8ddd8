import styles from './page.module.css';

interface Props<T extends string> {
  label: string;
  /** What is picked; undefined: all of them. */
  value: T | undefined;
  /** What stands for all of them; without it one is always picked. */
  all?: string;
  options: readonly { value: T; words: string }[];
  onPick: (value: T | undefined) => void;
}

/** One of many in a narrow place: a head, a filter. */
export const Pick = <T extends string>({ label, value, all, options, onPick }: Props<T>) => (
  <select
    className={styles.pick}
    aria-label={label}
    value={value ?? ''}
    onChange={({ currentTarget }) => onPick(options.find((each) => each.value === currentTarget.value)?.value)}
  >
    {all === undefined ? null : <option value="">{all}</option>}
    {options.map((each) => (
      <option key={each.value} value={each.value}>
        {each.words}
      </option>
    ))}
  </select>
);
