import { Button } from '@mantine/core';
import { useWords } from '../i18n/Words.js';
import { Dialog } from './Dialog.js';
import forms from './forms.module.css';
import { useDeed } from './useDeed.js';

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
  const { run: attempt, busy, problem } = useDeed();
  const go = () =>
    attempt(async () => {
      await run();
      onClose();
    });
  return (
    <Dialog title={title} size={440} onClose={onClose}>
      <div className={forms.form}>
        <p>{lead}</p>
        <p className={forms.problem} role="alert">
          {problem}
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
    </Dialog>
  );
};
