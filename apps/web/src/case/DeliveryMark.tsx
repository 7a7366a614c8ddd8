import { Check, CircleAlert, Hourglass, LoaderCircle } from 'lucide-react';
import type { z } from 'zod';
import type { Delivery } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { clock } from '../i18n/moments.js';
import styles from './DeliveryMark.module.css';

interface Props {
  delivery: z.infer<typeof Delivery>;
  at: string;
}

/** How far a message of ours has come, in a glyph and a word. */
export const DeliveryMark = ({ delivery, at }: Props) => {
  const { t, intl } = useWords();
  const { state, dueAt, attempts, sentAt } = delivery;
  if (state === 'failed')
    return (
      <span className={styles.mark} data-state="failed">
        <CircleAlert size={12} aria-hidden /> {t('delivery.failed')}
      </span>
    );
  if (state === 'sent')
    return (
      <span className={styles.mark} title={sentAt ? t('delivery.sent_at', { time: clock(intl, sentAt) }) : undefined}>
        <time dateTime={at}>{clock(intl, at)}</time>
        <Check size={12} role="img" aria-label={t('delivery.sent')} />
      </span>
    );
  if (state === 'pending')
    return (
      <span className={styles.mark}>
        <LoaderCircle size={12} aria-hidden />
        {attempts > 0 && dueAt ? t('delivery.retry_at', { time: clock(intl, dueAt) }) : t('delivery.pending')}
      </span>
    );
  return (
    <span className={styles.mark}>
      <Hourglass size={12} aria-hidden /> {t(dueAt ? 'delivery.held' : 'delivery.sending')}
    </span>
  );
};
