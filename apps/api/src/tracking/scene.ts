import type { CustomerStages, Language } from '#contracts';
import type { TrackedCase, TrackedRepair } from '#views';
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
  /** Null: nothing was decided on this page, or it was taken. */
  quote: QuoteTyped | null;
}

/** What was typed into the form of a quote, and why it was not taken. */
export interface QuoteTyped {
  trouble: string;
  byName: string;
  reason: string;
}

/** Everything the parts of the page need. */
export interface Scene {
  case: TrackedCase;
  repairs: readonly TrackedRepair[];
  /** How each stage of them is told. */
  stages: CustomerStages;
  words: Words;
  moments: Moments;
  state: PageState;
  mask: (text: string) => string;
}

export const firstName = (name: string): string => name.trim().split(/\s+/u)[0] ?? '';
