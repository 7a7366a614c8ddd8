import { useState } from 'react';
import { ReplaceReason, type CaseDetail, type CaseDevice } from '#contracts';
import { Choices } from '../app/Choices.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { replaceDevice } from './deviceRequests.js';
import { DeviceFields, isStated, NOTHING_STATED, type StatedDevice } from './DeviceFields.js';
import { useDeviceDeed } from './useDeviceDeed.js';

interface Props {
  detail: CaseDetail;
  device: CaseDevice;
  onClose: () => void;
}

/** Another phone takes the place of this one: which, and why. */
export default function ReplaceDialog({ detail, device, onClose }: Props) {
  const { t } = useWords();
  const { run, busy, problem } = useDeviceDeed(detail);
  const [reason, setReason] = useState<ReplaceReason | null>(null);
  const [stated, setStated] = useState(NOTHING_STATED);
  const state = (part: Partial<StatedDevice>) => setStated((before) => ({ ...before, ...part }));
  const save = async () => {
    if (!reason) return;
    if (await run(() => replaceDevice(detail.id, device.id, { ...stated, reason }))) onClose();
  };
  return (
    <FormDialog
      title={t('device.replace')}
      deed={t('device.replace.do')}
      busy={busy}
      problem={problem}
      disabled={!reason || !isStated(stated)}
      onClose={onClose}
      onSubmit={save}
    >
      <p className={forms.lead}>{t('device.replace.lead', { name: device.name || t('device.nameless') })}</p>
      <Choices
        legend={t('device.replace.why')}
        name="why"
        value={reason}
        choices={ReplaceReason.options.map((value) => ({ value, words: t(`device.replace.reason.${value}`) }))}
        onChange={setReason}
      />
      <DeviceFields label={t('device.replace.imei')} value={stated} onChange={state} />
    </FormDialog>
  );
}
