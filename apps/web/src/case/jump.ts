import type { MouseEvent } from 'react';

const SEEN_MS = 1600;

/** Puts an entry of the opened case that a filter hides on the screen; the timeline gives it while it is there. */
type Reveal = (entryId: string) => void;
let reveal: Reveal | null = null;
export const revealBy = (by: Reveal): (() => void) => {
  reveal = by;
  return () => {
    if (reveal === by) reveal = null;
  };
};

const shown = (entryId: string) => document.getElementById(`entry-${entryId}`);

/** Brings an entry into sight and shows for a moment which one it is; the keyboard goes on from there. Nothing happens when the page does not hold it. */
export const jumpTo = (entryId: string): void => {
  const wasShown = shown(entryId) !== null;
  if (!wasShown) reveal?.(entryId);
  const entry = shown(entryId);
  if (!entry) return;
  // What has just been put on the screen settles at its end: a way of several frames would be cut short by that.
  const gently = wasShown && !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  entry.scrollIntoView({ block: 'center', behavior: gently ? 'smooth' : 'auto' });
  entry.tabIndex = -1;
  entry.focus({ preventScroll: true });
  entry.animate([{ backgroundColor: 'var(--hilo-accent-tint)' }, { backgroundColor: 'transparent' }], SEEN_MS);
};

/** For a link to `#entry-…`: leads there also when the address names it already. Another tab is left to the browser. */
export const jumpOn = (entryId: string) => (event: MouseEvent) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  jumpTo(entryId);
};
