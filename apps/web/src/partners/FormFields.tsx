import { Button } from '@mantine/core';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { FormField, SHARE_FIELD_WORDS, ShareField } from '#contracts';
import forms from '../app/forms.module.css';
import { useLanguage, useWords } from '../i18n/Words.js';
import { NEW_FIELD } from './partner.rules.js';
import type { PartProps } from './parts.js';
import styles from './Partners.module.css';
import { TextField } from './TextField.js';

const MOST = 40;

interface FieldProps {
  field: FormField;
  told: readonly ShareField[];
  onChange: (part: Partial<FormField>) => void;
}

const Field = ({ field, told, onChange }: FieldProps) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const beyond = field.fact && !told.includes(field.fact);
  return (
    <>
      <div className={styles.pairs}>
        <TextField
          label={t('partner.form.title.es')}
          value={field.title.es}
          onChange={(es) => onChange({ title: { ...field.title, es } })}
        />
        <TextField
          label={t('partner.form.title.en')}
          value={field.title.en}
          onChange={(en) => onChange({ title: { ...field.title, en } })}
        />
        <label className={forms.field}>
          <span>{t('partner.form.type')}</span>
          <select
            value={field.type}
            onChange={({ currentTarget: { value } }) =>
              onChange({ type: FormField.shape.type.options.find((each) => each === value) ?? 'text' })
            }
          >
            {FormField.shape.type.options.map((type) => (
              <option key={type} value={type}>
                {t(`partner.form.type.${type}`)}
              </option>
            ))}
          </select>
        </label>
        <label className={forms.field}>
          <span>{t('partner.form.fact')}</span>
          <select
            value={field.fact ?? ''}
            aria-invalid={beyond || undefined}
            onChange={({ currentTarget: { value } }) =>
              onChange({ fact: ShareField.options.find((each) => each === value) ?? null })
            }
          >
            <option value="">{t('partner.form.fact.none')}</option>
            {ShareField.options
              .filter((each) => told.includes(each) || each === field.fact)
              .map((each) => (
                <option key={each} value={each}>
                  {SHARE_FIELD_WORDS[each][language]}
                </option>
              ))}
          </select>
          {beyond ? <small role="alert">{t('partner.gap.fact_not_shared')}</small> : null}
        </label>
      </div>
      {field.type === 'choice' ? (
        <label className={forms.field}>
          <span>{t('partner.form.choices')}</span>
          <textarea
            rows={3}
            value={field.choices.join('\n')}
            onChange={({ currentTarget: { value } }) => onChange({ choices: value.split('\n').slice(0, 50) })}
          />
        </label>
      ) : null}
      <label className={forms.check}>
        <input
          type="checkbox"
          checked={field.required}
          onChange={({ currentTarget: { checked } }) => onChange({ required: checked })}
        />
        <span>{t('partner.form.required')}</span>
      </label>
    </>
  );
};

/** What they ask to be told before they begin; what the case knows is filled in, the rest is asked once. */
export const FormFields = ({ draft, edits, change }: PartProps) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const { form } = draft;
  const told = draft.share.map(({ field }) => field);
  const move = (from: number, to: number) => {
    const field = form[from];
    if (field && to >= 0 && to < form.length) change({ form: form.toSpliced(from, 1).toSpliced(to, 0, field) });
  };
  return (
    <section className={styles.part}>
      <p>{t(form.length === 0 ? 'partner.form.none' : 'partner.form.lead')}</p>
      <ol className={styles.rows}>
        {form.map((field, place) => {
          const name = field.title[language] || t('partner.form.question', { place: place + 1 });
          return (
            <li key={place} aria-label={name}>
              <div className={styles.question}>
                <Field
                  field={field}
                  told={told}
                  onChange={(part) =>
                    change({ form: form.map((each, at) => (at === place ? { ...each, ...part } : each)) })
                  }
                />
              </div>
              {edits ? (
                <div className={styles.tools}>
                  <button
                    type="button"
                    aria-label={t('partner.form.up', { name })}
                    onClick={() => move(place, place - 1)}
                  >
                    <ArrowUp size={15} />
                  </button>
                  <button
                    type="button"
                    aria-label={t('partner.form.down', { name })}
                    onClick={() => move(place, place + 1)}
                  >
                    <ArrowDown size={15} />
                  </button>
                  <button
                    type="button"
                    aria-label={t('partner.form.remove', { name })}
                    onClick={() => change({ form: form.toSpliced(place, 1) })}
                  >
                    <Trash2 size={15} />
                  </button>
                </div>
              ) : null}
            </li>
          );
        })}
      </ol>
      {edits ? (
        <Button
          size="xs"
          className={styles.add}
          leftSection={<Plus size={14} />}
          disabled={form.length >= MOST}
          onClick={() => change({ form: [...form, NEW_FIELD] })}
        >
          {t('partner.form.add')}
        </Button>
      ) : null}
    </section>
  );
};
