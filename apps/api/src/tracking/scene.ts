import type { Language } from '#contracts';
import type { TrackedCase } from '#views';
import type { Moments } from './moments.js';
import type { Words } from './words.js';

/** What the page was asked for, and what became of what was sent from it. */
export interface PageState {
  /** The path of the link itself. */
  path: string;
  language: Language;
  brand: string;
  timeZone: string;
  now: Date;
  expiresAt: Date;
  /** The case code for the counter, as SVG. */
  code: string;
  /** Of the form: sent twice it counts once. */
  nonce: string;
  /** Older messages are being read. */
  paged: boolean;
  /** Where older messages begin; null when there are none. */
  older: string | null;
  outcome: 'sent' | 'empty' | 'tooLarge' | 'notPhotos' | 'tooOften' | null;
  /** What was written and not sent. */
  draft: string;
}

/** Everything the parts of the page need. */
export interface Scene {
  case: TrackedCase;
  words: Words;
  moments: Moments;
  state: PageState;
  mask: (text: string) => string;
}

export const firstName = (name: string): string => name.trim().split(/\s+/u)[0] ?? '';
