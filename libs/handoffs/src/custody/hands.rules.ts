import type { Hands } from '#contracts';

/** How a courier or partner is called of whom only that much is known. */
export const UNNAMED = '—';

/**
 * Whether somebody named and whoever has it may be the same: of one kind, and the same one where both are known. Of couriers
 * that are no partners of ours there is only the name.
 */
export function mayBe(one: Hands, other: Hands): boolean {
  if (one.kind !== other.kind) return false;
  if (one.id !== null && other.id !== null) return one.id === other.id;
  if (one.kind !== 'courier') return true;
  return one.name === UNNAMED || other.name === UNNAMED || one.name.toLowerCase() === other.name.toLowerCase();
}
