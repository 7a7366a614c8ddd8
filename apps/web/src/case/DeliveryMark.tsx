import { Check, CheckCheck, CircleAlert, Hourglass, LoaderCircle } from 'lucide-react';
import type { IntlShape } from 'react-intl';
import type { z } from 'zod';
import { DELIVERY_REASONS, type Delivery, type Language, type QueuePlace } from '#contracts';
import { useLanguage, useWords, type Translate } from '../i18n/Words.js';
import { clock } from '../i18n/moments.js';
import styles from './DeliveryMark.module.css';

interface Props {
  delivery: z.infer<typeof Delivery>;
  at: string;
}

/** Why it waits, for the hover. */
const waitsFor = (reason: string | null, language: Language): string | undefined =>
  Object.entries(DELIVERY_REASONS).find(([code]) => code === reason)?.[1][language];

/** Its place in the line of its account, and when that comes to leave. */
const queueText = ({ position, eta }: z.infer<typeof QueuePlace>, t: Translate, intl: IntlShape): string =>
  eta && Date.parse(eta) > Date.now()
    ? t('delivery.queued_at', { position, time: clock(intl, eta) })
    : t('delivery.queued', { position });

/** How far a message of ours has come, in a glyph and a word. */
export const DeliveryMark = ({ delivery, at }: Props) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const { state, dueAt, attempts, sentAt, report, queue, reason } = delivery;
  if (state === 'failed' || report?.action === 'failed')
    return (
      <span className={styles.mark} data-state="failed">
        <CircleAlert size={12} aria-hidden /> {t('delivery.failed')}
      </span>
    );
  if (state === 'sent' && report?.action === 'delayed')
    return (
      <span className={styles.mark} data-state="delayed" title={report.diagnostic ?? undefined}>
        <Hourglass size={12} aria-hidden /> {t('delivery.delayed')}
      </span>
    );
  if (state === 'sent')
    return (
      <span className={styles.mark} title={sentAt ? t('delivery.sent_at', { time: clock(intl, sentAt) }) : undefined}>
        <time dateTime={at}>{clock(intl, at)}</time>
        {report?.action === 'delivered' || report?.action === 'read' ? (
          <CheckCheck size={12} role="img" aria-label={t(`delivery.${report.action}`)} />
        ) : (
          <Check size={12} role="img" aria-label={t('delivery.sent')} />
        )}
      </span>
    );
  if (state === 'pending')
    return (
      <span className={styles.mark} title={waitsFor(reason, language)}>
        <LoaderCircle size={12} aria-hidden />
        {queue && (queue.position > 1 || reason)
          ? queueText(queue, t, intl)
          : (attempts > 0 || reason) && dueAt
            ? t(attempts > 0 ? 'delivery.retry_at' : 'delivery.turn_at', { time: clock(intl, dueAt) })
            : t('delivery.pending')}
      </span>
    );
  return (
    <span className={styles.mark}>
      <Hourglass size={12} aria-hidden /> {t(dueAt ? 'delivery.held' : 'delivery.sending')}
    </span>
  );
};
