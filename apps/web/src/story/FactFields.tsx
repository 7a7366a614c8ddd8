import type { FactKind } from '#contracts';
import { Choices } from '../app/Choices.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';

/** What a fact says, as it is being typed. */
export interface Fields {
  kind: FactKind;
  text: string;
  /** Of a promise: by when, as the browser's own field has it. */
  due: string;
  /** The promise is to write again; it needs no words. */
  update: boolean;
}

const says = ({ kind, text, update }: Fields): boolean => text.trim() !== '' || (kind === 'promised' && update);
export const isComplete = (fields: Fields): boolean =>
  says(fields) && (fields.kind !== 'promised' || fields.due !== '');

interface Props {
  fields: Fields;
  set: (change: Partial<Fields>) => void;
  kinds: readonly FactKind[];
  /** A promise may be written: it says by when. */
  dated: boolean;
  tried: boolean;
}

export const FactFields = ({ fields, set, kinds, dated, tried }: Props) => {
  const { t } = useWords();
  const promising = fields.kind === 'promised' && dated;
  const silent = tried && !says(fields);
  return (
    <>
      <Choices
        legend={t('fact.kind')}
        name="kind"
        value={fields.kind}
        choices={kinds.map((value) => ({ value, words: t(`story.${value}`) }))}
        onChange={(kind) => set({ kind })}
      />
      {promising ? (
        <label className={forms.check}>
          <input
            type="checkbox"
            checked={fields.update}
            onChange={(event) => set({ update: event.currentTarget.checked })}
          />
          <span>{t('fact.promise.update')}</span>
        </label>
      ) : null}
      {promising && fields.update ? null : (
        <label className={forms.field}>
          <span>{t('fact.text')}</span>
          <textarea
            rows={2}
            maxLength={500}
            value={fields.text}
            data-autofocus
            aria-invalid={silent || undefined}
            onChange={(event) => set({ text: event.currentTarget.value })}
          />
          <small role="alert">{silent ? t('fact.need_text') : null}</small>
          <small>{t('fact.language')}</small>
        </label>
      )}
      {promising ? (
        <label className={forms.field}>
          <span>{t('fact.promise.due')}</span>
          <input
            type="datetime-local"
            value={fields.due}
            onChange={(event) => set({ due: event.currentTarget.value })}
          />
          <small role="alert">{tried && fields.due === '' ? t('fact.need_due') : null}</small>
        </label>
      ) : null}
    </>
  );
};
