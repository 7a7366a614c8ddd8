import { useCallback, useSyncExternalStore } from 'react';
import type { UploadedAttachment } from '#contracts';

/**
 * What a person has typed and not sent, by person, case and tab; it survives a reload, a crash and the end of a session.
 * Machines are passed on at the end of a shift: nobody finds, or sends as theirs, what the one before them was writing.
 */

export type ComposerTab = 'customer' | 'internal';
export interface Draft {
  text: string;
  attachments: UploadedAttachment[];
  threadId: string | null;
}

const PREFIX = 'hilo.draft.';
const NOTHING: Draft = { text: '', attachments: [], threadId: null };
let writer = '';
const keyOf = (caseId: string, tab: ComposerTab) => `${PREFIX}${writer}.${caseId}.${tab}`;
const held = new Map<string, Draft>();
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

/** Whose drafts these are from now on; said before any screen behind the login is drawn. */
export const draftsAreOf = (userId: string): void => {
  writer = userId;
};

const read = (key: string): Draft => {
  const known = held.get(key);
  if (known) return known;
  const kept = localStorage.getItem(key);
  const draft = kept ? { ...NOTHING, ...(JSON.parse(kept) as Partial<Draft>) } : NOTHING;
  held.set(key, draft);
  return draft;
};

export const draftOf = (caseId: string, tab: ComposerTab): Draft => read(keyOf(caseId, tab));

/** Changes a draft; one without text and files leaves no trace. */
export const keepDraft = (caseId: string, tab: ComposerTab, change: Partial<Draft>): void => {
  const key = keyOf(caseId, tab);
  const draft = { ...read(key), ...change };
  held.set(key, draft);
  if (draft.text === '' && draft.attachments.length === 0 && draft.threadId === null) localStorage.removeItem(key);
  else localStorage.setItem(key, JSON.stringify(draft));
  tell();
};

/** Empties text and files; how it leaves stays as chosen. */
export const clearDraft = (caseId: string, tab: ComposerTab): void =>
  keepDraft(caseId, tab, { text: '', attachments: [] });

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
