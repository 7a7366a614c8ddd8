import type { FactKind, StoryFact } from '#contracts';
import { oneAtATime } from '../app/oneAtATime.js';

/** The small forms of the story: at most one at a time, opened by keys, menus and buttons all over the case. */
export type StoryDialog =
  | { name: 'add'; entryId: string | null; text: string; kind?: FactKind }
  | { name: 'correct'; fact: StoryFact }
  | { name: 'history' }
  | { name: 'closing' }
  | null;

export const {
  open: openStoryDialog,
  close: closeStoryDialog,
  useOpen: useStoryDialog,
} = oneAtATime<NonNullable<StoryDialog>>();

/** The entry that is meant: the one with the selected words, with the focus, or under the pointer. */
export const entryMeant = (): { entryId: string | null; text: string } => {
  const selection = window.getSelection();
  const text = selection?.toString().replace(/\s+/gu, ' ').trim() ?? '';
  const near = selection?.anchorNode instanceof Element ? selection.anchorNode : selection?.anchorNode?.parentElement;
  const entry =
    (text ? near?.closest<HTMLElement>('[data-entry]') : null) ??
    document.activeElement?.closest<HTMLElement>('[data-entry]') ??
    document.querySelector<HTMLElement>('[data-entry]:hover');
  return { entryId: entry?.dataset['entry'] ?? null, text: text.slice(0, 500) };
};
