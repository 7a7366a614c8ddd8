import { Tooltip } from '@mantine/core';
import { Bot, GitBranch, Globe, ShieldAlert, ShieldCheck, ShieldQuestionMark } from 'lucide-react';
import type { ReactNode } from 'react';
import { AUTOMATIC_KINDS, SENDER_VERDICTS, type InteractionEntry } from '#contracts';
import { useLanguage, useWords } from '../i18n/Words.js';
import styles from './EntryMarks.module.css';

const SHIELDS = { verified: ShieldCheck, denied: ShieldAlert, unknown: ShieldQuestionMark } as const;

const verdictOf = ({ verified }: NonNullable<InteractionEntry['sender']>): keyof typeof SENDER_VERDICTS =>
  verified === null ? 'unknown' : verified ? 'verified' : 'denied';

interface MarkProps {
  words: string;
  tone?: string;
  children: ReactNode;
}

/** A small sign whose words come with the pointer, the focus or a finger, and are read out as they are. */
const Mark = ({ words, tone, children }: MarkProps) => (
  <Tooltip label={words} multiline maw={300} events={{ hover: true, focus: true, touch: true }}>
    <span className={styles.mark} data-tone={tone} role="img" aria-label={words} tabIndex={0}>
      {children}
    </span>
  </Tooltip>
);

/** Said in words only where it matters: nobody wrote it. */
const AutomaticBadge = ({ entry }: { entry: InteractionEntry }) => {
  const { t } = useWords();
  const { language } = useLanguage();
  if (!entry.automatic && entry.automaticKind === null) return null;
  const why = entry.automaticKind ? AUTOMATIC_KINDS[entry.automaticKind][language] : t('entry.automatic.ours');
  return (
    <Tooltip label={why} multiline maw={300} events={{ hover: true, focus: true, touch: true }}>
      <span className={styles.badge} tabIndex={0}>
        <Bot size={12} aria-hidden /> {t('entry.automatic')}
        <span className="visually-hidden">. {why}</span>
      </span>
    </Tooltip>
  );
};

const SenderMark = ({ sender }: { sender: NonNullable<InteractionEntry['sender']> }) => {
  const { language } = useLanguage();
  const verdict = verdictOf(sender);
  const Shield = SHIELDS[verdict];
  const words = SENDER_VERDICTS[verdict][language];
  const checks = (['dmarc', 'dkim', 'spf'] as const).map((name) => `${name.toUpperCase()} ${sender[name]}`).join(' · ');
  return (
    <Mark words={`${words} (${checks})`} tone={verdict}>
      <Shield size={13} aria-hidden />
    </Mark>
  );
};

/** What is known of an entry beside what it says: why it is on this case, who really sent it, that nobody wrote it. */
export const EntryMarks = ({ entry }: { entry: InteractionEntry }) => {
  const { t } = useWords();
  const { matchedBy, sender, direction } = entry;
  return (
    <>
      <AutomaticBadge entry={entry} />
      {entry.public ? (
        <Tooltip label={t('entry.public.lead')} multiline maw={300} events={{ hover: true, focus: true, touch: true }}>
          <span className={styles.badge} tabIndex={0}>
            <Globe size={12} aria-hidden /> {t('entry.public')}
            <span className="visually-hidden">. {t('entry.public.lead')}</span>
          </span>
        </Tooltip>
      ) : null}
      {sender ? <SenderMark sender={sender} /> : null}
      {matchedBy && direction === 'inbound' ? (
        <Mark words={t('entry.attributed', { reason: t(`match.${matchedBy}`) })}>
          <GitBranch size={12} aria-hidden />
        </Mark>
      ) : null}
    </>
  );
};
