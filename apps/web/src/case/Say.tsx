import type { CaseDetail, InteractionEntry } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { clock, whole } from '../i18n/moments.js';
import { Answers } from './Answers.js';
import { Attachments } from './Attachments.js';
import { firstName } from './caseContext.js';
import { DeliveryMark } from './DeliveryMark.js';
import { EntryMarks } from './EntryMarks.js';
import { EntryMenu } from './EntryMenu.js';
import { Notices, Review } from './EntryNews.js';
import { FailedSend } from './FailedSend.js';
import { Fold } from './Fold.js';
import { Linked } from './Linked.js';
import { Node } from './Node.js';
import { ToldAgain } from '../story/ToldAgain.js';
import styles from './Say.module.css';

interface Props {
  entry: InteractionEntry;
  detail: CaseDetail;
}

/** A short message: the customer's on the left, ours on the right. */
export const Say = ({ entry, detail }: Props) => {
  const { intl } = useWords();
  const ours = entry.direction === 'outbound';
  const state = entry.delivery?.state;
  return (
    <li className={styles.entry} id={`entry-${entry.id}`} data-ours={ours || undefined} data-entry={entry.id}>
      <Node kind={entry.channel} />
      <div className={styles.say}>
        <div className={styles.bubble} data-state={state}>
          {entry.public?.answers ? <Answers answers={entry.public.answers} /> : null}
          {entry.text ? (
            <Fold id={entry.id} text={entry.text}>
              <Linked text={entry.text} />
            </Fold>
          ) : null}
          <Attachments attachments={entry.attachments} />
        </div>
        <div className={styles.meta}>
          <b>{firstName(entry.author.displayName)}</b>
          <span title={whole(intl, entry.at)}>
            {ours && entry.delivery ? (
              <DeliveryMark delivery={entry.delivery} at={entry.at} />
            ) : (
              <time dateTime={entry.at}>{clock(intl, entry.at)}</time>
            )}
          </span>
          <span className={styles.marks}>
            <EntryMarks entry={entry} />
            <EntryMenu entry={entry} detail={detail} />
          </span>
        </div>
      </div>
      <Notices entry={entry} />
      <Review entry={entry} detail={detail} />
      <ToldAgain entry={entry} detail={detail} />
      {state === 'failed' ? <FailedSend entry={entry} detail={detail} /> : null}
    </li>
  );
};
