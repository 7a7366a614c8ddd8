import { useState, type PointerEvent } from 'react';
import type { DeadLetterRow } from '#contracts';

/**
 * Letters, newest first, as somebody points at them: what comes on top meanwhile waits, so that none moves.
 * @returns those that are shown, how many wait, what lets them in, and what the element around them listens to
 */
export function useHeldLetters(letters: DeadLetterRow[]) {
  const [isPointing, setPointing] = useState(false);
  const [known, setKnown] = useState('');
  const newest = letters[0]?.receivedAt ?? '';
  const before = letters.filter(({ receivedAt }) => receivedAt <= known);
  // Where none stands, none moves.
  const holds = isPointing && before.length > 0;
  if (!holds && newest > known) setKnown(newest);
  const shown = holds ? before : letters;
  const held = {
    onPointerEnter: ({ pointerType }: PointerEvent) => setPointing(pointerType !== 'touch'),
    onPointerLeave: () => setPointing(false),
  };
  return { shown, waiting: letters.length - shown.length, settle: () => setKnown(newest), held };
}
