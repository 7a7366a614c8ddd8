const SEEN_MS = 1600;

/** Brings an entry into sight and shows for a moment which one it is; the keyboard goes on from there. Nothing happens when it is not on the screen. */
export const jumpTo = (entryId: string): void => {
  const entry = document.getElementById(`entry-${entryId}`);
  if (!entry) return;
  const gently = !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  entry.scrollIntoView({ block: 'center', behavior: gently ? 'smooth' : 'auto' });
  entry.tabIndex = -1;
  entry.focus({ preventScroll: true });
  entry.animate([{ backgroundColor: 'var(--hilo-accent-tint)' }, { backgroundColor: 'transparent' }], SEEN_MS);
};
