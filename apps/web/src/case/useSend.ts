import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { CaseDetail, InteractionEntry, TimelineEntry, Thread } from '#contracts';
import { ApiFailure } from '../api/http.js';
import { addNote, newKey, reply, undo } from '../api/requests.js';
import { failureText, type FailureText } from '../app/failureText.js';
import { notify } from '../app/notices.js';
import { useUser } from '../app/session.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { restoreDraft, takeDraft, type ComposerTab, type Draft } from './drafts.js';
import { holdBack, sentOff } from './draftSync.js';
import { localNote, localReply } from './localEntries.js';
import { isNewPath, isReplyChannel } from './paths.rules.js';
import type { Shown } from './useShown.js';
import { appendEntry, removeEntry, settleEntry } from './timelineCache.js';

/** A reply that can still be taken back: until when, and everything that was in it. */
export interface Undoable {
  entry: InteractionEntry;
  /** ms since 1970 by this machine's clock. */
  until: number;
  taken: Draft;
}

const unseenIn = (error: unknown): TimelineEntry[] | null => {
  if (!(error instanceof ApiFailure && error.code === 'case.unseen_entries')) return null;
  return (error.details as { entries?: TimelineEntry[] } | undefined)?.entries ?? [];
};

/** How long a held reply can be undone, told by the server's own two times so that this machine's clock may be wrong. */
const heldFor = ({ at, delivery }: InteractionEntry): number =>
  delivery?.state === 'held' && delivery.dueAt ? Math.max(0, Date.parse(delivery.dueAt) - Date.parse(at)) : 0;

/** Whether the timeline, which hears of it first, still shows the reply as held. */
const stillHeld = ({ entry }: Undoable, entries: TimelineEntry[]): boolean => {
  const known = entries.find(({ id }) => id === entry.id) ?? entry;
  return known.type === 'interaction' && known.delivery?.state === 'held';
};

/** One key for one deed: the same words sent again after a broken line are the same deed. */
const useDeedKey = () => {
  const held = useRef({ deed: '', key: '' });
  return (deed: string): string => {
    if (held.current.deed !== deed) held.current = { deed, key: newKey() };
    return held.current.key;
  };
};

/** Sending, and everything that can come of it: on its way at once, undone, refused because of unseen entries, failed. */
export const useSend = (detail: CaseDetail, entries: TimelineEntry[], { seenId: shownUntil, saw }: Shown) => {
  const client = useQueryClient();
  const me = useUser();
  const { t } = useWords();
  const { language } = useLanguage();
  const keyOf = useDeedKey();
  const [unseen, setUnseen] = useState<TimelineEntry[] | null>(null);
  const [failure, setFailure] = useState<FailureText | null>(null);
  const [undoable, setUndoable] = useState<Undoable | null>(null);
  const caseId = detail.id;
  const forgetFailure = useCallback(() => setFailure(null), []);

  const takeOut = (tab: ComposerTab): Draft => {
    setFailure(null);
    setUnseen(null);
    holdBack(caseId, tab);
    return takeDraft(caseId, tab);
  };
  const giveBack = (tab: ComposerTab, taken: Draft, localEntry: string, error: unknown) => {
    removeEntry(client, caseId, localEntry);
    sentOff(caseId, tab, false);
    restoreDraft(caseId, tab, taken);
    const missed = unseenIn(error);
    if (missed) {
      setUnseen(missed);
      saw(missed);
      void client.invalidateQueries({ queryKey: ['timeline', caseId] });
    } else setFailure(failureText(error, language, t));
  };

  const sendReply = async (thread: Thread, seenId = shownUntil) => {
    if (!isReplyChannel(thread.channel)) return;
    const taken = takeOut('customer');
    const body = {
      channel: thread.channel,
      text: taken.text.trim(),
      threadId: isNewPath(thread) ? undefined : thread.id,
      attachmentIds: taken.attachments.map(({ id }) => id),
      lastSeenEntryId: seenId,
    };
    const key = keyOf(JSON.stringify(body));
    const local = localReply(key, taken, thread, me);
    appendEntry(client, caseId, local);
    try {
      const entry = await reply(caseId, body, key);
      keyOf('');
      sentOff(caseId, 'customer', true);
      settleEntry(client, caseId, local.id, entry);
      const held = heldFor(entry);
      if (held > 0) setUndoable({ entry, until: Date.now() + held, taken });
    } catch (error) {
      giveBack('customer', taken, local.id, error);
    }
  };

  const saveNote = async () => {
    const taken = takeOut('internal');
    const body = { text: taken.text.trim(), audience: 'internal' as const };
    const key = keyOf(JSON.stringify(body));
    const local = localNote(key, taken, me);
    appendEntry(client, caseId, local);
    try {
      settleEntry(client, caseId, local.id, await addNote(caseId, body, key));
      keyOf('');
      sentOff(caseId, 'internal', true);
    } catch (error) {
      giveBack('internal', taken, local.id, error);
    }
  };

  const undoReply = async () => {
    if (!undoable) return;
    setUndoable(null);
    try {
      await undo(undoable.entry.id);
      removeEntry(client, caseId, undoable.entry.id);
      restoreDraft(caseId, 'customer', undoable.taken);
      notify(t('undo.restored'));
    } catch (error) {
      const late = error instanceof ApiFailure && error.code === 'interaction.not_held';
      notify(late ? t('undo.too_late') : failureText(error, language, t).message);
    }
  };

  return {
    sendReply,
    saveNote,
    undoReply,
    undoable: undoable && stillHeld(undoable, entries) ? undoable : null,
    forgetUndo: () => setUndoable(null),
    unseen,
    forgetUnseen: () => setUnseen(null),
    failure,
    forgetFailure,
  };
};
