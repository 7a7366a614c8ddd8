import { useState } from 'react';
import type { CaseDetail, InteractionEntry } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { clock, whole } from '../i18n/moments.js';
import { Attachments } from './Attachments.js';
import { firstName } from './caseContext.js';
import { DeliveryMark } from './DeliveryMark.js';
import { EntryMarks } from './EntryMarks.js';
import { EntryMenu } from './EntryMenu.js';
import { Notices, Review } from './EntryNews.js';
import { FailedSend } from './FailedSend.js';
import { Fold } from './Fold.js';
import { Linked } from './Linked.js';
import { MailFrame } from './MailFrame.js';
import { Node } from './Node.js';
import { Quoted } from './Quoted.js';
import { cameBack } from './timeline.rules.js';
import { ToldAgain } from '../story/ToldAgain.js';
import styles from './Letter.module.css';

/** Markup that says something its plain text cannot. */
const RICH = /<(img|table|ul|ol)\b/i;

/** The words of a mail, its quote folded away. */
const PlainBody = ({ entry: { id, text, quoted } }: { entry: InteractionEntry }) => (
  <div className={styles.text}>
    <Fold id={id} text={text}>
      <Linked text={text} />
    </Fold>
    <Quoted text={quoted} />
  </div>
);

interface Props {
  entry: InteractionEntry;
  detail: CaseDetail;
}

/** A mail: subject, words, and on demand the page it was sent as. */
export const Letter = ({ entry, detail }: Props) => {
  const { t, intl } = useWords();
  const [asSent, setAsSent] = useState(() => RICH.test(entry.html ?? ''));
  const ours = entry.direction === 'outbound';
  const state = entry.delivery?.state;
  const author = entry.author.displayName;
  return (
    <li className={styles.entry} id={`entry-${entry.id}`} data-ours={ours || undefined} data-entry={entry.id}>
      <Node kind="email" />
      <article
        className={styles.card}
        data-state={cameBack(entry) ? 'failed' : state}
        aria-label={t('entry.from', { name: author, channel: t('channel.email') })}
      >
        <header className={styles.head}>
          <b>{entry.subject || t('entry.no_subject')}</b>
          <span>
            <EntryMarks entry={entry} />
            {firstName(author)} ·{' '}
            {ours && entry.delivery ? (
              <DeliveryMark delivery={entry.delivery} at={entry.at} />
            ) : (
              <time dateTime={entry.at} title={whole(intl, entry.at)}>
                {clock(intl, entry.at)}
              </time>
            )}
            <EntryMenu entry={entry} detail={detail} />
          </span>
        </header>
        {asSent && entry.html ? (
          <div className={styles.sent}>
            <Fold id={entry.id} text={entry.text} page>
              <MailFrame html={entry.html} name={author} />
            </Fold>
          </div>
        ) : (
          <PlainBody entry={entry} />
        )}
        {entry.html ? (
          <button type="button" className={styles.switch} onClick={() => setAsSent(!asSent)}>
            {t(asSent ? 'entry.text' : 'entry.html')}
          </button>
        ) : null}
        <Attachments attachments={entry.attachments.filter(({ inline }) => !inline || !asSent)} padded />
      </article>
      <Notices entry={entry} />
      <Review entry={entry} detail={detail} />
      <ToldAgain entry={entry} detail={detail} />
      {cameBack(entry) ? <FailedSend entry={entry} detail={detail} /> : null}
    </li>
  );
};
