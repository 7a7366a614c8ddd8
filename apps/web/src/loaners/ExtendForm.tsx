import { useState } from 'react';
import type { CaseDetail, Loan } from '#contracts';
import { newKey } from '../api/requests.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { asTyped, fromTyped } from '../i18n/moments.js';
import { cancelLoan, extendLoan } from './loanerRequests.js';
import { nameOf } from './loanWords.js';
import { useLoanDeed } from './useLoanDeed.js';

interface Props {
  deed: 'extend' | 'cancel';
  loan: Loan;
  detail: CaseDetail;
  onClose: () => void;
}

const DAY_MS = 86_400_000;
const MORE_DAYS = 3;

/** They may keep it for longer, or it is kept for them no longer: with a reason. */
export const ExtendForm = ({ deed, loan, onClose }: Props) => {
  const { t, intl } = useWords();
  const { run, busy, problem } = useLoanDeed();
  const [key] = useState(newKey);
  const [reason, setReason] = useState('');
  const [due, setDue] = useState(() =>
    asTyped(intl, new Date(Date.parse(loan.dueAt ?? loan.reservedAt) + MORE_DAYS * DAY_MS)),
  );
  const save = async () => {
    const why = reason.trim();
    const done = await run(() =>
      deed === 'extend'
        ? extendLoan(loan.id, { dueAt: fromTyped(intl, due), reason: why }, key)
        : cancelLoan(loan.id, why, key),
    );
    if (done) onClose();
  };
  return (
    <FormDialog
      title={t(`loan.${deed}`)}
      deed={t(`loan.${deed}`)}
      busy={busy}
      problem={problem}
      disabled={reason.trim() === '' || (deed === 'extend' && due === '')}
      onClose={onClose}
      onSubmit={save}
    >
      <p className={forms.lead}>
        {nameOf(loan.loaner.model)} · {loan.loaner.label}
      </p>
      {deed === 'extend' ? (
        <label className={forms.field}>
          <span>{t('loan.new_due')}</span>
          <input type="datetime-local" value={due} onChange={({ currentTarget }) => setDue(currentTarget.value)} />
        </label>
      ) : null}
      <label className={forms.field}>
        <span>{t('loan.reason')}</span>
        <input
          value={reason}
          maxLength={300}
          data-autofocus
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </label>
    </FormDialog>
  );
};
