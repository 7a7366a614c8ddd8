import { useCallback, useSyncExternalStore } from 'react';
import type { UploadedAttachment } from '#contracts';

/**
 * What a person has typed and not sent, by person, case and tab; it survives a reload, a crash and the end of a session. This is
 * the copy on this machine; `draftSync` takes it to the server and back.
 * Machines are passed on at the end of a shift: nobody finds, or sends as theirs, what the one before them was writing.
 */

export type ComposerTab = 'customer' | 'partner' | 'internal';
export interface Draft {
  text: string;
  attachments: UploadedAttachment[];
  threadId: string | null;
  /** The server's version it was written on; 0: the server has none. */
  base?: number;
  /** Not on the server yet. */
  dirty?: boolean;
  /** When it was last changed here (ms). */
  at?: number;
}
const TABS: readonly string[] = ['customer', 'partner', 'internal'] satisfies ComposerTab[];
export const isComposerTab = (tab: string | undefined): tab is ComposerTab => tab !== undefined && TABS.includes(tab);

export interface DraftPlace {
  caseId: string;
  tab: ComposerTab;
}

const PREFIX = 'hilo.draft.';
const NOTHING: Draft = { text: '', attachments: [], threadId: null };
let writer = '';
const keyOf = (caseId: string, tab: ComposerTab) => `${PREFIX}${writer}.${caseId}.${tab}`;
const held = new Map<string, Draft>();
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());
let changed: (place: DraftPlace) => void = () => undefined;

/** Who is told that a person has changed a draft on this screen. */
export const onDraftChanged = (listener: typeof changed): void => {
  changed = listener;
};

/** Whose drafts these are from now on; said before any screen behind the login is drawn. */
export const draftsAreOf = (userId: string): void => {
  writer = userId;
};

const read = (key: string): Draft => {
  const known = held.get(key);
  if (known) return known;
  const kept = localStorage.getItem(key);
  const draft: Draft = kept ? { ...NOTHING, ...(JSON.parse(kept) as Partial<Draft>) } : NOTHING;
  held.set(key, draft);
  return draft;
};

export const draftOf = (caseId: string, tab: ComposerTab): Draft => read(keyOf(caseId, tab));

export const isEmpty = ({ text, attachments }: Draft): boolean => text === '' && attachments.length === 0;

/** Puts a draft down as it is, without telling the server; one that says nothing leaves no trace. */
export const putDown = (caseId: string, tab: ComposerTab, draft: Draft): void => {
  const key = keyOf(caseId, tab);
  held.set(key, draft);
  if (isEmpty(draft) && draft.threadId === null && !draft.dirty) localStorage.removeItem(key);
  else localStorage.setItem(key, JSON.stringify(draft));
  tell();
};

/** Changes a draft, as its writer does. */
export const keepDraft = (caseId: string, tab: ComposerTab, change: Partial<Draft>): void => {
  putDown(caseId, tab, { ...draftOf(caseId, tab), ...change, dirty: true, at: Date.now() });
  changed({ caseId, tab });
};

/** Empties text and files; how it leaves stays as chosen. */
export const clearDraft = (caseId: string, tab: ComposerTab): void =>
  keepDraft(caseId, tab, { text: '', attachments: [] });

/** What is being sent is out of the box, and on the server still until it has been sent. */
export const takeDraft = (caseId: string, tab: ComposerTab): Draft => {
  const taken = draftOf(caseId, tab);
  putDown(caseId, tab, { ...taken, text: '', attachments: [], dirty: false });
  return taken;
};

/** Where there are drafts on this machine of the person who is signed in. */
export const draftPlaces = (): DraftPlace[] => {
  const own = `${PREFIX}${writer}.`;
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(own))
    .flatMap((key) => {
      const [caseId, tab] = key.slice(own.length).split('.');
      return caseId && isComposerTab(tab) ? [{ caseId, tab }] : [];
    });
};

/** Gives back what was taken out; what was typed since stays below it. */
export const restoreDraft = (caseId: string, tab: ComposerTab, taken: Draft): void => {
  const since = draftOf(caseId, tab);
  const text = since.text.trim() && since.text !== taken.text ? `${taken.text}\n\n${since.text}` : taken.text;
  const ids = new Set(taken.attachments.map(({ id }) => id));
  const attachments = [...taken.attachments, ...since.attachments.filter(({ id }) => !ids.has(id))];
  keepDraft(caseId, tab, { text, attachments, threadId: taken.threadId });
};

window.addEventListener('storage', (event) => {
  if (!event.key?.startsWith(PREFIX)) return;
  held.delete(event.key);
  tell();
});

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useDraft = (caseId: string, tab: ComposerTab): Draft =>
  useSyncExternalStore(
    subscribe,
    useCallback(() => draftOf(caseId, tab), [caseId, tab]),
  );
