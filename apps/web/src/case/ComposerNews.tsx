import type { CaseDetail, Thread } from '#contracts';
import { notify } from '../app/notices.js';
import { useReachable } from '../live/reachable.js';
import { useWords } from '../i18n/Words.js';
import { WritingNotice } from '../presence/WritingNotice.js';
import { DraftConflict } from './DraftConflict.js';
import { clearDraft } from './drafts.js';
import { UndoToast } from './UndoToast.js';
import { UnseenGuard } from './UnseenGuard.js';
import type { useSend } from './useSend.js';
import styles from './Composer.module.css';

interface Props {
  detail: CaseDetail;
  send: ReturnType<typeof useSend>;
  thread: Thread | null;
  toCustomer: boolean;
  /** Brings the caret back to the text. */
  onWrite: () => void;
}

/** What came of sending, above the text it is about: held and undoable, refused because of unseen entries, or failed. */
export const ComposerNews = ({ detail, send, thread, toCustomer, onWrite }: Props) => {
  const { t } = useWords();
  useReachable(send.failure?.code === 'network.unreachable', () => {
    send.forgetFailure();
    notify(t('app.back_online'));
  });
  return (
    <>
      <WritingNotice caseId={detail.id} />
      <DraftConflict caseId={detail.id} tab={toCustomer ? 'customer' : 'internal'} />
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
      {send.failure ? (
        <p className={styles.failure} role="alert">
          <b>{t(toCustomer ? 'composer.not_sent' : 'composer.note_not_saved')}</b> {send.failure.message}{' '}
          <small>{t('error.code', { code: send.failure.code })}</small>
        </p>
      ) : null}
    </>
  );
};
