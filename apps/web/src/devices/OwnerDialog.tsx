import { useState } from 'react';
import { OwnerReason, type CaseDetail } from '#contracts';
import { Choices } from '../app/Choices.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { giveDevice } from './deviceRequests.js';
import { useDeviceDeed } from './useDeviceDeed.js';

interface Props {
  detail: CaseDetail;
  deviceId: string;
  onClose: () => void;
}

/** A phone that is on record as somebody else's is this customer's from now on. */
export const OwnerDialog = ({ detail, deviceId, onClose }: Props) => {
  const { t } = useWords();
  const { run, busy, problem } = useDeviceDeed(detail);
  const [reason, setReason] = useState<OwnerReason | null>(null);
  const save = async () => {
    if (reason && (await run(() => giveDevice(detail.id, deviceId, reason)))) onClose();
  };
  return (
    <FormDialog
      title={t('device.owner')}
      deed={t('device.save')}
      busy={busy}
      problem={problem}
      disabled={!reason}
      onClose={onClose}
      onSubmit={save}
    >
      <p className={forms.lead}>{t('device.owner.lead')}</p>
      <Choices
        legend={t('device.owner.why')}
        name="why"
        value={reason}
        choices={OwnerReason.options.map((value) => ({ value, words: t(`device.owner.reason.${value}`) }))}
        onChange={setReason}
      />
    </FormDialog>
  );
};
