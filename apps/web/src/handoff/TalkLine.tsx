import type { CaseDetail } from '#contracts';
import { Node } from '../case/Node.js';
import type { TalkEntry } from '../case/timeline.rules.js';
import { EntryBubble } from './EntryBubble.js';
import { useTellCustomer } from './useTellCustomer.js';
import styles from './Handoff.module.css';

interface Props {
  talk: TalkEntry;
  detail: CaseDetail;
}

/** What a partner said, or we to them, among all that happened on the case. */
export const TalkLine = ({ talk: { id, handoff, entry }, detail }: Props) => {
  const { tell, asking } = useTellCustomer(detail, handoff.partner.name);
  return (
    <li className={styles.talk} id={`entry-${id}`} data-entry={id}>
      <Node kind="partner" />
      <EntryBubble {...{ handoff, entry }} customer={detail.customer.displayName} onTell={tell} />
      {asking}
    </li>
  );
};
