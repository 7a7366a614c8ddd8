import { useCallback, useSyncExternalStore } from 'react';
import { v4 as uuid } from 'uuid';
import type { DraftBody, ServerDraft } from '#contracts';
import { ApiFailure, isUnreachable } from '../api/http.js';
import { deleteDraft, putDraft, putDraftParting, readDrafts } from '../presence/presenceRequests.js';
import {
  draftOf,
  draftPlaces,
  isComposerTab,
  isEmpty,
  onDraftChanged,
  putDown,
  type ComposerTab,
  type Draft,
  type DraftPlace,
} from './drafts.js';
import { meeting } from './drafts.rules.js';

/** Takes what is typed here to the server, and what was typed on another device from there. */

/** So long after the last key a draft is saved. */
const SAVE_MS = 500;
const AGAIN_MS = 5000;
/** Of so many the server tells; with as many as that, one that is not among them may exist all the same. */
const LISTED = 200;

const windowId = uuid();
let writings = 0;
let turn = 0;
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const busy = new Set<string>();
const sending = new Set<string>();
/** When each draft was last settled with the server, by turn: what was asked before then tells nothing new of it. */
const settled = new Map<string, number>();

/** The version of a draft that does not stand in the box. */
interface OtherDraft {
  draft: Pick<Draft, 'text' | 'attachments' | 'threadId'>;
  at: number;
  /** It was written on this machine. */
  mine: boolean;
}
const others = new Map<string, OtherDraft>();
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

const nameOf = ({ caseId, tab }: DraftPlace): string => `${caseId}.${tab}`;
const settle = (place: DraftPlace): void => void settled.set(nameOf(place), (turn += 1));

const bodyOf = ({ text, attachments, threadId, base = 0 }: Draft): DraftBody => ({
  text,
  threadId,
  attachmentIds: attachments.map(({ id }) => id),
  version: base,
  writer: { id: windowId, count: (writings += 1) },
});
const contentOf = ({ text, attachments, threadId }: ServerDraft | Draft) => ({ text, attachments, threadId });

const soon = (place: DraftPlace, wait = SAVE_MS): void => {
  const name = nameOf(place);
  clearTimeout(timers.get(name));
  timers.set(
    name,
    setTimeout(() => {
      timers.delete(name);
      save(place).catch(reportError);
    }, wait),
  );
};

/** Two versions meet: the newer one stands in the box, and the other is shown beside it unless it says nothing new. */
const meet = (place: DraftPlace, theirs: ServerDraft | null): void => {
  const mine = draftOf(place.caseId, place.tab);
  const at = theirs ? Date.parse(theirs.updatedAt) : 0;
  const outcome = meeting(mine, theirs && { text: theirs.text, at });
  const name = nameOf(place);
  settle(place);
  if (theirs && (outcome === 'theirs' || outcome === 'theirs_shown' || outcome === 'same')) {
    putDown(place.caseId, place.tab, { ...contentOf(theirs), base: theirs.version, dirty: false, at });
    if (outcome === 'theirs_shown') others.set(name, { draft: contentOf(mine), at: mine.at ?? 0, mine: true });
  } else {
    putDown(place.caseId, place.tab, { ...mine, base: theirs?.version ?? 0, dirty: true });
    if (theirs && outcome === 'mine_shown') others.set(name, { draft: contentOf(theirs), at, mine: false });
    soon(place, 0);
  }
  tell();
};

const conflictIn = (error: unknown): { draft: ServerDraft | null } | null =>
  error instanceof ApiFailure && error.code === 'draft.conflict'
    ? (error.details as { draft: ServerDraft | null })
    : null;

/** Saves a draft when it has changed; what changes meanwhile is saved after it. */
const save = async (place: DraftPlace): Promise<void> => {
  const { caseId, tab } = place;
  const name = nameOf(place);
  const draft = draftOf(caseId, tab);
  if (!draft.dirty || sending.has(name)) return;
  if (busy.has(name)) return soon(place);
  busy.add(name);
  try {
    // To whom an empty one would go is worth keeping of a customer only: a partner's handoff ends.
    const gone = isEmpty(draft) && (draft.threadId === null || tab === 'partner');
    if (gone) await deleteDraft(caseId, tab);
    const version = gone ? 0 : (await putDraft(caseId, tab, bodyOf(draft))).version;
    const now = draftOf(caseId, tab);
    settle(place);
    putDown(caseId, tab, { ...now, base: version, dirty: now.dirty === true && now.at !== draft.at });
    if (now.at !== draft.at) soon(place);
  } catch (error) {
    const conflict = conflictIn(error);
    if (conflict) meet(place, conflict.draft);
    else if (!(error instanceof ApiFailure)) throw error;
    // The copy on this machine stays. What was refused for good is tried again when it changes.
    else if (isUnreachable(error)) soon(place, AGAIN_MS);
  } finally {
    busy.delete(name);
  }
};

/** It is on its way: until that is settled, nothing of it is saved or fetched. */
export const holdBack = (caseId: string, tab: ComposerTab): void => {
  sending.add(nameOf({ caseId, tab }));
};
/** @param sent the server has thrown the draft away with it */
export const sentOff = (caseId: string, tab: ComposerTab, sent: boolean): void => {
  const place = { caseId, tab };
  sending.delete(nameOf(place));
  settle(place);
  if (!sent) return;
  const now = draftOf(caseId, tab);
  putDown(caseId, tab, { ...now, base: 0 });
  if (now.dirty) soon(place);
};

const adopt = (place: DraftPlace, theirs: ServerDraft | undefined, whole: boolean): void => {
  const mine = draftOf(place.caseId, place.tab);
  if (mine.dirty) {
    if (!theirs || theirs.version === mine.base) soon(place, 0);
    else meet(place, theirs);
  } else if (theirs && theirs.version !== mine.base) {
    putDown(place.caseId, place.tab, {
      ...contentOf(theirs),
      ...{ base: theirs.version, dirty: false, at: Date.parse(theirs.updatedAt) },
    });
  } else if (!theirs && whole && mine.base) {
    // Sent or thrown away on another device.
    putDown(place.caseId, place.tab, { text: '', attachments: [], threadId: null, base: 0, dirty: false });
  } else if (!theirs && mine.base === undefined && !isEmpty(mine)) {
    putDown(place.caseId, place.tab, { ...mine, dirty: true, at: mine.at ?? Date.now() });
    soon(place, 0);
  }
};

/** Fetches what was written on other devices, and takes along what could not be saved while there was no line. */
export const fetchDrafts = async (): Promise<void> => {
  const asked = turn;
  try {
    const { items } = await readDrafts();
    const told = new Map<string, ServerDraft>();
    const places = new Map(draftPlaces().map((place) => [nameOf(place), place]));
    for (const draft of items) {
      if (!isComposerTab(draft.channel)) continue;
      const place: DraftPlace = { caseId: draft.caseId, tab: draft.channel };
      told.set(nameOf(place), draft);
      places.set(nameOf(place), place);
    }
    for (const [name, place] of places)
      if (!sending.has(name) && !busy.has(name) && (settled.get(name) ?? 0) <= asked)
        adopt(place, told.get(name), items.length < LISTED);
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
  }
};

/** Saves at once what waits for its moment. */
export const saveNow = (): void => {
  for (const place of draftPlaces()) if (draftOf(place.caseId, place.tab).dirty) soon(place, 0);
};

/** The page goes, perhaps for good: what is not saved yet is sent after it. */
const part = (): void => {
  for (const place of draftPlaces()) {
    const draft = draftOf(place.caseId, place.tab);
    if (draft.dirty && !isEmpty(draft) && !sending.has(nameOf(place)))
      putDraftParting(place.caseId, place.tab, bodyOf(draft));
  }
};

/** Begins to save and to fetch; what it returns ends it. */
export const keepDraftsInStep = (): (() => void) => {
  const fetchNow = () => void fetchDrafts().catch(reportError);
  const turned = () => {
    if (document.visibilityState === 'visible') fetchNow();
  };
  onDraftChanged(soon);
  fetchNow();
  window.addEventListener('pagehide', part);
  document.addEventListener('visibilitychange', turned);
  return () => {
    window.removeEventListener('pagehide', part);
    document.removeEventListener('visibilitychange', turned);
  };
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useOtherDraft = (caseId: string, tab: ComposerTab): OtherDraft | null =>
  useSyncExternalStore(
    subscribe,
    useCallback(() => others.get(nameOf({ caseId, tab })) ?? null, [caseId, tab]),
  );

export const dropOther = (caseId: string, tab: ComposerTab): void => {
  others.delete(nameOf({ caseId, tab }));
  tell();
};

/** The other version stands in the box from now on. */
export const takeOther = (caseId: string, tab: ComposerTab): void => {
  const place = { caseId, tab };
  const other = others.get(nameOf(place));
  if (!other) return;
  putDown(caseId, tab, { ...draftOf(caseId, tab), ...other.draft, dirty: true, at: Date.now() });
  soon(place, 0);
  dropOther(caseId, tab);
};
