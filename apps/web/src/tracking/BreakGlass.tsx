import { useQueryClient } from '@tanstack/react-query';
import { ShieldAlert } from 'lucide-react';
import { useState } from 'react';
import { BREAK_GLASS_MINUTES } from '#contracts';
import { Form } from '../app/Form.js';
import { useDeed } from '../app/useDeed.js';
import { ReasonField } from '../app/ReasonField.js';
import { useWords } from '../i18n/Words.js';
import { breakGlass } from './trackingRequests.js';
import styles from './Tracking.module.css';

const SHORTEST = 10;

/** Opens a case that is not theirs: with a reason, for a while, and supervisors see it. */
export const BreakGlass = ({ reference }: { reference: string }) => {
  const { t } = useWords();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const { run, busy, problem } = useDeed();
  const short = reason.trim().length < SHORTEST;
  const open = async () => {
    setTried(true);
    if (short) return;
    await run(async () => {
      await breakGlass(reference, reason.trim());
      await Promise.all(['case', 'cases', 'counts'].map((name) => client.invalidateQueries({ queryKey: [name] })));
    });
  };
  return (
    <section className={styles.glass}>
      <ShieldAlert size={32} aria-hidden />
      <h1>{t('glass.title', { reference })}</h1>
      <p>{t('glass.lead', { hours: BREAK_GLASS_MINUTES / 60 })}</p>
      <Form deed={t('glass.open')} busy={busy} problem={problem} onSubmit={open}>
        <ReasonField
          label={t('glass.reason')}
          hint={t('glass.reason.hint')}
          value={reason}
          problem={tried && short ? t('glass.reason.short') : null}
          onChange={setReason}
        />
      </Form>
    </section>
  );
};
