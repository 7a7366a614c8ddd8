import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { CaseDetail, CompensatedService } from '#contracts';
import { newKey } from '../api/requests.js';
import { Choices } from '../app/Choices.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { fromTyped } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { compensationSaid, type CompensationDraft } from './compensation.rules.js';
import { benefitsQuery, recordCompensation } from './goodwillRequests.js';
import { typedOf } from './typed.rules.js';
import { useGoodwillDeed } from './useGoodwillDeed.js';

const SERVICES = ['telephone', 'internet'] as const satisfies readonly CompensatedService[];
const EMPTY: Omit<CompensationDraft, 'fee' | 'currency'> = {
  service: 'telephone',
  from: '',
  to: '',
  average: '',
  reason: '',
};

interface FieldProps {
  label: string;
  value: string;
  type?: 'datetime-local';
  onType: (typed: string) => void;
}

const Field = ({ label, value, type, onType }: FieldProps) => (
  <label className={forms.field}>
    <span>{label}</span>
    <input
      {...(type ? { type } : { inputMode: 'decimal' })}
      value={value}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  </label>
);

/** The service itself was interrupted: from when to when, and what they pay for it. The rest the law says. */
export const CompensationDialog = ({ detail, onClose }: { detail: CaseDetail; onClose: () => void }) => {
  const { t, intl } = useWords();
  const { data } = useQuery(benefitsQuery(detail.id, detail.version));
  const { run, busy, problem } = useGoodwillDeed();
  const sent = useRef({ said: '', key: '' });
  const [typed, setTyped] = useState<Partial<CompensationDraft>>({});
  const known = data?.fees[0];
  const currency = known?.currency ?? data?.left.currency ?? 'EUR';
  const fee = known ? typedOf(known.monthlyFeeCents, currency) : '';
  const draft: CompensationDraft = { ...EMPTY, fee, currency, ...typed };
  const change = (part: Partial<CompensationDraft>) => setTyped((before) => ({ ...before, ...part }));
  const body = compensationSaid(draft, (text) => fromTyped(intl, text));
  const save = async () => {
    if (!body) return;
    const said = JSON.stringify(body);
    if (sent.current.said !== said) sent.current = { said, key: newKey() };
    if (await run(() => recordCompensation(detail.id, body, sent.current.key))) onClose();
  };
  return (
    <FormDialog
      title={t('compensation.add')}
      size={520}
      deed={t('compensation.add')}
      busy={busy}
      problem={problem}
      disabled={!body}
      onSubmit={save}
      onClose={onClose}
    >
      <p className={forms.lead}>{t('compensation.add.lead')}</p>
      <Choices
        legend={t('compensation.service')}
        name="service"
        value={draft.service}
        choices={SERVICES.map((value) => ({ value, words: t(`compensation.${value}`) }))}
        onChange={(service) => change({ service })}
      />
      <div className={forms.two}>
        <Field
          label={t('compensation.from')}
          type="datetime-local"
          value={draft.from}
          onType={(from) => change({ from })}
        />
        <Field label={t('compensation.to')} type="datetime-local" value={draft.to} onType={(to) => change({ to })} />
      </div>
      <div className={forms.two}>
        <Field
          label={t('compensation.fee', { currency })}
          value={draft.fee}
          onType={(monthly) => change({ fee: monthly })}
        />
        <Field
          label={t('compensation.average', { currency })}
          value={draft.average}
          onType={(average) => change({ average })}
        />
      </div>
      <label className={forms.field}>
        <span>{t('benefit.reason')}</span>
        <textarea
          rows={2}
          maxLength={500}
          value={draft.reason}
          onChange={(event) => change({ reason: event.currentTarget.value })}
        />
        <small>{t('compensation.apart')}</small>
      </label>
    </FormDialog>
  );
};
