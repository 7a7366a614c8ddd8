import { ExternalLink } from 'lucide-react';
import type { CaseDetail, InteractionEntry } from '#contracts';
import { spanText } from '../calls/span.rules.js';
import { useWords, type Translate } from '../i18n/Words.js';
import { clock, whole } from '../i18n/moments.js';
import { Attachments } from './Attachments.js';
import { EntryMarks } from './EntryMarks.js';
import { EntryMenu } from './EntryMenu.js';
import { Notices, Review } from './EntryNews.js';
import { Fold } from './Fold.js';
import { Linked } from './Linked.js';
import { Node } from './Node.js';
import { ToldAgain } from '../story/ToldAgain.js';
import styles from './Report.module.css';

/** What it was, in three or four words: a visit and where, a call and how it ended, another place. */
const titleOf = ({ channel, direction, store, call, elsewhere }: InteractionEntry, t: Translate): string => {
  if (channel === 'store') return store ? t('entry.visit', { store: store.name }) : t('entry.visit_plain');
  if (channel === 'other')
    return elsewhere ? t('entry.elsewhere', { place: elsewhere.place }) : t('channel.other.name');
  if (!call) return t('entry.call');
  return t(`call.did.${direction}.${call.outcome}`);
};

interface Props {
  entry: InteractionEntry;
  detail: CaseDetail;
}

/** What was told in person, by telephone or in another place, as one of ours or the switchboard wrote it down. */
export const Report = ({ entry, detail }: Props) => {
  const { t, intl } = useWords();
  const { call, elsewhere } = entry;
  const what = titleOf(entry, t);
  const facts = [
    call && call.times > 1 ? t('call.times_tried', { count: call.times }) : null,
    call?.durationSeconds ? spanText(call.durationSeconds, t) : null,
    call?.extension ? t('call.by_extension', { extension: call.extension }) : null,
    elsewhere?.authorName ? t('elsewhere.as', { name: elsewhere.authorName }) : null,
  ].filter((fact) => fact !== null);
  return (
    <li className={styles.entry} id={`entry-${entry.id}`} data-entry={entry.id}>
      <Node kind={entry.channel} />
      <article className={styles.card} aria-label={what}>
        <header>
          <b>{what}</b>
          <span className={styles.who}>
            {[...facts, entry.author.displayName].join(' · ')} ·{' '}
            <time dateTime={entry.at} title={whole(intl, entry.at)}>
              {clock(intl, entry.at)}
            </time>
          </span>
          <span className={styles.marks}>
            <EntryMarks entry={entry} />
            <EntryMenu entry={entry} detail={detail} />
          </span>
        </header>
        {entry.text ? (
          <div className={styles.text}>
            <Fold id={entry.id} text={entry.text}>
              <Linked text={entry.text} />
            </Fold>
          </div>
        ) : null}
        {elsewhere?.url ? (
          <a className={styles.link} href={elsewhere.url} target="_blank" rel="noreferrer noopener">
            <ExternalLink size={14} aria-hidden /> {t('elsewhere.open', { host: new URL(elsewhere.url).host })}
          </a>
        ) : null}
        <Attachments attachments={entry.attachments} padded />
      </article>
      <Notices entry={entry} />
      <Review entry={entry} detail={detail} />
      <ToldAgain entry={entry} detail={detail} />
    </li>
  );
};
