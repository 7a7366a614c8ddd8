import type { EntityManager } from 'typeorm';

/**
 * Does something with many at once. Who cannot be dealt with holds up nobody else: they are looked for by halves, each tried in a
 * savepoint of its own, and handed to `alone` with what went wrong.
 */
export async function byHalves<T>(
  tx: EntityManager,
  items: readonly T[],
  deed: (items: readonly T[]) => Promise<void>,
  alone: (item: T, error: unknown) => Promise<void>,
): Promise<void> {
  if (items.length === 0) return;
  await tx.query('savepoint halves');
  const failure = await deed(items).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  if (failure) await tx.query('rollback to savepoint halves');
  await tx.query('release savepoint halves');
  if (!failure) return;
  const [first] = items;
  if (items.length === 1 && first !== undefined) return alone(first, failure.error);
  const half = Math.ceil(items.length / 2);
  await byHalves(tx, items.slice(0, half), deed, alone);
  await byHalves(tx, items.slice(half), deed, alone);
}
