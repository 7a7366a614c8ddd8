import { useState } from 'react';
import type { FormField } from '#contracts';
import { Choices } from '../app/Choices.js';
import forms from '../app/forms.module.css';
import { useLanguage, useWords } from '../i18n/Words.js';
import { numberOf } from './handoff.rules.js';
import styles from './Handoff.module.css';

type Answer = string | number | boolean;

interface Props {
  field: FormField;
  /** What somebody typed; undefined: what the case answers stands. */
  typed: Answer | undefined;
  known: Answer | undefined;
  isMissing: boolean;
  /** Undefined: it is left to the case. */
  onAnswer: (value: Answer | undefined) => void;
}

/** One thing their form asks for; what the case knows stands there already. */
export const FormQuestion = ({ field, typed, known, isMissing, onAnswer }: Props) => {
  const { t } = useWords();
  const { language } = useLanguage();
  // A number is held as it is typed, or its comma is gone before what follows it is there.
  const [text, setText] = useState<string | null>(null);
  const value = typed ?? known ?? '';
  const title = field.title[language];
  // "No" is an answer; nothing chosen is none.
  if (field.type === 'boolean')
    return (
      <div>
        <Choices
          legend={field.required ? title : `${title} ${t('handoff.maybe')}`}
          name={`form-${field.key}`}
          value={value === true ? 'yes' : value === false ? 'no' : null}
          choices={(['yes', 'no'] as const).map((each) => ({ value: each, words: t(`handoff.${each}`) }))}
          onChange={(chosen) => onAnswer(chosen === 'yes')}
        />
        {isMissing ? (
          <p className={styles.lacks} role="alert">
            {t('handoff.form.missing')}
          </p>
        ) : null}
      </div>
    );
  const isNumber = field.type === 'number';
  const answer = (said: string) => {
    setText(said);
    if (said.trim() === '') onAnswer(known === undefined ? undefined : '');
    else onAnswer((isNumber ? numberOf(said) : null) ?? said);
  };
  const plain = typeof value === 'number' && language === 'es' ? String(value).replace('.', ',') : String(value);
  const shared = { 'aria-invalid': isMissing || undefined, 'aria-required': field.required || undefined };
  return (
    <label className={forms.field}>
      <span>
        {title}
        {field.required ? null : <small> {t('handoff.maybe')}</small>}
      </span>
      {field.type === 'choice' ? (
        <select {...shared} value={String(value)} onChange={(event) => answer(event.currentTarget.value)}>
          <option value="" />
          {field.choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          type={field.type === 'date' ? 'date' : 'text'}
          {...(isNumber ? { inputMode: 'decimal' as const } : {})}
          maxLength={2000}
          value={(isNumber ? text : null) ?? plain}
          onChange={(event) => answer(event.currentTarget.value)}
        />
      )}
      <small role={isMissing ? 'alert' : undefined}>
        {isMissing
          ? t('handoff.form.missing')
          : typed === undefined && known !== undefined && known !== ''
            ? t('handoff.form.known')
            : null}
      </small>
    </label>
  );
};
