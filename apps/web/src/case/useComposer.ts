import { useCallback, useState } from 'react';
import {
  attachedAndLinked,
  takesFiles,
  TEXT_LIMITS,
  type CaseDetail,
  type TimelineEntry,
  type UploadedAttachment,
} from '#contracts';
import { useMailAttachBytes, useMay } from '../app/session.js';
import { draftOf, keepDraft, useDraft, type ComposerTab } from './drafts.js';
import { closedPath, isChosen, isReplyChannel, replyPaths } from './paths.rules.js';
import { useSend } from './useSend.js';
import { useUploads } from './useUploads.js';

const NOTE_LIMIT = 20_000;

/** The state of writing on one case: for whom, by which way, how much room is left, and whether it can leave. */
export const useComposer = (detail: CaseDetail, entries: TimelineEntry[]) => {
  const may = useMay();
  const [tab, setTab] = useState<ComposerTab>(() =>
    draftOf(detail.id, 'internal').text && !draftOf(detail.id, 'customer').text ? 'internal' : 'customer',
  );
  const draft = useDraft(detail.id, tab);
  const send = useSend(detail, entries);
  const store = useCallback(
    (file: UploadedAttachment) =>
      keepDraft(detail.id, 'customer', { attachments: [...draftOf(detail.id, 'customer').attachments, file] }),
    [detail.id],
  );
  const uploads = useUploads(store);

  const paths = replyPaths(detail);
  const thread =
    paths.find((path) => path.open && isChosen(path, draft.threadId)) ?? paths.find(({ open }) => open) ?? null;
  const closed = closedPath(paths, draft.threadId);
  const toCustomer = tab === 'customer';
  const limit =
    toCustomer && thread && isReplyChannel(thread.channel)
      ? (thread.limits?.textLength ?? TEXT_LIMITS[thread.channel])
      : NOTE_LIMIT;
  const left = limit - draft.text.trim().length;
  const empty = draft.text.trim() === '';
  const unfit =
    toCustomer && thread && isReplyChannel(thread.channel) ? !takesFiles(thread.channel, draft.attachments) : false;
  const mailBytes = useMailAttachBytes();
  const linked = thread?.channel === 'email' ? attachedAndLinked(draft.attachments, mailBytes).linked : [];
  const canLeave = toCustomer ? thread !== null && !uploads.busy && may('case.reply') : may('case.note');
  const ready = canLeave && !empty && left >= 0 && !unfit && !send.unseen;
  const submit = () => {
    if (!ready) return;
    if (!toCustomer) void send.saveNote();
    else if (thread) void send.sendReply(thread);
  };
  const limits = { left, unfit, linked };
  return { tab, setTab, toCustomer, draft, send, uploads, paths, thread, closed, limits, empty, ready, submit };
};
