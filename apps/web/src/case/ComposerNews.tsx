import type { CaseDetail, Thread } from '#contracts';
import { notify } from '../app/notices.js';
import { useReachable } from '../live/reachable.js';
import { useWords } from '../i18n/Words.js';
import { WritingNotice } from '../presence/WritingNotice.js';
import { DraftConflict } from './DraftConflict.js';
import type { PartnerLine } from '../handoff/usePartnerLine.js';
import { clearDraft, type ComposerTab } from './drafts.js';
import { UndoToast } from './UndoToast.js';
import { UnseenGuard } from './UnseenGuard.js';
import type { useSend } from './useSend.js';
import styles from './Composer.module.css';

interface Props {
  detail: CaseDetail;
  send: ReturnType<typeof useSend>;
  thread: Thread | null;
  tab: ComposerTab;
  partner: PartnerLine;
  /** Brings the caret back to the text. */
  onWrite: () => void;
}

/** What came of sending, above the text it is about: held and undoable, refused because of unseen entries, or failed. */
export const ComposerNews = ({ detail, send, thread, tab, partner, onWrite }: Props) => {
  const { t } = useWords();
  useReachable(send.failure?.code === 'network.unreachable', () => {
    send.forgetFailure();
    notify(t('app.back_online'));
  });
  return (
    <>
      <WritingNotice caseId={detail.id} />
      <DraftConflict caseId={detail.id} tab={tab} />
      <div role="status">
        {send.undoable ? (
          <UndoToast
            key={send.undoable.entry.id}
            undoable={send.undoable}
            onUndo={() => void send.undoReply().then(onWrite)}
            onOver={send.forgetUndo}
          />
        ) : null}
      </div>
      {send.unseen ? (
        <UnseenGuard
          entries={send.unseen}
          onReview={() => {
            send.forgetUnseen();
            onWrite();
          }}
          onSend={() => (thread ? void send.sendReply(thread, send.unseen?.at(-1)?.id) : undefined)}
          onDiscard={() => {
            send.forgetUnseen();
            clearDraft(detail.id, 'customer');
          }}
        />
      ) : null}
      {tab === 'partner' && partner.problem ? (
        <p className={styles.failure} role="alert">
          <b>{t('composer.partner_not_sent')}</b> {partner.problem}
        </p>
      ) : null}
      {send.failure && tab !== 'partner' ? (
        <p className={styles.failure} role="alert">
          <b>{t(tab === 'customer' ? 'composer.not_sent' : 'composer.note_not_saved')}</b> {send.failure.message}{' '}
          <small>{t('error.code', { code: send.failure.code })}</small>
        </p>
      ) : null}
    </>
  );
};
