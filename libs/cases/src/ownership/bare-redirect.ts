import type { EntityManager } from 'typeorm';
import { bareRedirect } from '#contracts';
import type { NewEvent } from '../record.js';

/** What to record of a reply that sends its reader to a store with an address and no more. */
export async function bare(tx: EntityManager, interactionId: string, text: string): Promise<NewEvent[]> {
  const stores: { name: string; address: string }[] = await tx.query('select name, address from store');
  const missing = bareRedirect(text, stores);
  return missing ? [{ type: 'redirect.bare', data: { interactionId, missing } }] : [];
}
