import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { MailWarning, RotateCw } from 'lucide-react';
import { useRef, useState } from 'react';
import { DELIVERY_REASONS, type CaseDetail, type InteractionEntry, type Language } from '#contracts';
import { newKey, resend } from '../api/requests.js';
import { failureText } from '../app/failureText.js';
import { ChannelGlyph } from '../app/glyphs.js';
import { notify } from '../app/notices.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { useWriting } from './caseContext.js';
import { replyPaths } from './paths.rules.js';
import { settleEntry } from './timelineCache.js';
import styles from './FailedSend.module.css';

const reasonText = (reason: string | null, language: Language): string | null =>
  Object.entries(DELIVERY_REASONS).find(([code]) => code === reason)?.[1][language] ?? null;

/** It left and was sent back: to send the same again to the same address is no way on. */
const hasBounced = ({ delivery }: InteractionEntry): boolean =>
  delivery?.reason === 'recipient.bounced' || delivery?.report?.action === 'failed';

/** What the other side said and under which code, for the curious. */
const Details = ({ entry }: { entry: InteractionEntry }) => {
  const { t } = useWords();
  const { delivery } = entry;
  const said = delivery?.report?.diagnostic ?? delivery?.detail ?? null;
  const facts = [
    said ? t('delivery.detail', { detail: said }) : null,
    delivery?.report?.status ?? null,
    delivery && delivery.attempts > 0 ? t('delivery.attempts', { count: delivery.attempts }) : null,
    t('error.code', { code: delivery?.reason ?? (hasBounced(entry) ? 'recipient.bounced' : 'unknown') }),
  ];
  return <small>{facts.filter((fact) => fact !== null).join(' · ')}</small>;
};

interface Props {
  entry: InteractionEntry;
  detail: CaseDetail;
}

/** A message that did not leave, where it stands: why, that nothing is lost, and what to do now. */
export const FailedSend = ({ entry, detail }: Props) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const { sendBy } = useWriting();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const { delivery } = entry;
  const report = delivery?.report ?? null;
  const bounced = hasBounced(entry);
  const other = replyPaths(detail).find(({ channel, open }) => open && channel !== entry.channel);

  const again = async () => {
    setBusy(true);
    try {
      settleEntry(client, detail.id, entry.id, await resend(entry.id, key.current));
      key.current = newKey();
    } catch (error) {
      notify(failureText(error, language, t).message);
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className={styles.box} role="group" aria-label={t('delivery.failed')}>
      <MailWarning size={16} aria-hidden />
      <div className={styles.words}>
        <b>
          {bounced && report?.recipient
            ? t('delivery.bounced_title', { address: report.recipient })
            : t(bounced ? 'delivery.bounced' : 'delivery.failed_title', { channel: t(`channel.${entry.channel}`) })}
        </b>
        <p>
          {reasonText(delivery?.reason ?? (bounced ? 'recipient.bounced' : null), language) ??
            t('delivery.failed_unknown')}{' '}
          {t('delivery.kept')} {other && entry.attachments.length > 0 ? t('delivery.attach_again') : null}
        </p>
        <div className={styles.deeds}>
          {other ? (
            <Button
              size="xs"
              variant="filled"
              leftSection={<ChannelGlyph channel={other.channel} size={14} />}
              onClick={() => sendBy(other, entry.text)}
            >
              {t('delivery.send_by', { channel: t(`channel.${other.channel}`) })}
            </Button>
          ) : null}
          {delivery?.state === 'failed' ? (
            <Button size="xs" leftSection={<RotateCw size={14} />} loading={busy} onClick={() => void again()}>
              {t('delivery.resend')}
            </Button>
          ) : null}
          {other || !bounced ? null : <span className={styles.alone}>{t('delivery.no_other')}</span>}
        </div>
        <Details entry={entry} />
      </div>
    </div>
  );
};
