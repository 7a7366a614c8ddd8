import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Language, NearbyStores } from '#contracts';
import type { Principal } from '#identity';
import { findCase } from '../case-access.js';
import { distanceKm, placeOf, type Place } from './places.rules.js';
import { StoreFactsService } from './store-facts.js';

interface Whereabouts {
  reference: string;
  name: string;
  language: Language;
  city: string | null;
  postcode: string | null;
  storeId: string | null;
  storeName: string | null;
}

interface Origin {
  place: Place;
  near: string;
  nearBy: NonNullable<NearbyStores['nearBy']>;
}

/** The stores a customer could go to, nearest first. */
@Injectable()
export class NearbyStoresService {
  constructor(private readonly facts: StoreFactsService) {}

  /**
   * @param typed a city or a postcode; without it, what is known of where the customer is
   * @throws DomainError case.not_found
   */
  async find(tx: EntityManager, principal: Principal, idOrReference: string, typed?: string): Promise<NearbyStores> {
    const caseId = await findCase(tx, principal, idOrReference);
    const rows: Whereabouts[] = await tx.query(
      `select c.reference, c.customer_name as name, u.language, u.city, u.postcode, s.id as "storeId", s.name as "storeName"
       from cases c join customer u on u.id = c.customer_id left join lateral (
         select s.id, s.name from interaction i join cases o on o.id = i.case_id join store s on s.id = i.store_id
         where o.customer_id = c.customer_id order by i.occurred_at desc limit 1) s on true
       where c.id = $1`,
      [caseId],
    );
    const { reference = '', name = '', language = 'es', ...where } = rows[0] ?? {};
    const stores = await this.facts.all(tx);
    const placed = stores.flatMap((store) =>
      store.lat === null || store.lon === null ? [] : [{ ...store, lat: store.lat, lon: store.lon }],
    );
    const origin = originOf(typed, where, placed);
    const items = stores
      .map((store) => ({ ...store, distanceKm: origin && kilometres(origin.place, store) }))
      .sort((a, b) => (a.distanceKm ?? Infinity) - (b.distanceKm ?? Infinity) || a.name.localeCompare(b.name, 'es'));
    return { near: origin?.near ?? null, nearBy: origin?.nearBy ?? null, reference, name, language, items };
  }
}

const kilometres = (from: Place, { lat, lon }: { lat: number | null; lon: number | null }): number | null =>
  lat === null || lon === null ? null : Math.round(distanceKm(from, { lat, lon }) * 10) / 10;

type Placed = Place & { id: string; name: string; city: string; postcode: string | null };

/** What was typed, else the best of what is known: the postcode, the city, the store they were at last. */
function originOf(typed: string | undefined, where: Partial<Whereabouts>, stores: readonly Placed[]): Origin | null {
  const asked: [string | null | undefined, Origin['nearBy']][] = typed
    ? [[typed, 'typed']]
    : [
        [where.postcode, 'postcode'],
        [where.city, 'city'],
      ];
  for (const [near, nearBy] of asked) {
    const place = near ? placeOf(near, stores) : null;
    if (near && place) return { place, near, nearBy };
  }
  const last = typed ? undefined : stores.find(({ id }) => id === where.storeId);
  return last ? { place: last, near: last.name, nearBy: 'last_store' } : null;
}
