import { useState } from 'react';
import type { CaseDetail } from '#contracts';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { ReasonField } from '../app/ReasonField.js';
import { useDeviceDeed } from './useDeviceDeed.js';

interface Props {
  detail: CaseDetail;
  title: string;
  label: string;
  hint: string;
  /** @param reason what was typed */
  onDo: (reason: string) => Promise<unknown>;
  onClose: () => void;
}

/** Something that needs a reason in somebody's own words. */
export const ReasonDialog = ({ detail, title, label, hint, onDo, onClose }: Props) => {
  const { run, busy, problem } = useDeviceDeed(detail);
  const [reason, setReason] = useState('');
  const send = async () => {
    if (await run(() => onDo(reason.trim()))) onClose();
  };
  return (
    <FormDialog
      title={title}
      deed={title}
      busy={busy}
      problem={problem}
      disabled={reason.trim() === ''}
      onClose={onClose}
      onSubmit={send}
    >
      <p className={forms.lead}>{hint}</p>
      <ReasonField label={label} value={reason} problem={null} onChange={setReason} />
    </FormDialog>
  );
};
