import forms from './forms.module.css';

interface Props {
  label: string;
  hint?: string;
  value: string;
  /** What is wrong with it, once somebody tried to go on. */
  problem: string | null;
  onChange: (value: string) => void;
}

/** Why somebody does it, in their own words. */
export const ReasonField = ({ label, hint, value, problem, onChange }: Props) => (
  <label className={forms.field}>
    <span>{label}</span>
    <textarea
      rows={2}
      maxLength={500}
      value={value}
      placeholder={hint}
      aria-invalid={problem !== null || undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
    <small role="alert">{problem}</small>
  </label>
);
