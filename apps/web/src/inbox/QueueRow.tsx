import { Link } from '@tanstack/react-router';
import { CornerUpLeft } from 'lucide-react';
import { memo } from 'react';
import type { CaseRow, CaseView } from '#contracts';
import { Avatar } from '../app/Avatar.js';
import { ChannelGlyph, TierGlyph } from '../app/glyphs.js';
import { useUser } from '../app/session.js';
import { useDraft } from '../case/drafts.js';
import { useWords } from '../i18n/Words.js';
import { useOthers } from '../presence/others.js';
import { PresentInRow } from '../presence/Present.js';
import { brief, whole } from '../i18n/moments.js';
import { ImpactGlyph } from './ImpactGlyph.js';
import { RowChip } from './RowChip.js';
import styles from './QueueRow.module.css';

interface Props {
  row: CaseRow;
  view: CaseView;
  chosen: boolean;
  onOpened: () => void;
}

/** What the last thing in a case was: a send that failed, somebody writing, my draft, our answer, the customer's words; in that order. */
const Preview = ({ row }: { row: CaseRow }) => {
  const { t } = useWords();
  const draft = useDraft(row.id, 'customer').text.trim();
  const writer = useOthers(row.id).find(({ state }) => state === 'writing');
  if (row.failedSends > 0)
    return (
      <span className={styles.failed}>
        {t('queue.undelivered', { channel: t(`channel.${row.lastChannel ?? 'email'}`) })}
      </span>
    );
  if (writer)
    return (
      <span className={styles.typing} title={t('presence.writing', { name: writer.displayName })}>
        {t('presence.typing')}
      </span>
    );
  if (draft)
    return (
      <>
        <span className={styles.draft}>{t('queue.draft')}</span> {draft}
      </>
    );
  if (row.lastDirection === 'outbound')
    return (
      <>
        <CornerUpLeft size={12} aria-label={t('queue.answered')} className={styles.answered} /> {row.preview}
      </>
    );
  return <>{row.preview ? `“${row.preview}”` : ''}</>;
};

const Row = ({ row, view, chosen, onOpened }: Props) => {
  const { t, intl } = useWords();
  const me = useUser();
  const { customer, assignee } = row;
  return (
    <Link
      to="/cases/$reference"
      params={{ reference: row.reference }}
      search={{ view }}
      className={styles.row}
      data-chosen={chosen || undefined}
      data-unread={row.unread > 0 || undefined}
      aria-current={chosen ? 'true' : undefined}
      data-case={row.reference}
      onClick={onOpened}
    >
      {row.unread > 0 ? (
        <span className={styles.dot} role="img" aria-label={t('queue.unread', { count: row.unread })} />
      ) : null}
      <span className={styles.line}>
        <span className={styles.name}>{customer.displayName}</span>
        <TierGlyph tier={customer.tier} size={9} label={t(`tier.${customer.tier}`)} />
        <span className={styles.channels}>
          {row.channels.slice(0, 3).map((channel) => (
            <ChannelGlyph key={channel} channel={channel} size={13} aria-label={t(`channel.${channel}.name`)} />
          ))}
        </span>
        <time className={styles.time} dateTime={row.lastInteractionAt} title={whole(intl, row.lastInteractionAt)}>
          {brief(intl, row.lastInteractionAt)}
        </time>
      </span>
      <span className={styles.words}>
        {row.problem ? <span className={styles.problem}>{row.problem}</span> : null}
        <span className={styles.preview}>
          <Preview row={row} />
        </span>
      </span>
      <span className={styles.facts}>
        <RowChip row={row} />
        <span className={styles.lacks}>
          {row.lacks.slice(0, 4).map((kind) => (
            <ImpactGlyph key={kind} kind={kind} size={13} label={t('impact.reported', { kind: t(`impact.${kind}`) })} />
          ))}
        </span>
        {!assignee && row.queue && view !== 'mine' ? <span className={styles.place}>{row.queue.name}</span> : null}
        <span className={styles.who}>
          <PresentInRow caseId={row.id} />
          {assignee && assignee.id !== me.id ? (
            <Avatar name={assignee.displayName} size={18} label={t('queue.owner', { name: assignee.displayName })} />
          ) : null}
        </span>
      </span>
    </Link>
  );
};

/** One case in the list, 66 px whatever it holds. */
export const QueueRow = memo(Row);
