import { useState } from 'react';
import type { Loaner, MoveLoanerBody } from '#contracts';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { moveLoaner } from './loanerRequests.js';
import { nameOf } from './loanWords.js';
import { useLoanDeed } from './useLoanDeed.js';

export type MoveTo = MoveLoanerBody['to'];

interface Props {
  loaner: Loaner;
  to: MoveTo;
  onClose: () => void;
}

/** A loaner that is in no loan goes elsewhere, with a reason. */
export const MoveDialog = ({ loaner, to, onClose }: Props) => {
  const { t } = useWords();
  const { run, busy, problem } = useLoanDeed();
  const [reason, setReason] = useState('');
  const save = async () => {
    if (await run(() => moveLoaner(loaner.id, { to, reason: reason.trim() }))) onClose();
  };
  return (
    <FormDialog
      title={t(`loaner.move.${to}`)}
      deed={t(`loaner.move.${to}`)}
      busy={busy}
      problem={problem}
      disabled={reason.trim() === ''}
      onClose={onClose}
      onSubmit={save}
    >
      <p className={forms.lead}>
        {nameOf(loaner.model)} · {loaner.label}
      </p>
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
