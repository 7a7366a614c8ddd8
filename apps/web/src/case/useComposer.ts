import { useCallback, useState } from 'react';
import {
  attachedAndLinked,
  takesFiles,
  TEXT_LIMITS,
  type CaseDetail,
  type Thread,
  type TimelineEntry,
  type UploadedAttachment,
} from '#contracts';
import { useMailAttachBytes, useMay } from '../app/session.js';
import { PARTNER_TEXT, usePartnerLine } from '../handoff/usePartnerLine.js';
import { draftOf, keepDraft, useDraft, type ComposerTab, type Draft } from './drafts.js';
import { closedPath, isChosen, isReplyChannel, replyPaths } from './paths.rules.js';
import { useSend } from './useSend.js';
import type { Shown } from './useShown.js';
import { useUploads } from './useUploads.js';

const NOTE_LIMIT = 20_000;

/** Where something stands unsent; for the customer before all. */
const beginAt = (caseId: string): ComposerTab =>
  (['customer', 'internal', 'partner'] as const).find((tab) => draftOf(caseId, tab).text !== '') ?? 'customer';

/** Whether the channel carries these files. */
const fits = ({ channel }: Thread, { attachments }: Draft): boolean =>
  !isReplyChannel(channel) || takesFiles(channel, attachments);

/** Characters there is room for. */
const limitOf = (tab: ComposerTab, thread: Thread | null): number => {
  if (tab === 'partner') return PARTNER_TEXT;
  if (tab === 'internal' || !thread || !isReplyChannel(thread.channel)) return NOTE_LIMIT;
  return thread.limits?.textLength ?? TEXT_LIMITS[thread.channel];
};

/** The state of writing on one case: for whom, by which way, how much room is left, and whether it can leave. */
export const useComposer = (detail: CaseDetail, entries: TimelineEntry[], shown: Shown) => {
  const may = useMay();
  const [tab, setTab] = useState<ComposerTab>(() => beginAt(detail.id));
  const partner = usePartnerLine(detail);
  const draft = useDraft(detail.id, tab);
  const send = useSend(detail, entries, shown);
  // A file goes where it was put, whatever tab is before somebody when it has arrived.
  const files = tab === 'partner' ? 'partner' : 'customer';
  const store = useCallback(
    (file: UploadedAttachment) =>
      keepDraft(detail.id, files, { attachments: [...draftOf(detail.id, files).attachments, file] }),
    [detail.id, files],
  );
  const uploads = useUploads(store);

  const paths = replyPaths(detail);
  const thread =
    paths.find((path) => path.open && isChosen(path, draft.threadId)) ?? paths.find(({ open }) => open) ?? null;
  const closed = closedPath(paths, draft.threadId);
  const toCustomer = tab === 'customer';
  const toPartner = tab === 'partner';
  const left = limitOf(tab, thread) - draft.text.trim().length;
  const empty = draft.text.trim() === '';
  // Files say something by themselves to a partner.
  const unsaid = empty && !(toPartner && draft.attachments.length > 0);
  const unfit = toCustomer && thread !== null && !fits(thread, draft);
  const mailBytes = useMailAttachBytes();
  const linked =
    toCustomer && thread?.channel === 'email' ? attachedAndLinked(draft.attachments, mailBytes).linked : [];
  const leaves: Record<ComposerTab, boolean> = {
    customer: thread !== null && !uploads.busy && !send.unseen && may('case.reply'),
    partner: partner.may && partner.target !== null && !uploads.busy && !partner.busy,
    internal: may('case.note') && !send.unseen,
  };
  const ready = leaves[tab] && !unsaid && left >= 0 && !unfit;
  const submit = () => {
    if (!ready) return;
    if (toPartner) void partner.send();
    else if (!toCustomer) void send.saveNote();
    else if (thread) void send.sendReply(thread);
  };
  const limits = { left, unfit, linked };
  return {
    tab,
    setTab,
    toCustomer,
    partner,
    draft,
    send,
    uploads,
    paths,
    thread,
    closed,
    limits,
    empty,
    ready,
    submit,
  };
};
