import { createContext, use } from 'react';
import type { Channel, Thread } from '#contracts';
import type { ComposerTab } from './drafts.js';

/** What the parts of the case page ask of the composer. */
export interface Writing {
  /** Brings the caret to a tab of the composer. */
  write: (tab: ComposerTab) => void;
  /** Puts a text that could not leave one way before the composer to leave another. */
  sendBy: (thread: Thread, text: string) => void;
}
export const WritingContext = createContext<Writing | null>(null);
export const useWriting = (): Writing => {
  const writing = use(WritingContext);
  if (!writing) throw new Error('useWriting needs <CasePane>');
  return writing;
};

/** Channels an answer can leave by. */
export const isReplyChannel = (channel: Channel): channel is 'twitter' | 'email' =>
  channel === 'twitter' || channel === 'email';

/** The ways to answer, the one the customer used last first, those that are open before those that are not. */
export const replyPaths = (threads: readonly Thread[]): Thread[] =>
  threads
    .filter(({ channel }) => isReplyChannel(channel))
    .toSorted(
      (one, other) =>
        Number(other.open) - Number(one.open) || (other.lastInboundAt ?? '').localeCompare(one.lastInboundAt ?? ''),
    );

/** "Lucía" of "Lucía Ferrer Aguado"; a handle stays whole. */
export const firstName = (displayName: string): string => displayName.trim().split(/\s+/)[0] ?? displayName;
