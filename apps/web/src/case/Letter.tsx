import { useState } from 'react';
import type { CaseDetail, InteractionEntry } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { clock, whole } from '../i18n/moments.js';
import { Attachments } from './Attachments.js';
import { firstName } from './caseContext.js';
import { DeliveryMark } from './DeliveryMark.js';
import { FailedSend } from './FailedSend.js';
import { Fold } from './Fold.js';
import { Linked } from './Linked.js';
import { MailFrame } from './MailFrame.js';
import { Node } from './Node.js';
import { splitQuote } from './timeline.rules.js';
import styles from './Letter.module.css';

/** Markup that says something its plain text cannot. */
const RICH = /<(img|table|ul|ol)\b/i;

/** The words of a mail, its quote folded away. */
const PlainBody = ({ id, text }: { id: string; text: string }) => {
  const { t } = useWords();
  const [unfolded, setUnfolded] = useState(false);
  const { own, quote } = splitQuote(text);
  return (
    <div className={styles.text}>
      <Fold id={id} text={own}>
        <Linked text={own} />
      </Fold>
      {quote ? (
        <>
          {' '}
          <button
            type="button"
            className={styles.fold}
            aria-expanded={unfolded}
            aria-label={t(unfolded ? 'entry.quote.hide' : 'entry.quote.show')}
            onClick={() => setUnfolded(!unfolded)}
          >
            ··· {t('entry.quote')}
          </button>
        </>
      ) : null}
      {unfolded ? <blockquote className={styles.quote}>{quote}</blockquote> : null}
    </div>
  );
};

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
        data-state={state}
        aria-label={t('entry.from', { name: author, channel: t('channel.email') })}
      >
        <header className={styles.head}>
          <b>{entry.subject || t('entry.no_subject')}</b>
          <span title={whole(intl, entry.at)}>
            {firstName(author)} ·{' '}
            {ours && entry.delivery ? (
              <DeliveryMark delivery={entry.delivery} at={entry.at} />
            ) : (
              <time dateTime={entry.at}>{clock(intl, entry.at)}</time>
            )}
          </span>
        </header>
        {asSent && entry.html ? (
          <div className={styles.sent}>
            <Fold id={entry.id} text={entry.text} page>
              <MailFrame html={entry.html} name={author} />
            </Fold>
          </div>
        ) : (
          <PlainBody id={entry.id} text={entry.text} />
        )}
        {entry.html ? (
          <button type="button" className={styles.switch} onClick={() => setAsSent(!asSent)}>
            {t(asSent ? 'entry.text' : 'entry.html')}
          </button>
        ) : null}
        <Attachments attachments={entry.attachments.filter(({ inline }) => !inline || !asSent)} padded />
      </article>
      {state === 'failed' ? <FailedSend entry={entry} detail={detail} /> : null}
    </li>
  );
};
