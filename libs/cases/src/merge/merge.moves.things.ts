import type { Move } from './merge.move.js';

/** Phones, and what is decided about them, done to them, lent and given: the tables of the rooms beside this one. */
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
    why: 'what is wrong with them; said on both it stands once',
  },
  {
    table: 'warranty_decision',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    clash: ['device_id', 'place'],
    why: 'what was decided holds for them; where both cases have one that holds, the kept case keeps its own',
  },
  {
    table: 'counter_intake',
    column: 'case_id',
    of: 'case',
    how: 'stays',
    why: 'what was done at the counter was done to that case',
  },
  { table: 'repair_order', column: 'case_id', of: 'case', how: 'moves', why: 'their device is in repair all the same' },
  { table: 'relief_task', column: 'case_id', of: 'case', how: 'moves', why: 'what relieves them is still to be done' },
  {
    table: 'handoff',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    why: 'another company works on it whoever the customer turns out to be; it keeps its number',
  },
  {
    table: 'custody_leg',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    why: 'their phone is on its way all the same; where it is is of the phone and of no case',
  },
  {
    table: 'customer_news',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    only: 'r.interaction_id is null and r.settled_at is null',
    // Of a repair that goes back (it went before this), and came up while they were one: it is its customer who has to know.
    returns: `r.interaction_id is null and r.settled_at is null and r.subject ~ '^(repair|quotes):'
      and exists (select from repair_order o where o.case_id = $1 and o.id::text = split_part(r.subject, ':', 2))`,
    why: 'what they were told they were told; what nobody could tell them is still to be said',
  },
  {
    table: 'notification',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    // After the news above: whom to call is said of the case that has them.
    returns: `r.kind = 'untold' and exists (select from customer_news n where n.case_id = $1 and n.id::text = r.values ->> 'newsId')`,
    why: 'what people are told of it is told of the kept one',
  },
];
