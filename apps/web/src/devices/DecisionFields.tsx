import { useQuery } from '@tanstack/react-query';
import { DecisionOutcome, type CaseDetail, type DecisionGap, type WarrantyEvidence } from '#contracts';
import { Choices } from '../app/Choices.js';
import forms from '../app/forms.module.css';
import { useLanguage, useWords } from '../i18n/Words.js';
import { useCaseFiles } from './caseFiles.js';
import { gapsOf, type DecisionDraft } from './decision.draft.js';
import { parametersQuery } from './deviceRequests.js';

const GLANCE = 60;
/** Its beginning, up to a whole word. */
const brief = (text: string): string =>
  text.length <= GLANCE ? text : `${text.slice(0, text.lastIndexOf(' ', GLANCE))}…`;

interface Props {
  detail: CaseDetail;
  draft: DecisionDraft;
  /** Somebody tried to go on: what is missing is said. */
  tried: boolean;
  onChange: (change: Partial<DecisionDraft>) => void;
}

const Clauses = ({ detail, draft, tried, onChange }: Props) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const rules = useQuery(parametersQuery).data?.items ?? [];
  const clauses = rules.filter(
    ({ kind }) => kind === 'exclusion' || kind === 'repair_free' || kind === 'repeat_after_repair',
  );
  const theirs = detail.customer.language;
  const take = (id: string) => {
    const rule = rules.find((one) => one.id === id);
    if (rule)
      onChange({ clause: rule.clause, plainWords: draft.plainWords.trim() === '' ? rule[theirs] : draft.plainWords });
  };
  const missing = tried && gapsOf(draft).includes('clause');
  return (
    <div className={forms.field}>
      <label className={forms.field}>
        <span>{t('warranty.clause')}</span>
        <textarea
          rows={2}
          maxLength={1000}
          value={draft.clause}
          aria-invalid={missing || undefined}
          onChange={({ currentTarget }) => onChange({ clause: currentTarget.value })}
        />
        <small role="alert">{missing ? t('warranty.clause.missing') : null}</small>
      </label>
      <select
        aria-label={t('warranty.clause.pick')}
        value=""
        onChange={({ currentTarget }) => take(currentTarget.value)}
      >
        <option value="">{t('warranty.clause.pick')}</option>
        {clauses.map(({ id, clause, es, en }) => (
          <option key={id} value={id}>
            {clause} · {brief(language === 'es' ? es : en)}
          </option>
        ))}
      </select>
    </div>
  );
};

const Evidence = ({ detail, draft, onChange }: Omit<Props, 'tried'>) => {
  const { t } = useWords();
  const files = useCaseFiles(detail.id);
  const has = (id: string) => draft.evidence.some((one) => one.id === id);
  const toggle = (id: string, checked: boolean) => {
    const rest: WarrantyEvidence[] = draft.evidence.filter((one) => one.id !== id);
    onChange({ evidence: checked ? [...rest, { kind: 'attachment', id }] : rest });
  };
  return (
    <fieldset className={forms.field}>
      <legend>{t('warranty.evidence')}</legend>
      {files.length === 0 ? <small>{t('warranty.evidence.none')}</small> : null}
      {files.map(({ id, fileName }) => (
        <label key={id} className={forms.check}>
          <input
            type="checkbox"
            checked={has(id)}
            onChange={({ currentTarget }) => toggle(id, currentTarget.checked)}
          />
          <span>{fileName}</span>
        </label>
      ))}
    </fieldset>
  );
};

/** What is decided, by what, in words the customer understands, and what now. */
export const DecisionFields = ({ detail, draft, tried, onChange }: Props) => {
  const { t } = useWords();
  const missing = (gap: DecisionGap) => tried && gapsOf(draft).includes(gap);
  return (
    <>
      <Choices
        legend={t('warranty.outcome')}
        name="outcome"
        value={draft.outcome}
        choices={DecisionOutcome.options.map((value) => ({ value, words: t(`warranty.outcome.${value}`) }))}
        onChange={(outcome) => onChange({ outcome })}
      />
      <Clauses detail={detail} draft={draft} tried={tried} onChange={onChange} />
      <label className={forms.field}>
        <span>{t('warranty.words')}</span>
        <textarea
          rows={3}
          maxLength={2000}
          lang={detail.customer.language}
          value={draft.plainWords}
          aria-invalid={missing('plain_words') || undefined}
          onChange={({ currentTarget }) => onChange({ plainWords: currentTarget.value })}
        />
        {missing('plain_words') ? (
          <small role="alert">{t('warranty.words.missing')}</small>
        ) : (
          <small>{t(`warranty.words.language.${detail.customer.language}`)}</small>
        )}
      </label>
      <label className={forms.field}>
        <span>{t('warranty.next')}</span>
        <textarea
          rows={2}
          maxLength={1000}
          lang={detail.customer.language}
          value={draft.nextStep}
          aria-invalid={missing('next_step') || undefined}
          onChange={({ currentTarget }) => onChange({ nextStep: currentTarget.value })}
        />
        {missing('next_step') ? (
          <small role="alert">{t('warranty.next.missing')}</small>
        ) : (
          <small>{t('warranty.next.hint')}</small>
        )}
      </label>
      <Evidence detail={detail} draft={draft} onChange={onChange} />
      <label className={forms.check}>
        <input
          type="checkbox"
          checked={draft.tell}
          onChange={({ currentTarget }) => onChange({ tell: currentTarget.checked })}
        />
        <span>{t('warranty.tell')}</span>
      </label>
    </>
  );
};
