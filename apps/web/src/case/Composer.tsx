import { Button } from '@mantine/core';
import { Lock, Paperclip } from 'lucide-react';
import {
  useCallback,
  useImperativeHandle,
  useRef,
  useState,
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import { OVER_STATUSES, TEXT_LIMITS, type CaseDetail, type TimelineEntry, type UploadedAttachment } from '#contracts';
import { commandKey } from '../app/keys.js';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { firstName, isReplyChannel, replyPaths } from './caseContext.js';
import { ClosedCase } from './ClosedCase.js';
import { clearDraft, draftOf, keepDraft, useDraft, type ComposerTab } from './drafts.js';
import { TargetPicker } from './TargetPicker.js';
import { UndoToast } from './UndoToast.js';
import { UnseenGuard } from './UnseenGuard.js';
import { UploadTray } from './UploadTray.js';
import { useSend } from './useSend.js';
import { useUploads } from './useUploads.js';
import styles from './Composer.module.css';

const NOTE_LIMIT = 20_000;
/** The count appears when it begins to matter. */
const COUNT_FROM = 500;

export interface ComposerHandle {
  write: (tab: ComposerTab) => void;
}

interface Props {
  detail: CaseDetail;
  entries: TimelineEntry[];
  handle: RefObject<ComposerHandle | null>;
}

/** Where one writes: for the customer, by a way that is open, or for the team. Nothing typed here is ever lost. */
export const Composer = ({ detail, entries, handle }: Props) => {
  const { t } = useWords();
  const may = useMay();
  const [tab, setTab] = useState<ComposerTab>(() =>
    draftOf(detail.id, 'internal').text && !draftOf(detail.id, 'customer').text ? 'internal' : 'customer',
  );
  const [dragging, setDragging] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const draft = useDraft(detail.id, tab);
  const send = useSend(detail, entries);
  const store = useCallback(
    (file: UploadedAttachment) =>
      keepDraft(detail.id, 'customer', { attachments: [...draftOf(detail.id, 'customer').attachments, file] }),
    [detail.id],
  );
  const uploads = useUploads(store);
  useImperativeHandle(
    handle,
    () => ({
      write: (wanted) => {
        setTab(wanted);
        requestAnimationFrame(() => box.current?.focus());
      },
    }),
    [],
  );

  const name = firstName(detail.customer.displayName);
  const paths = replyPaths(detail.threads);
  const thread = paths.find(({ id, open }) => id === draft.threadId && open) ?? paths.find(({ open }) => open) ?? null;
  const toCustomer = tab === 'customer';
  const limit = toCustomer && thread && isReplyChannel(thread.channel) ? TEXT_LIMITS[thread.channel] : NOTE_LIMIT;
  const left = limit - draft.text.trim().length;
  const over = (OVER_STATUSES as readonly string[]).includes(detail.status);
  const empty = draft.text.trim() === '';
  const ready = !empty && left >= 0 && !send.unseen && !(toCustomer && (!thread || uploads.busy || !may('case.reply')));

  const submit = () => {
    if (!ready) return;
    if (!toCustomer) void send.saveNote();
    else if (thread) void send.sendReply(thread);
    box.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key === 'Enter') {
      event.preventDefault();
      submit();
    } else if (command && event.key === 'z' && draft.text === '' && send.undoable) {
      event.preventDefault();
      void send.undoReply();
    } else if (event.key === 'Escape') box.current?.blur();
  };
  const paste = (event: ClipboardEvent) => {
    if (!toCustomer || event.clipboardData.files.length === 0) return;
    event.preventDefault();
    uploads.add(event.clipboardData.files);
  };
  const drag = (event: DragEvent) => {
    if (!toCustomer || !event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setDragging(true);
  };
  const drop = (event: DragEvent) => {
    if (!dragging) return;
    event.preventDefault();
    setDragging(false);
    uploads.add(event.dataTransfer.files);
  };

  if (over) return <ClosedCase detail={detail} />;
  return (
    <div className={styles.composer}>
      <div role="status">
        {send.undoable ? (
          <UndoToast
            key={send.undoable.entry.id}
            undoable={send.undoable}
            onUndo={() => void send.undoReply().then(() => box.current?.focus())}
            onOver={send.forgetUndo}
          />
        ) : null}
      </div>
      {send.unseen ? (
        <UnseenGuard
          entries={send.unseen}
          onReview={() => {
            send.forgetUnseen();
            box.current?.focus();
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
      <section
        className={styles.box}
        data-tab={tab}
        data-dragging={dragging || undefined}
        aria-label={t('composer.label')}
        onDragOver={drag}
        onDragLeave={() => setDragging(false)}
        onDrop={drop}
      >
        <div className={styles.top}>
          <div role="tablist" aria-label={t('composer.audience')} className={styles.tabs}>
            {(['customer', 'internal'] as const).map((choice) => (
              <button
                key={choice}
                type="button"
                role="tab"
                id={`tab-${choice}`}
                aria-selected={tab === choice}
                aria-controls="composer-text"
                data-tab={choice}
                onClick={() => handle.current?.write(choice)}
              >
                {choice === 'internal' ? <Lock size={12} aria-hidden /> : null}
                {t(`composer.${choice}`)}
              </button>
            ))}
          </div>
          {toCustomer && thread ? (
            <TargetPicker
              paths={paths}
              chosen={thread}
              onChoose={({ id }) => {
                keepDraft(detail.id, 'customer', { threadId: id });
                box.current?.focus();
              }}
            />
          ) : null}
        </div>
        <div role="tabpanel" aria-labelledby={`tab-${tab}`}>
          <textarea
            ref={box}
            id="composer-text"
            className={styles.text}
            rows={1}
            value={draft.text}
            disabled={toCustomer && !thread}
            placeholder={
              !toCustomer
                ? t('composer.to_internal', { name })
                : thread
                  ? t('composer.to_customer', { name, channel: t(`channel.${thread.channel}`) })
                  : t('composer.no_thread.lead', { name })
            }
            aria-label={toCustomer ? t('composer.customer') : t('composer.internal')}
            aria-invalid={left < 0 || undefined}
            onChange={(event) => keepDraft(detail.id, tab, { text: event.currentTarget.value })}
            onKeyDown={press}
            onPaste={paste}
          />
          {toCustomer ? (
            <UploadTray
              stored={draft.attachments}
              uploads={uploads.uploads}
              onRemove={(id) =>
                keepDraft(detail.id, 'customer', { attachments: draft.attachments.filter((file) => file.id !== id) })
              }
              onDrop={uploads.drop}
            />
          ) : null}
        </div>
        <div className={styles.bar}>
          {toCustomer ? (
            <>
              <button
                type="button"
                className={styles.tool}
                disabled={!thread}
                onClick={() => picker.current?.click()}
                aria-label={t('composer.attach')}
                title={t('composer.attach')}
              >
                <Paperclip size={16} />
              </button>
              <input
                ref={picker}
                type="file"
                multiple
                hidden
                onChange={(event) => {
                  uploads.add(event.currentTarget.files ?? []);
                  event.currentTarget.value = '';
                }}
              />
            </>
          ) : null}
          <span className={styles.hint} data-over={left < 0 || undefined} role="status">
            {left < 0
              ? t('composer.over', { count: -left })
              : left < COUNT_FROM
                ? t('composer.left', { count: left })
                : toCustomer && uploads.busy
                  ? t('composer.waiting_upload')
                  : empty
                    ? null
                    : t('composer.draft_kept')}
          </span>
          <span className={styles.shortcut}>
            <kbd>{commandKey()}</kbd> <kbd>↵</kbd>
          </span>
          <Button variant="filled" size="xs" disabled={!ready} onClick={submit}>
            {t(toCustomer ? 'composer.send' : 'composer.save')}
          </Button>
        </div>
        {dragging ? <div className={styles.drop}>{t('composer.drop')}</div> : null}
      </section>
    </div>
  );
};
