import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useLanguage, useWords } from '../i18n/Words.js';
import { failureText, type FailureText } from './failureText.js';
import forms from './forms.module.css';

interface Props {
  title: string;
  lead: string;
  deed: string;
  /** Of what cannot be taken back. */
  grave?: boolean;
  run: () => Promise<void>;
  onClose: () => void;
}

/** Asks once more before a deed, and says what came of it when it failed. */
export const Confirm = ({ title, lead, deed, grave = false, run, onClose }: Props) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureText | null>(null);
  const go = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await run();
      onClose();
    } catch (error) {
      setFailure(failureText(error, language, t));
      setBusy(false);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={440}
      radius="lg"
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className={forms.form}>
        <p>{lead}</p>
        <p className={forms.problem} role="alert">
          {failure ? `${failure.message} ${t('error.code', { code: failure.code })}` : null}
        </p>
        <div className={forms.deeds}>
          <Button onClick={onClose} data-autofocus>
            {t('app.cancel')}
          </Button>
          <Button
            variant="filled"
            color={grave ? 'var(--hilo-grave)' : undefined}
            loading={busy}
            onClick={() => void go()}
          >
            {deed}
          </Button>
        </div>
      </div>
    </Modal>
  );
};
