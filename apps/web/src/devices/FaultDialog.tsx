import { useState } from 'react';
import type { CaseDetail, FaultKind } from '#contracts';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { addFault } from './deviceRequests.js';
import { FaultSelect } from './FaultSelect.js';
import { useDeviceDeed } from './useDeviceDeed.js';

interface Props {
  detail: CaseDetail;
  deviceId: string;
  onClose: () => void;
}

/** One more thing that is wrong with a phone. */
export const FaultDialog = ({ detail, deviceId, onClose }: Props) => {
  const { t } = useWords();
  const { run, busy, problem } = useDeviceDeed(detail);
  const [kind, setKind] = useState<FaultKind | null>(null);
  const [said, setSaid] = useState('');
  const save = async () => {
    if (kind && (await run(() => addFault(detail.id, deviceId, { kind, said })))) onClose();
  };
  return (
    <FormDialog
      title={t('device.fault.add')}
      deed={t('device.fault.save')}
      busy={busy}
      problem={problem}
      disabled={!kind}
      onClose={onClose}
      onSubmit={save}
    >
      <FaultSelect value={kind} onChange={setKind} />
      <label className={forms.field}>
        <span>{t('device.fault.said')}</span>
        <input value={said} maxLength={500} onChange={({ currentTarget }) => setSaid(currentTarget.value)} />
      </label>
    </FormDialog>
  );
};
