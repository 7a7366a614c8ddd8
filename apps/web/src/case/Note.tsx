import type { CaseDetail, NoteEntry } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { clock, whole } from '../i18n/moments.js';
import { ShareNote } from '../handoff/ShareNote.js';
import { firstName } from './caseContext.js';
import { Fold } from './Fold.js';
import { Linked } from './Linked.js';
import { Node } from './Node.js';
import styles from './Note.module.css';

const LINE = 19;

/** What we say among ourselves: a lock and a dashed outline, so that nobody takes it for a message. */
export const Note = ({ entry, detail }: { entry: NoteEntry; detail: CaseDetail }) => {
  const { t, intl } = useWords();
  return (
    <li id={`entry-${entry.id}`} data-entry={entry.id}>
      <Node kind="internal" />
      <article className={styles.note} aria-label={t('entry.note')}>
        <Fold id={entry.id} text={entry.text} lineHeight={LINE}>
          <b>{firstName(entry.author.displayName)}</b>{' '}
          <time dateTime={entry.at} title={whole(intl, entry.at)}>
            {clock(intl, entry.at)}
          </time>{' '}
          {entry.audience === 'internal' ? <ShareNote text={entry.text} detail={detail} /> : null}
          <span>
            <Linked text={entry.text} />
          </span>
        </Fold>
      </article>
    </li>
  );
};
