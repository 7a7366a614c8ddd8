import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { openingOf, WAITING_HOURS, type OpeningHours, type PatchStoreBody, type StoreWithFacts } from '#contracts';
import { CLOCK, DomainError, type Clock } from '#platform';
import { demand, type Principal } from '#identity';
import { mapUrl } from './places.rules.js';

/** What does not change from day to day. */
export interface StorePlace {
  postcode: string;
  lat: number;
  lon: number;
  hours: OpeningHours;
}

type StoreRow = Omit<StoreWithFacts, 'opening' | 'mapUrl'> & { hours: OpeningHours | null };

/** Loaners on the shelf of the store `s`; null where the house lends none. */
const SHELF = `case when exists (select from loaner) then (select count(*)::int from loaner l where l.store_id = s.id and l.state = 'available') end`;

/** What a customer who is shown the way to a store needs to know of it. */
@Injectable()
export class StoreFactsService {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Every store by name, with what is known of it now. */
  async all(tx: EntityManager, storeId: string | null = null): Promise<StoreWithFacts[]> {
    const now = this.clock.now();
    const rows: StoreRow[] = await tx.query(
      `select s.id, s.code, s.name, s.address, s.city, s.time_zone as "timeZone", s.phone, s.postcode, s.lat, s.lon, s.hours,
         case when s.waiting_at > $2 then s.waiting end as waiting, case when s.waiting_at > $2 then iso(s.waiting_at) end as "waitingAt", q.id as "queueId", ${SHELF} as loaners
       from store s join queue q on q.store_id = s.id where $1::uuid is null or s.id = $1 order by s.name, s.id`,
      [storeId, new Date(now.getTime() - WAITING_HOURS * 3_600_000)],
    );
    return rows.map((row) => ({
      ...row,
      opening: row.hours && openingOf(row.hours, row.timeZone, now),
      mapUrl: row.lat === null || row.lon === null ? null : mapUrl({ lat: row.lat, lon: row.lon }),
    }));
  }

  /** @throws DomainError store.not_found */
  async one(tx: EntityManager, storeId: string): Promise<StoreWithFacts> {
    const [store] = await this.all(tx, storeId);
    if (!store) throw new DomainError('store.not_found');
    return store;
  }

  /**
   * How the store is doing: by those who work there, and whoever oversees it all.
   * @throws DomainError store.not_found, permission.denied
   */
  async tell(tx: EntityManager, principal: Principal, storeId: string, body: PatchStoreBody): Promise<StoreWithFacts> {
    demand(principal, 'store.tell');
    if (principal.role === 'store' && principal.storeId !== storeId)
      throw new DomainError('permission.denied', { permission: 'store.tell' });
    await tx.query('select from store where id = $1 for update', [storeId]);
    const found = await this.one(tx, storeId);
    if (body.waiting !== undefined)
      await tx.query(
        'update store set waiting = $2, waiting_at = case when $2::int is not null then $3::timestamptz end where id = $1',
        [storeId, body.waiting, this.clock.now()],
      );
    const hours = hoursAfter(found, body, this.clock.now());
    if (hours) await tx.query('update store set hours = $2 where id = $1', [storeId, hours]);
    return this.one(tx, storeId);
  }

  /** Where a store is and when it opens. */
  async place(tx: EntityManager, storeId: string, { postcode, lat, lon, hours }: StorePlace): Promise<void> {
    await tx.query('update store set postcode = $2, lat = $3, lon = $4, hours = $5 where id = $1', [
      storeId,
      postcode,
      lat,
      lon,
      hours,
    ]);
  }
}

/** Today's spans are an exception of today's date; null: nothing changes. */
function hoursAfter(store: StoreWithFacts, { hours, today }: PatchStoreBody, now: Date): OpeningHours | null {
  if (!hours && !today) return null;
  const weekly: OpeningHours = hours ?? store.hours ?? { weekly: {}, exceptions: [] };
  if (!today) return weekly;
  const { date } = openingOf(weekly, store.timeZone, now);
  return { ...weekly, exceptions: [...weekly.exceptions.filter((each) => each.date !== date), { date, spans: today }] };
}
