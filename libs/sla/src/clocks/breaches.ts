import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ClockMetric, ClockSide } from '#contracts';
import { recordMany, SYSTEM, type CaseEvents } from '#cases';
import { CLOCK, type Clock as Time } from '#platform';
import { ALONE, inLane } from '../lane.js';
import { ClockReader } from './clock-reader.js';
import type { Clock } from './clock.rules.js';
import { overtaken } from './ledger.rules.js';
import { closeBooks, openBooks, UNREAD, type Book, type Written } from './ledger.store.js';
import { eachThatCan } from './stuck.js';

/** Cases in one transaction. */
const PORTION = 500;

/** Live and due at $1, in a case that can be read. */
const DUE = `k.due_at <= $1 and k.met_at is null and k.ended_at is null and k.breached_at is null and l.stuck is null`;

const HELD = 'for no key update of c skip locked';
const MINE = inLane('k.case_id', '$3', '$4');

/**
 * Up to $2 cases with a clock that is due at $1, or one that is late and was not told of, of those nobody else has in hand. Nobody
 * adds to them until this transaction ends, and who looks at the same time gets others: nobody waits. What was not told of is few
 * and found first: planned while the house was empty, the join would walk through all ledgers at each look.
 */
const HOLD = `
  with due as (select c.id, not ${UNREAD} as is_read from clock k join case_ledger l on l.case_id = k.case_id join cases c on c.id = k.case_id
      where ${DUE} and ${MINE} order by k.due_at limit $2 ${HELD}),
    unsaid as materialized (select k.case_id from clock k where k.breached_at is not null and not k.is_told and ${MINE}),
    untold as (select c.id, false as is_read from unsaid k join case_ledger l on l.case_id = k.case_id join cases c on c.id = k.case_id
      where l.stuck is null limit $2 ${HELD}),
    held as (select id, bool_and(is_read) as is_read from (select * from due union all select * from untold) x group by id)
  select coalesce(array_agg(id) filter (where is_read), '{}') as read, coalesce(array_agg(id) filter (where not is_read), '{}') as unread,
    (select count(*)::int from due) + (select count(*)::int from untold) as due from held`;

/** A clock that was not met by the time it was due. */
export interface Late {
  caseId: string;
  metric: ClockMetric;
  side: ClockSide;
  dueAt: string;
  /** Of a partner: of which handoff, and whose. */
  handoffId: string | null;
  partnerName: string | null;
}

/** Marks what is late, at the time it was due, and says so in its case, once. */
@Injectable()
export class Breaches {
  constructor(
    private readonly reader: ClockReader,
    @Inject(CLOCK) private readonly time: Time,
  ) {}

  /**
   * One portion of what is due by now. Cases that somebody has in hand are left to the next look.
   * @returns how many clocks were told of, whether there may be more, and in how many milliseconds the next is late, when that is known
   */
  async mark(tx: EntityManager, lane = ALONE): Promise<{ told: number; more: boolean; nextIn: number | null }> {
    const now = this.time.now();
    const held: { read: string[]; unread: string[]; due: number }[] = await tx.query(HOLD, [
      now,
      PORTION,
      lane.at,
      lane.of,
    ]);
    const { read, unread, due } = held[0] ?? { read: [], unread: [], due: 0 };
    const told = [...(await markRead(tx, read, now)), ...(await this.markUnread(tx, unread, now))];
    await recordMany(tx, SYSTEM, 'sla', now, newsOf(told));
    const isPart = due >= PORTION;
    return { told: told.length, more: told.length > 0 && isPart, nextIn: isPart ? null : await nextIn(tx, now) };
  }

  /** What has happened and nobody has read yet counts first. */
  private async markUnread(tx: EntityManager, caseIds: string[], now: Date): Promise<Late[]> {
    let late: Late[] = [];
    const seen = async (ids: string[]) => {
      const books = await openBooks(tx, ids, true);
      const told = (await this.reader.readOn(tx, books)).map((read, at) => tell(books[at], read, now.getTime()));
      await closeBooks(
        tx,
        told.map(({ written }) => written),
      );
      late = [...late, ...told.flatMap((each) => each.late)];
    };
    await eachThatCan(tx, caseIds, seen);
    return late;
  }
}

/** In how many milliseconds a clock is due that is not yet; null: none is. */
async function nextIn(tx: EntityManager, now: Date): Promise<number | null> {
  const [next]: { dueAt: Date }[] = await tx.query(
    `select k.due_at as "dueAt" from clock k where k.due_at > $1 and k.met_at is null and k.ended_at is null and k.breached_at is null order by k.due_at limit 1`,
    [now],
  );
  return next ? next.dueAt.getTime() - now.getTime() : null;
}

/**
 * Where nothing has happened since the clocks were read, a clock that is due is late and nothing else changes: thousands at
 * once, without reading a single case. The same as `overtaken` says of one.
 */
function markRead(tx: EntityManager, caseIds: string[], now: Date): Promise<Late[]> {
  if (caseIds.length === 0) return Promise.resolve([]);
  return tx.query(
    `with held as (
       select l.case_id from case_ledger l where l.case_id = any($2) and l.stuck is null and not ${UNREAD} order by l.case_id for update skip locked
     ), late as (
       update clock k set breached_at = k.due_at, is_told = true from held l where k.case_id = l.case_id and k.due_at <= $1
         and k.met_at is null and k.ended_at is null and k.breached_at is null
       returning k.case_id, k.metric, k.side, k.round, k.due_at, k.handoff_id, k.partner_name, greatest(k.counted, k.minutes) as minutes
     ), lines as (
       insert into clock_line (case_id, metric, side, round, type, at, actor_kind, actor_name, minutes)
       select case_id, metric, side, round, 'breached', due_at, '${SYSTEM.kind}', '${SYSTEM.name}', coalesce(minutes, 0) from late order by due_at
     ), ledgers as (
       update case_ledger l set next_is_late = l.next_is_late or k.customer, update_late = l.update_late or k.update, quiet = l.quiet or k.quiet
       from (select case_id, bool_or(side = 'customer') as customer, bool_or(metric = 'next_update') as update, bool_or(metric = 'silence') as quiet
             from late group by case_id) k where l.case_id = k.case_id)
     select case_id as "caseId", metric, side, iso(due_at) as "dueAt", handoff_id as "handoffId", partner_name as "partnerName" from late order by due_at, side`,
    [now, caseIds],
  );
}

/** What is late by now, and what the house has not been told yet of what was. */
function tell(book: Book | undefined, read: Written, now: number): { written: Written; late: Late[] } {
  const { ledger, lines } = overtaken(read.ledger, now);
  const untold = ledger.clocks.filter(({ breachedAt, isTold }) => breachedAt !== null && !isTold);
  const clocks = ledger.clocks.map((clock) => (untold.includes(clock) ? { ...clock, isTold: true } : clock));
  return {
    written: {
      ...read,
      ledger: { ...ledger, clocks },
      lines: [...read.lines, ...lines],
      changed: clocks.filter((clock) => !book?.ledger.clocks.includes(clock)),
    },
    late: untold.map((clock) => lateOf(read.caseId, clock, now)),
  };
}

export const lateOf = (caseId: string, { metric, side, breachedAt, handoff }: Clock, now: number): Late => ({
  ...{ caseId, metric, side, dueAt: new Date(breachedAt ?? now).toISOString() },
  ...{ handoffId: handoff?.id ?? null, partnerName: handoff?.partner ?? null },
});

/** Once for the customer and the team, where they are late together. */
export function newsOf(late: Late[]): CaseEvents[] {
  const customers = new Set(
    late.filter(({ side }) => side === 'customer').map(({ caseId, metric, dueAt }) => caseId + metric + dueAt),
  );
  return late
    .filter(({ caseId, metric, side, dueAt }) => side !== 'team' || !customers.has(caseId + metric + dueAt))
    .map(({ caseId, metric, side, dueAt, handoffId, partnerName }) => {
      const whose = handoffId && partnerName ? { handoffId, partnerName } : {};
      return { caseId, events: [{ type: 'clock.breached', data: { metric, side, dueAt, ...whose } }] };
    });
}
