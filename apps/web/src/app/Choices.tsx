import forms from './forms.module.css';

interface Props<T extends string> {
  legend: string;
  name: string;
  /** Null: none yet. */
  value: T | null;
  choices: readonly { value: T; words: string }[];
  onChange: (value: T) => void;
}

/** One of a few, all of them on the screen. */
export const Choices = <T extends string>({ legend, name, value, choices, onChange }: Props<T>) => (
  <fieldset className={forms.field}>
    <legend>{legend}</legend>
    <div className={forms.choices}>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          {choice.words}
        </label>
      ))}
    </div>
  </fieldset>
);
