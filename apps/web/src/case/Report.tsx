import type { InteractionEntry } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { clock, whole } from '../i18n/moments.js';
import { Attachments } from './Attachments.js';
import { Fold } from './Fold.js';
import { Linked } from './Linked.js';
import { Node } from './Node.js';
import styles from './Report.module.css';

/** What was told in person: a visit to a store or a call, as one of ours wrote it down. */
export const Report = ({ entry }: { entry: InteractionEntry }) => {
  const { t, intl } = useWords();
  const what =
    entry.channel === 'phone'
      ? t('entry.call')
      : entry.store
        ? t('entry.visit', { store: entry.store.name })
        : t('entry.visit_plain');
  return (
    <li className={styles.entry} id={`entry-${entry.id}`} data-entry={entry.id}>
      <Node kind={entry.channel} />
      <article className={styles.card} aria-label={what}>
        <header>
          <b>{what}</b> {entry.author.displayName} ·{' '}
          <time dateTime={entry.at} title={whole(intl, entry.at)}>
            {clock(intl, entry.at)}
          </time>
        </header>
        {entry.text ? (
          <div className={styles.text}>
            <Fold id={entry.id} text={entry.text}>
              <Linked text={entry.text} />
            </Fold>
          </div>
        ) : null}
        <Attachments attachments={entry.attachments} padded />
      </article>
    </li>
  );
};
