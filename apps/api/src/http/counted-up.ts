import type { EntityManager } from 'typeorm';
import type { Compensations } from '#goodwill';

interface Counted {
  id: string;
  state: string;
  amountCents: number;
}

/** What the law says, with what it comes to by now where that still grows. */
export async function countedUp<One extends Counted>(
  legal: Pick<Compensations, 'soFar'>,
  tx: EntityManager,
  items: readonly One[],
): Promise<One[]> {
  const running = items.filter(({ state }) => state === 'running').map(({ id }) => id);
  const cents = await legal.soFar(tx, running);
  return items.map((one) => ({ ...one, amountCents: cents.get(one.id) ?? one.amountCents }));
}
