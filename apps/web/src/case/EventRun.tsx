import { useState } from 'react';
import type { EventEntry } from '#contracts';
import { MergeEvent } from '../merge/MergeEvent.js';
import { useWords } from '../i18n/Words.js';
import { clock, whole } from '../i18n/moments.js';
import { useEventText } from './eventText.js';
import { FOLD_FROM } from './timeline.rules.js';
import styles from './EventRun.module.css';

const Line = ({ event }: { event: EventEntry }) => {
  const { intl } = useWords();
  const text = useEventText();
  return (
    <span className={styles.words}>
      <span className={styles.what}>{text(event)}</span>
      <MergeEvent event={event} />
      <time dateTime={event.at} title={whole(intl, event.at)}>
        {clock(intl, event.at)}
      </time>
    </span>
  );
};

interface Props {
  events: EventEntry[];
  /** They are what was looked for: none is folded away, and each is read to its end. */
  isSought: boolean;
}

/** What happened, one line each; among the rest a long run shows its last line and unfolds on demand. */
export const EventRun = ({ events, isSought }: Props) => {
  const { t } = useWords();
  const [unfolded, setUnfolded] = useState(false);
  const folds = !isSought && events.length >= FOLD_FROM;
  const shown = folds && !unfolded ? events.slice(-1) : events;
  return (
    <>
      {shown.map((event, index) => (
        <li key={event.id} className={styles.event} data-sought={isSought || undefined}>
          <Line event={event} />
          {folds && index === shown.length - 1 ? (
            <button
              type="button"
              className={styles.fold}
              aria-expanded={unfolded}
              aria-label={t(unfolded ? 'timeline.fold' : 'timeline.unfold')}
              onClick={() => setUnfolded(!unfolded)}
            >
              {unfolded ? t('timeline.fold') : t('timeline.folded', { count: events.length - 1 })}
            </button>
          ) : null}
        </li>
      ))}
    </>
  );
};
