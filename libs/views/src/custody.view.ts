import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PARCEL_LINES, type CaseCustody, type Leg, type Parcel, type StoreParcels } from '#contracts';
import { CLOCK, DomainError, type Clock } from '#platform';
import { asJson, visibleTo } from './case-row.sql.js';
import { UUID } from './cursor.js';
import type { Reader } from './inbox.view.js';

/** How a device `d` with its model `m` is called. */
const DEVICE = `coalesce(m.brand || ' ' || m.name, d.model_name, 'IMEI …' || right(coalesce(d.imei, d.serial), 4), '—')`;

/** Somebody who can hold a device; of customers only the one of the case `c` is named. */
const hands = (row: string, side: string): string => {
  const [kind, id, name] = ['kind', 'id', 'name'].map((part) => `${row}.${side}_${part}`);
  const living = `living_customer(${String(id)})`;
  return `case when ${String(kind)} = 'customer' then json_build_object('kind', 'customer', 'id', ${living}, 'name',
      case when ${living} = c.customer_id then c.customer_name else '—' end)
    when ${String(kind)} is not null then json_build_object('kind', ${String(kind)}, 'id', ${String(id)}, 'name', ${String(name)}) end`;
};

const CLAIM = `(select json_build_object('id', x.id, 'state', x.state, 'amountCents', x.amount_cents, 'currency', x.currency, 'note', x.note,
    'by', case when a.id is not null then json_build_object('id', a.id, 'displayName', a.display_name) end, 'at', iso(x.at))
  from custody_claim x left join agent a on a.id = x.by_id where x.leg_id = l.id)`;

/** A Leg (contracts) of `custody_leg l`, its case `c` and device. */
const LEG_COLUMNS = `l.id, l.case_id as "caseId", d.id as "deviceId", ${DEVICE} as "deviceName", l.handoff_id as "handoffId", l.place, l.code,
  ${hands('l', 'from')} as "from", ${hands('l', 'to')} as "to",
  case when l.courier_name is not null then json_build_object('kind', 'courier', 'id', l.courier_id, 'name', l.courier_name) end as courier,
  l.tracking_number as "trackingNumber", l.state, iso(l.eta_at) as "etaAt", l.seal_photo_id as "sealPhotoId", iso(l.picked_up_at) as "pickedUpAt",
  iso(l.arrived_at) as "arrivedAt", ${CLAIM} as claim`;
const LEG_FROM = `custody_leg l join cases c on c.id = l.case_id join device d on d.id = living_device(l.device_id) left join device_model m on m.id = d.model_id`;

/** A CustodyStep (contracts) of `custody k`; its place is among those of all records of the phone. */
const STEP = asJson(`k.id, k.place as seq, ${hands('k', 'from')} as "from", ${hands('k', 'to')} as "to", k.proof,
  k.leg_id as "legId", k.signature_id as "signatureId", k.photo_id as "photoId", k.by_name as by, iso(k.at) as at`);

/** $1: the case. */
const DEVICES = `select d.id as "deviceId", ${DEVICE} as name, coalesce(chain.steps, '[]') as chain,
    (select coalesce(json_agg(${asJson(LEG_COLUMNS)} order by l.place, l.id), '[]') from custody_leg l where l.case_id = c.id and living_device(l.device_id) = d.id) as legs
  from cases c join (select living_device(device_id) as id, min(first_at) as first_at from case_device where case_id = $1 group by 1) shown on true
    join device d on d.id = shown.id left join device_model m on m.id = d.model_id
    left join lateral (select json_agg(step order by entry) as steps from (select k.entry, ${STEP} as step
      from (select *, row_number() over (order by entry)::int as place from custody where device_id in (select device_records(d.id))) k) told) chain on true
  where c.id = $1 order by shown.first_at, d.id limit 50`;

const PARCEL = asJson(`${LEG_COLUMNS}, c.reference as "caseReference", c.customer_name as customer,
  l.state = 'lost' or coalesce(l.eta_at < $3, false) as late`);
const HOLDER = `left join lateral last_custody(l.device_id) now on true`;
/** Whoever is to send it has it, or nobody has written down who does. */
const HAS_IT = `(now.to_kind is null or (now.to_kind = l.from_kind and (now.to_id = l.from_id or now.to_id is null or l.from_id is null)))`;
/** $1: the store, $2: how far the reader sees, $3: now. */
const PARCELS = {
  toSend: `l.from_kind = 'store' and l.from_id = $1 and l.state = 'planned' and ${HAS_IT}`,
  toReceive: `l.to_kind = 'store' and l.to_id = $1 and (l.state in ('under_way', 'lost') or (l.state = 'planned' and ${HAS_IT}))`,
} as const;

/** Who has the phones, how they came there, and the ways they go. */
@Injectable()
export class CustodyView {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * Of each device of a case: who has it, the chain of hands, its shipments.
   * @param idOrReference a case id, or its canonical reference
   * @throws DomainError case.not_found
   */
  async ofCase(tx: EntityManager, reader: Reader, idOrReference: string): Promise<CaseCustody> {
    const found: { id: string }[] = await tx.query(
      `select c.id from cases c where ${UUID.test(idOrReference) ? 'c.id' : 'c.reference'} = $1 and ${visibleTo('$2')}`,
      [idOrReference, reader.storeId],
    );
    if (!found[0]) throw new DomainError('case.not_found');
    const rows: Omit<CaseCustody['devices'][number], 'holder' | 'since'>[] = await tx.query(DEVICES, [found[0].id]);
    return {
      devices: rows.map(({ deviceId, name, chain, legs }) => {
        const last = chain.at(-1);
        return { deviceId, name, holder: last?.to ?? null, since: last?.at ?? null, chain, legs };
      }),
    };
  }

  /** @throws DomainError leg.not_found, also when its case is not the reader's to see */
  leg(tx: EntityManager, reader: Reader, legId: string): Promise<Leg> {
    return this.one(tx, reader, 'l.id', legId);
  }

  /** By what its label says, as `readLegCode` has it. @throws DomainError leg.not_found */
  byCode(tx: EntityManager, reader: Reader, code: string): Promise<Leg> {
    return this.one(tx, reader, 'l.code', code);
  }

  private async one(tx: EntityManager, reader: Reader, column: 'l.id' | 'l.code', value: string): Promise<Leg> {
    const rows: { leg: Leg }[] = await tx.query(
      `select ${asJson(LEG_COLUMNS)} as leg from ${LEG_FROM} where ${column} = $1 and ${visibleTo('$2')}`,
      [value, reader.storeId],
    );
    if (!rows[0]) throw new DomainError('leg.not_found');
    return rows[0].leg;
  }

  /** What a store has to send and what is on its way to it. @throws DomainError store.not_found */
  async ofStore(tx: EntityManager, reader: Reader, storeId: string): Promise<StoreParcels> {
    const stores: unknown[] = await tx.query('select from store where id = $1', [storeId]);
    if (stores.length === 0) throw new DomainError('store.not_found');
    const [toSend, toReceive] = await Promise.all([
      this.parcels(tx, reader, storeId, PARCELS.toSend),
      this.parcels(tx, reader, storeId, PARCELS.toReceive),
    ]);
    return { toSend, toReceive };
  }

  private async parcels(tx: EntityManager, reader: Reader, storeId: string, which: string) {
    const rows: { item: Parcel }[] = await tx.query(
      `select ${PARCEL} as item from ${LEG_FROM} ${HOLDER} where ${which} and ${visibleTo('$2')}
       order by l.state = 'lost' desc, l.eta_at nulls last, l.id limit ${String(PARCEL_LINES + 1)}`,
      [storeId, reader.storeId, this.clock.now()],
    );
    return { items: rows.slice(0, PARCEL_LINES).map(({ item }) => item), more: rows.length > PARCEL_LINES };
  }
}
