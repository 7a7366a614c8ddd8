import { useState } from 'react';
import type { CaseDetail, Loan } from '#contracts';
import { newKey } from '../api/requests.js';
import { Choices } from '../app/Choices.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { chargeLoan } from './loanerRequests.js';
import { nameOf } from './loanWords.js';
import { PhotoField } from './PhotoField.js';
import { useLoanDeed } from './useLoanDeed.js';

interface Props {
  deed: 'lost' | 'damaged';
  loan: Loan;
  detail: CaseDetail;
  onClose: () => void;
}

const DECISIONS = ['open', 'none', 'charge'] as const;
const CENTS = 100;

/** It is lost or broken: what happened, what it looks like, and what was decided of paying for it. */
export const ChargeForm = ({ deed, loan, onClose }: Props) => {
  const { t } = useWords();
  const { run, busy, problem } = useLoanDeed();
  const [key] = useState(newKey);
  const [text, setText] = useState('');
  const [photoIds, setPhotoIds] = useState<string[]>([]);
  const [decision, setDecision] = useState<(typeof DECISIONS)[number]>('open');
  const [amount, setAmount] = useState('');
  const cents = Math.round(Number(amount.replace(',', '.')) * CENTS);
  const priced = decision !== 'charge' || (amount !== '' && Number.isFinite(cents) && cents >= 0);
  const save = async () => {
    const body = {
      ...{ text: text.trim(), photoIds, decision },
      ...(decision === 'charge' ? { amountCents: cents } : {}),
    };
    if (await run(() => chargeLoan(loan.id, deed, body, key))) onClose();
  };
  return (
    <FormDialog
      title={t(`loan.${deed}`)}
      deed={t('loan.write_down')}
      busy={busy}
      problem={problem}
      disabled={text.trim() === '' || !priced}
      onClose={onClose}
      onSubmit={save}
    >
      <p className={forms.lead}>
        {nameOf(loan.loaner.model)} · {loan.loaner.label}
      </p>
      <label className={forms.field}>
        <span>{t('loan.what_happened')}</span>
        <textarea
          rows={3}
          maxLength={1000}
          value={text}
          data-autofocus
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <PhotoField ids={photoIds} onChange={setPhotoIds} />
      <Choices
        legend={t('loan.charge')}
        name="decision"
        value={decision}
        choices={DECISIONS.map((value) => ({ value, words: t(`loan.charge.${value}`) }))}
        onChange={setDecision}
      />
      {decision === 'charge' ? (
        <label className={forms.field}>
          <span>{t('loan.amount')}</span>
          <input inputMode="decimal" value={amount} onChange={({ currentTarget }) => setAmount(currentTarget.value)} />
        </label>
      ) : null}
    </FormDialog>
  );
};
