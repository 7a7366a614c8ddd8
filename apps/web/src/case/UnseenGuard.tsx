import { Button } from '@mantine/core';
import { Eye } from 'lucide-react';
import type { TimelineEntry } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { clock } from '../i18n/moments.js';
import { useEventText } from './eventText.js';
import { Node } from './Node.js';
import styles from './UnseenGuard.module.css';

interface Props {
  entries: TimelineEntry[];
  onReview: () => void;
  onSend: () => void;
  onDiscard: () => void;
}

const Unseen = ({ entry }: { entry: TimelineEntry }) => {
  const { t, intl } = useWords();
  const eventText = useEventText();
  return (
    <li>
      {entry.type === 'event' ? null : <Node kind={entry.type === 'note' ? 'internal' : entry.channel} />}
      <span>
        <b>{entry.author.displayName}</b>{' '}
        <small>
          {entry.type === 'interaction' ? `${t(`channel.${entry.channel}`)} · ` : null}
          {clock(intl, entry.at)}
        </small>
        <span className={styles.text}>{entry.type === 'event' ? eventText(entry) : entry.text}</span>
      </span>
    </li>
  );
};

/** Nothing was sent, because something arrived that the writer had not seen: here it is, and the text is still there. */
export const UnseenGuard = ({ entries, onReview, onSend, onDiscard }: Props) => {
  const { t } = useWords();
  return (
    <section className={styles.guard} role="alert" aria-labelledby="unseen">
      <h2 id="unseen">
        <Eye size={16} aria-hidden /> {t('unseen.title', { count: entries.length })}
      </h2>
      <ol>
        {entries.map((entry) => (
          <Unseen key={entry.id} entry={entry} />
        ))}
      </ol>
      <div className={styles.deeds}>
        <Button size="xs" variant="filled" onClick={onReview}>
          {t('unseen.review')}
        </Button>
        <Button size="xs" onClick={onSend}>
          {t('unseen.send')}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={onDiscard}>
          {t('unseen.discard')}
        </Button>
        <small>{t('error.code', { code: 'case.unseen_entries' })}</small>
      </div>
    </section>
  );
};
