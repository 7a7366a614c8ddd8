import type { Move } from './merge.move.js';

/** The phone of the row `r` is of the case it would go back to, and of that one alone. */
export const ITS_PHONE = `r.device_id is not null
  and exists (select from case_device d where d.case_id = $1 and living_device(d.device_id) = living_device(r.device_id))
  and not exists (select from case_device d where d.case_id = r.case_id and living_device(d.device_id) = living_device(r.device_id))`;

/** The handoff whose id this is goes back (it went before this). */
export const handoffBack = (id: string): string =>
  `exists (select from handoff h where h.case_id = $1 and h.id::text = ${id})`;

/** The repair whose id this is goes back (it went before this). */
export const repairBack = (id: string): string =>
  `exists (select from repair_order o where o.case_id = $1 and o.id::text = ${id})`;

/** Phones, and what is decided about them and done to them: the tables of the rooms beside this one. */
export const MOVES_OF_THINGS: readonly Move[] = [
  {
    table: 'device_ownership',
    column: 'customer_id',
    of: 'customer',
    how: 'moves',
    why: "the phones of both are theirs; a phone is one customer's at a time, so they never meet",
  },
  {
    table: 'case_device',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    key: ['device_id'],
    clash: ['device_id'],
    why: 'the phones of both; one that both know stands once',
  },
  {
    table: 'device_fault',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    clash: ['device_id', 'kind'],
    returns: ITS_PHONE,
    why: 'what is wrong with them; said on both it stands once',
  },
  {
    table: 'warranty_decision',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    clash: ['device_id', 'place'],
    returns: ITS_PHONE,
    why: 'what was decided holds for them; where both cases have one that holds, the kept case keeps its own',
  },
  {
    table: 'counter_intake',
    column: 'case_id',
    of: 'case',
    how: 'stays',
    why: 'what was done at the counter was done to that case',
  },
  {
    table: 'repair_order',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    // What was taken in while they were one is of whoever's phone it is; its quotes and data go along.
    returns: ITS_PHONE,
    why: 'their device is in repair all the same',
  },
  { table: 'relief_task', column: 'case_id', of: 'case', how: 'moves', why: 'what relieves them is still to be done' },
  {
    table: 'handoff',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    // What was given to another company while they were one is of the repair or phone it is about; both went before this.
    returns: `(case when r.repair_order_id is not null
        then exists (select from repair_order o where o.id = r.repair_order_id and o.case_id = $1) else ${ITS_PHONE} end)`,
    why: 'another company works on it whoever the customer turns out to be; it keeps its number',
  },
  {
    table: 'custody_leg',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    returns: `(case when r.handoff_id is not null then ${handoffBack('r.handoff_id::text')} else ${ITS_PHONE} end)`,
    why: 'their phone is on its way all the same; where it is is of the phone and of no case',
  },
];
