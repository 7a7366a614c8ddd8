import type { IntakePath, IntakeValues } from '#contracts';
import { useField } from '../keep/useIntake.js';
import styles from './Pieces.module.css';

/** Fields that are a text. */
export type TextPath = {
  [Path in IntakePath]: IntakeValues[Path] extends string | undefined ? Path : never;
}[IntakePath];

interface Props {
  path: TextPath;
  label: string;
  lead?: string;
  rows?: number;
  large?: boolean;
  problem?: string | null;
  maxLength?: number;
  placeholder?: string;
  /** What it says as long as nobody has written anything. */
  proposed?: string;
  /** Digits, as on a telephone. */
  digits?: boolean;
  /** How it is written while it is typed. */
  shaped?: (text: string) => string;
}

/** A text of the intake: kept with every key. */
export const Line = ({ path, label, lead, rows, large, problem, shaped, digits, proposed, ...rest }: Props) => {
  const [value, write] = useField(path);
  const field = {
    ...(proposed === undefined ? {} : { placeholder: proposed }),
    ...rest,
    value: value ?? proposed ?? '',
    'aria-invalid': problem ? (true as const) : undefined,
    onChange: (event: { currentTarget: { value: string } }) =>
      write(shaped ? shaped(event.currentTarget.value) : event.currentTarget.value),
  };
  return (
    <label className={styles.field} data-large={large || undefined}>
      <span className={styles.label}>{label}</span>
      {lead ? <small>{lead}</small> : null}
      {rows ? (
        <textarea rows={rows} {...field} />
      ) : (
        <input autoComplete="off" inputMode={digits ? 'numeric' : undefined} {...field} />
      )}
      <span className={styles.problem} role="alert">
        {problem}
      </span>
    </label>
  );
};
