import { createContext, use } from 'react';
import type { InteractionEntry, Thread } from '#contracts';
import type { ComposerTab } from './drafts.js';

/** What the parts of the case page ask of the composer. */
export interface Writing {
  /** Brings the caret to a tab of the composer; `handoffId`: to the partner of it. */
  write: (tab: ComposerTab, handoffId?: string) => void;
  /** Puts a text that could not leave one way before the composer to leave another. */
  sendBy: (thread: Thread, text: string) => void;
}
/** Entries unfolded while this case is open, so that a filter or a scroll does not fold them again. */
export const UnfoldedContext = createContext<Set<string>>(new Set());

/** What was said on this case, as far as it is on the screen, by its `externalId`. */
export const SaidContext = createContext<(externalId: string) => InteractionEntry | undefined>(() => undefined);

export const WritingContext = createContext<Writing | null>(null);
export const useWriting = (): Writing => {
  const writing = use(WritingContext);
  if (!writing) throw new Error('useWriting needs <CasePane>');
  return writing;
};

/** "Lucía" of "Lucía Ferrer Aguado"; a handle stays whole. */
export const firstName = (displayName: string): string => displayName.trim().split(/\s+/)[0] ?? displayName;
