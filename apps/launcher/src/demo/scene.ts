import type { EntityManager } from 'typeorm';
import type { PeopleService, Principal } from '#identity';
import type { Clock } from '#platform';
import { COLLEAGUES, DEMO_PASSWORD, PEOPLE, STORES, type StaffKey } from './carrier.js';

/** Told where time stands, so that the day is written as it would have happened. */
export class DemoClock implements Clock {
  at = new Date();
  now(): Date {
    return this.at;
  }
}

/** Who plays in the demo, and where. */
export interface Scene {
  tx: EntityManager;
  people: Map<StaffKey, Principal>;
  stores: Map<string, string>;
}

type Hired = (typeof PEOPLE)[keyof typeof PEOPLE];

export async function castAndStores(tx: EntityManager, people: PeopleService): Promise<Scene> {
  const stores = new Map<string, string>();
  for (const store of STORES) stores.set(store.code, await people.addStore(tx, store));
  const principals = new Map<StaffKey, Principal>();
  for (const [key, person] of Object.entries({ ...PEOPLE, ...COLLEAGUES }) as [StaffKey, Hired][]) {
    const storeId = person.store ? stores.get(person.store) : undefined;
    const id = await people.add(tx, { ...person, password: DEMO_PASSWORD, storeId });
    principals.set(key, {
      id,
      email: person.email,
      displayName: person.displayName,
      role: person.role,
      storeId: storeId ?? null,
      language: 'es',
    });
  }
  return { tx, people: principals, stores };
}

export function person({ people }: Pick<Scene, 'people'>, key: StaffKey): Principal {
  const found = people.get(key);
  if (!found) throw new Error(`the demo has nobody called ${key}`);
  return found;
}
