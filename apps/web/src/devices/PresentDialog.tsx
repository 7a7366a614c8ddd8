import { useState } from 'react';
import type { CaseDetail, FaultKind } from '#contracts';
import { newKey } from '../api/requests.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { presentDevice } from './deviceRequests.js';
import { FaultSelect } from './FaultSelect.js';
import { DeviceFields, isStated, NOTHING_STATED, type StatedDevice } from './DeviceFields.js';
import { useDeviceDeed } from './useDeviceDeed.js';

/** A phone somebody shows or names: any of its numbers finds it, else it is new. */
export default function PresentDialog({ detail, onClose }: { detail: CaseDetail; onClose: () => void }) {
  const { t } = useWords();
  const { run, busy, problem } = useDeviceDeed(detail);
  const [stated, setStated] = useState(NOTHING_STATED);
  const state = (part: Partial<StatedDevice>) => setStated((before) => ({ ...before, ...part }));
  const [fault, setFault] = useState<FaultKind | null>(null);
  const [said, setSaid] = useState('');
  const [key, setKey] = useState(newKey);
  const save = async () => {
    const done = await run(() => presentDevice(detail.id, { ...stated, said, ...(fault ? { fault } : {}) }, key));
    if (done) onClose();
    else setKey(newKey());
  };
  return (
    <FormDialog
      title={t('device.add')}
      deed={t('device.save')}
      busy={busy}
      problem={problem}
      disabled={!isStated(stated)}
      onClose={onClose}
      onSubmit={save}
    >
      <DeviceFields label={t('device.imei')} value={stated} onChange={state} />
      <FaultSelect value={fault} onChange={setFault} />
      {fault ? (
        <label className={forms.field}>
          <span>{t('device.fault.said')}</span>
          <input value={said} maxLength={500} onChange={({ currentTarget }) => setSaid(currentTarget.value)} />
        </label>
      ) : null}
    </FormDialog>
  );
}
