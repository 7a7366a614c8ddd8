import { Gift } from 'lucide-react';

/** Where goodwill is decided on and set up. */
export const GOODWILL_PLACE = {
  id: 'goodwill',
  label: 'goodwill.title',
  words: 'palette.goodwill.words',
  Glyph: Gift,
  to: '/goodwill',
  permission: 'goodwill.approve',
} as const;
