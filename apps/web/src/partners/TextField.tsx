import forms from '../app/forms.module.css';

interface Props {
  label: string;
  hint?: string;
  value: string;
  numeric?: boolean;
  secret?: boolean;
  placeholder?: string;
  onChange: (value: string) => void;
}

/** One line of text under its name. */
export const TextField = ({ label, hint, value, numeric = false, secret = false, placeholder, onChange }: Props) => (
  <label className={forms.field}>
    <span>{label}</span>
    <input
      type={secret ? 'password' : 'text'}
      inputMode={numeric ? 'decimal' : undefined}
      autoComplete={secret ? 'new-password' : 'off'}
      spellCheck={false}
      maxLength={500}
      placeholder={placeholder}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
    {hint ? <small>{hint}</small> : null}
  </label>
);
