import { randomUUID } from 'node:crypto';
import type { Channel, ClockMetric, Tier } from '#contracts';
import type { TestDatabase } from '../support/database.js';

/** A house with a past made by chance. */

export const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

export interface PastClock {
  metric: ClockMetric;
  side: 'customer' | 'team';
  round: number;
  started: Date;
  breached: Date | null;
  met: Date | null;
  ended: Date | null;
}
interface PastPromise {
  kind: 'update' | 'other';
  by: string;
  made: Date;
  due: Date;
  state: 'open' | 'kept' | 'broken' | 'withdrawn';
  decided: Date | null;
}
export interface PastCase {
  id: string;
  reference: string;
  customerId: string;
  tier: Tier;
  channel: Channel | null;
  queueId: string;
  assigneeId: string | null;
  lacks: string[];
  /** What of it is not green now. */
  trouble: 'waits' | 'late' | 'update' | 'quiet' | null;
  opened: Date;
  /** Every status, from the first one on. */
  statuses: { at: Date; status: string }[];
  clocks: PastClock[];
  promises: PastPromise[];
  messages: { at: Date; channel: Channel; inbound: boolean; automatic: boolean; authorId: string | null }[];
  again: { at: Date; dismissed: boolean }[];
  assignedTo: string[];
  gifts: PastGift[];
}

/** Something given; of a discount its days with what each came to. */
export interface PastGift {
  kind: 'voucher' | 'points' | 'privilege' | 'fee_discount';
  state: 'issued' | 'ended' | 'refused' | 'stopped';
  at: Date;
  by: string;
  cents: number;
  currency: 'EUR' | 'JPY';
  days: { day: string; cents: number }[];
}

/** The same numbers for the same seed. */
export function chance(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (most: number): number => Math.floor(next() * most);
  return { below, pick: <T>(of: readonly T[]): T => of[below(of.length)] as T, is: (share: number) => next() < share };
}
type Chance = ReturnType<typeof chance>;

export const CHANNELS: readonly Channel[] = ['twitter', 'email', 'store', 'phone', 'other', 'web'];
const AFTER: Record<string, readonly string[]> = {
  new: ['understood', 'in_solution', 'waiting', 'restored', 'spam', 'merged'],
  understood: ['in_solution', 'waiting', 'restored', 'closed'],
  in_solution: ['waiting', 'restored', 'understood'],
  waiting: ['in_solution', 'restored', 'waiting'],
  restored: ['closed', 'in_solution', 'waiting'],
  closed: ['in_solution', 'understood'],
};
const METRICS: readonly ClockMetric[] = ['first_useful_action', 'next_response', 'next_update', 'relief', 'resolution'];

export interface Frame {
  now: Date;
  days: number;
  agents: string[];
  queues: string[];
}

export const pastCases = (count: number, by: Chance, frame: Frame): PastCase[] =>
  Array.from({ length: count }, (_, at) => pastCase(at, by, frame));

function pastCase(at: number, by: Chance, { now, days, agents, queues }: Frame): PastCase {
  const later = (from: Date, most = 6 * DAY_MINUTES): Date =>
    new Date(from.getTime() + (1 + by.below(most)) * MINUTE_MS);
  const opened = new Date(now.getTime() - (1 + by.below(days * DAY_MINUTES)) * MINUTE_MS);
  const statuses = [{ at: opened, status: 'new' }];
  for (;;) {
    const last = statuses.at(-1) as { at: Date; status: string };
    const next = AFTER[last.status] ?? [];
    const when = later(last.at);
    if (when > now || next.length === 0 || by.is(0.15)) break;
    statuses.push({ at: when, status: by.pick(next) });
  }
  const isCalm = by.is(0.5);
  const person = () => (by.is(0.8) ? by.pick(agents) : null);
  return {
    ...{ id: randomUUID(), reference: `H-${String(at).padStart(5, '0')}`, customerId: randomUUID() },
    ...{ tier: by.pick(['gold', 'silver', 'standard'] as const), channel: by.is(0.95) ? by.pick(CHANNELS) : null },
    ...{
      queueId: by.pick(queues),
      assigneeId: person(),
      lacks: by.is(0.4) ? ['calls'] : [],
      trouble: by.is(0.4) ? by.pick(['waits', 'late', 'update', 'quiet'] as const) : null,
      opened,
      statuses,
    },
    // In some nothing was ever late.
    clocks: METRICS.flatMap((metric) => pastClocks(metric, by, opened, now, later)).map((clock) => ({
      ...clock,
      breached: isCalm ? null : clock.breached,
    })),
    promises: Array.from({ length: by.below(3) }, () => pastPromise(by, opened, now, agents, later)),
    messages: Array.from({ length: by.below(9) }, () => {
      const inbound = by.is(0.7);
      return {
        ...{ at: later(opened), channel: by.pick(CHANNELS), inbound, automatic: by.is(0.1) },
        authorId: !inbound || by.is(0.2) ? by.pick(agents) : null,
      };
    }),
    again: Array.from({ length: by.below(2) }, () => ({ at: later(opened), dismissed: by.is(0.3) })),
    assignedTo: Array.from({ length: by.below(3) }, () => by.pick(agents)),
    gifts: Array.from({ length: by.below(3) }, () => pastGift(by, later(opened), agents)),
  };
}

type Later = (from: Date, most?: number) => Date;

function pastClocks(metric: ClockMetric, by: Chance, opened: Date, now: Date, later: Later): PastClock[] {
  const clocks: PastClock[] = [];
  let started = opened;
  for (let round = 1; round <= by.below(4); round += 1) {
    const due = later(started, 9 * DAY_MINUTES);
    const end = later(started, 3 * DAY_MINUTES);
    if (end > now) break;
    const isMet = by.is(0.8);
    const over = { breached: due < end ? due : null, met: isMet ? end : null, ended: isMet ? null : end };
    clocks.push({ metric, side: 'customer', round, started, ...over });
    if (by.is(0.3)) clocks.push({ metric, side: 'team', round, started, ...over });
    started = end;
  }
  if (by.is(0.5) && started < now) {
    const due = later(started, 2 * DAY_MINUTES);
    const breached = due <= now ? due : null;
    const round = 1 + clocks.filter(({ side }) => side === 'customer').length;
    clocks.push({ metric, side: 'customer', round, started, breached, met: null, ended: null });
  }
  return clocks;
}

function pastGift(by: Chance, at: Date, agents: string[]): PastGift {
  const kind = by.pick(['voucher', 'points', 'privilege', 'fee_discount', 'fee_discount'] as const);
  const days = Array.from({ length: kind === 'fee_discount' ? 1 + by.below(4) : 0 }, (_, n) => ({
    day: new Date(at.getTime() - n * DAY_MINUTES * MINUTE_MS).toISOString().slice(0, 10),
    cents: by.below(200),
  }));
  const state = kind === 'fee_discount' ? 'stopped' : by.pick(['issued', 'ended', 'refused'] as const);
  const cents = kind === 'privilege' ? 0 : 100 * by.below(30);
  return { kind, state, at, by: by.pick(agents), cents, currency: by.pick(['EUR', 'EUR', 'JPY'] as const), days };
}

function pastPromise(by: Chance, opened: Date, now: Date, agents: string[], later: Later): PastPromise {
  const made = later(opened, DAY_MINUTES);
  const decided = later(made);
  const state = decided > now ? 'open' : by.pick(['open', 'kept', 'kept', 'broken', 'withdrawn'] as const);
  return {
    ...{ kind: by.pick(['update', 'other'] as const), by: by.pick(agents), made, due: later(made), state },
    decided: state === 'open' ? null : decided,
  };
}

export const lastStatus = ({ statuses }: PastCase): string => statuses.at(-1)?.status ?? 'new';
export const isOpen = (of: PastCase): boolean => !['closed', 'merged', 'spam'].includes(lastStatus(of));

/** Puts them into the database, as if all of that had happened and been read and told: whoever keeps clocks leaves them alone. */
export async function keep(db: TestDatabase, cases: PastCase[]): Promise<void> {
  const agent = await db.query<{ id: string }>('select id from agent limit 1');
  for (const of of cases) {
    const status = lastStatus(of);
    const closedAt = isOpen(of) ? null : (of.statuses.at(-1)?.at ?? null);
    await db.query('insert into customer (id, display_name, tier, created_at) values ($1, $2, $3, $4)', [
      ...[of.customerId, `Cliente ${of.reference}`, of.tier, of.opened],
    ]);
    await db.query(
      `insert into cases (id, reference, customer_id, status, wait_reason, assignee_id, queue_id, next_action, customer_name, channels, lacks, last_interaction_at, opened_at, closed_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'reply', $8, $9, $10, $11, $11, $12)`,
      [
        ...[of.id, of.reference, of.customerId, status, status === 'waiting' ? 'partner' : null, of.assigneeId],
        ...[of.queueId, `Cliente ${of.reference}`, of.channel ? [of.channel] : [], of.lacks, of.opened, closedAt],
      ],
    );
    await db.query(
      'insert into case_ledger (case_id, is_over, lacks, is_answered, next_is_late, update_late, quiet, seq) values ($1, $2, $3, $4, $5, $6, $7, 9007199254740991)',
      [
        ...[of.id, !isOpen(of), of.lacks, of.trouble !== 'waits', of.trouble === 'late'],
        ...[of.trouble === 'update', of.trouble === 'quiet'],
      ],
    );
    await keepHistory(db, of, agent[0]?.id ?? '');
  }
}

async function keepHistory(db: TestDatabase, of: PastCase, recordedBy: string): Promise<void> {
  for (const k of of.clocks)
    await db.query(
      `insert into clock (case_id, metric, side, round, started_at, started_kind, started_name, minutes, counted, breached_at, met_at, ended_at, is_told)
       values ($1, $2, $3, $4, $5, 'system', 'x', 60, 0, $6, $7, $8, true)`,
      [of.id, k.metric, k.side, k.round, k.started, k.breached, k.met, k.ended],
    );
  for (const p of of.promises)
    await db.query(
      `insert into promise (id, case_id, kind, text, by_id, by_name, due_at, state, decided_at, decided_by, created_at) values ($1, $2, $3, 'x', $4, 'x', $5, $6, $7, 'x', $8)`,
      [randomUUID(), of.id, p.kind, p.by, p.due, p.state, p.decided, p.made],
    );
  for (const m of of.messages)
    await db.query(
      `insert into interaction (id, case_id, channel, direction, text, author_kind, author_id, author_name, automatic, occurred_at, received_at, search)
       values ($1, $2, $3, $4, 'x', $5, $6, 'x', $7, $8, $8, '')`,
      [
        ...[randomUUID(), of.id, m.channel, m.inbound ? 'inbound' : 'outbound', m.authorId ? 'agent' : 'customer'],
        ...[m.authorId, m.automatic, m.at],
      ],
    );
  for (const r of of.again)
    await db.query(
      `insert into re_explanation (id, case_id, source, dismissed, recorded_by, recorded_name, at) values ($1, $2, 'customer_said', $3, $4, 'x', $5)`,
      [randomUUID(), of.id, r.dismissed, recordedBy, r.at],
    );
  for (const gift of of.gifts) await keepGift(db, of, gift);
  const events = [
    ...of.assignedTo.map((id) => ({ type: 'case.assigned', data: { assigneeId: id }, at: of.opened })),
    ...of.statuses.slice(1).map(({ at, status }, index) => ({
      ...{ type: 'case.status_changed', data: { from: of.statuses[index]?.status, to: status }, at },
    })),
  ];
  for (const { type, data, at } of events)
    await db.query(
      `insert into case_event (id, case_id, case_version, type, data, actor_kind, actor_name, source, at) values ($1, $2, 1, $3, $4, 'system', 'x', 'x', $5)`,
      [randomUUID(), of.id, type, JSON.stringify(data), at],
    );
}

async function keepGift(
  db: TestDatabase,
  of: PastCase,
  { kind, state, at, by, cents, currency, days }: PastGift,
): Promise<void> {
  const id = randomUUID();
  const isDiscount = kind === 'fee_discount';
  await db.query(
    `insert into benefit (id, case_id, customer_id, kind, state, "values", value_cents, currency, tier, decided_by, decided_at, refused_by, line, from_day, time_zone,
       code_hash, created_at, state_at)
     values ($1::text::uuid, $2, $3, $4::text, $5::text, '{}', $6, $7, $8, $9, $10, case when $5 = 'refused' then 'us' end, $1::text, $11::date, $12,
       case when $4 = 'voucher' then decode(md5($1::text), 'hex') end, $10, $10)`,
    [
      ...[id, of.id, of.customerId, kind, state, cents, currency, of.tier, by, at],
      ...(isDiscount ? [days.at(-1)?.day, 'Europe/Madrid'] : [null, null]),
    ],
  );
  for (const { day, cents: amount } of days)
    await db.query(
      `insert into benefit_accrual (benefit_id, customer_id, line, day, percent, monthly_fee_cents, amount_cents) values ($1::text::uuid, $2, $1::text, $3, 50, 3000, $4)`,
      [id, of.customerId, day, amount],
    );
}
