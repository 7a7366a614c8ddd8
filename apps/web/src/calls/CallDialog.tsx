import { Dialog } from '../app/Dialog.js';
import { notify } from '../app/notices.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { CallForm } from './CallForm.js';

interface Props {
  phone?: string;
  caseReference?: string;
  onClose: () => void;
}

/** Logs a call from wherever one is. */
export default function CallDialog({ phone, caseReference, onClose }: Props) {
  const { t } = useWords();
  return (
    <Dialog title={t('call.log')} size={560} onClose={onClose}>
      <p className={forms.lead}>{t('call.lead')}</p>
      <CallForm
        phone={phone}
        caseReference={caseReference}
        onCancel={onClose}
        onSaved={({ caseReference: reference }) => {
          notify(`${t('call.saved')}. ${t('call.saved.in', { reference })}`);
          onClose();
        }}
      />
    </Dialog>
  );
}
