import type { LucideIcon } from 'lucide-react';
import type { Key } from '../i18n/Words.js';

/** Something the palette can do. */
export interface Command {
  id: string;
  group: 'here' | 'go' | 'settings';
  label: Key;
  /** Other words for it, in both languages. */
  words: Key;
  Glyph: LucideIcon;
  hotkey?: string;
  /** Why it cannot be done now; null when it can. */
  reason: Key | null;
  run: () => void;
}

/** What of it is always the same. */
export type Fixed = Pick<Command, 'id' | 'label' | 'words' | 'Glyph' | 'hotkey'>;
