import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { ShieldAlert } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { BREAK_GLASS_MINUTES } from '#contracts';
import { failureText, type FailureText } from '../app/failureText.js';
import forms from '../app/forms.module.css';
import { useLanguage, useWords } from '../i18n/Words.js';
import { breakGlass } from './trackingRequests.js';
import styles from './Tracking.module.css';

const SHORTEST = 10;

/** Opens a case that is not theirs: with a reason, for a while, and supervisors see it. */
export const BreakGlass = ({ reference }: { reference: string }) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureText | null>(null);
  const short = reason.trim().length < SHORTEST;
  const open = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (short) return;
    setBusy(true);
    setFailure(null);
    try {
      await breakGlass(reference, reason.trim());
      await Promise.all(['case', 'cases', 'counts'].map((name) => client.invalidateQueries({ queryKey: [name] })));
    } catch (error) {
      setFailure(failureText(error, language, t));
    }
    setBusy(false);
  };
  return (
    <section className={styles.glass}>
      <ShieldAlert size={32} aria-hidden />
      <h1>{t('glass.title', { reference })}</h1>
      <p>{t('glass.lead', { hours: BREAK_GLASS_MINUTES / 60 })}</p>
      <form className={forms.form} onSubmit={(event) => void open(event)} noValidate>
        <label className={forms.field}>
          <span>{t('glass.reason')}</span>
          <textarea
            rows={3}
            maxLength={500}
            value={reason}
            placeholder={t('glass.reason.hint')}
            aria-invalid={(tried && short) || undefined}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <small role="alert">{tried && short ? t('glass.reason.short') : null}</small>
        </label>
        <p className={forms.problem} role="alert">
          {failure ? `${failure.message} ${t('error.code', { code: failure.code })}` : null}
        </p>
        <div className={forms.deeds}>
          <Button type="submit" variant="filled" loading={busy}>
            {t('glass.open')}
          </Button>
        </div>
      </form>
    </section>
  );
};
