import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useDeed } from '../app/useDeed.js';
import { useWords } from '../i18n/Words.js';
import { abandonIntake } from './counterRequests.js';
import { useKeeper } from './keep/useIntake.js';
import styles from './Counter.module.css';

/** Somebody left, or it was begun twice: it ends here, with the reason. */
export const Abandon = () => {
  const { t } = useWords();
  const keeper = useKeeper();
  const navigate = useNavigate();
  const [asked, setAsked] = useState(false);
  const [reason, setReason] = useState('');
  const { run, busy, problem } = useDeed();
  const abandon = async () => {
    await run(async () => {
      await keeper.tellAll();
      await abandonIntake(keeper.id, reason.trim());
      await keeper.over(null, 'abandoned');
      await navigate({ to: '/visit' });
    });
  };
  return (
    <>
      <div className={styles.deeds}>
        <button type="button" className={styles.secondary} onClick={() => setAsked(true)}>
          {t('abandon.ask')}
        </button>
      </div>
      {asked ? (
        <FormDialog
          title={t('abandon.ask')}
          deed={t('abandon.deed')}
          busy={busy}
          problem={problem}
          disabled={reason.trim().length < 3}
          onSubmit={() => void abandon()}
          onClose={() => setAsked(false)}
        >
          <label className={forms.field}>
            <span>{t('abandon.reason')}</span>
            <input
              data-autofocus
              maxLength={300}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          </label>
        </FormDialog>
      ) : null}
    </>
  );
};
