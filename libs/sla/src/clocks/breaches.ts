import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ClockMetric, ClockSide } from '#contracts';
import { recordMany, SYSTEM, type CaseEvents } from '#cases';
import { CLOCK, type Clock as Time } from '#platform';
import { ClockReader } from './clock-reader.js';
import { overtaken } from './ledger.rules.js';
import { closeBooks, openBooks, UNREAD, type Book, type Written } from './ledger.store.js';
import { eachThatCan } from './stuck.js';

/** Cases in one transaction. */
const PORTION = 500;

/** Live and due at $1, in a case that can be read. */
const DUE = `k.due_at <= $1 and k.met_at is null and k.ended_at is null and k.breached_at is null and l.stuck is null`;

/** A clock that was not met by the time it was due. */
export interface Late {
  caseId: string;
  metric: ClockMetric;
  side: ClockSide;
  dueAt: string;
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
   * @returns how many clocks were told of, and whether there may be more
   */
  async mark(tx: EntityManager): Promise<{ told: number; more: boolean }> {
    const now = this.time.now();
    const due: { id: string; isRead: boolean }[] = await tx.query(
      `select case_id as id, bool_and(is_read) as "isRead" from (
         (select l.case_id, not ${UNREAD} as is_read from clock k join case_ledger l on l.case_id = k.case_id where ${DUE} order by k.due_at limit $2)
         union all (select l.case_id, false from clock k join case_ledger l on l.case_id = k.case_id
           where k.breached_at is not null and not k.is_told and l.stuck is null limit $2)) x group by case_id`,
      [now, PORTION],
    );
    const free = await heldHere(
      tx,
      due.map(({ id }) => id),
    );
    const isRead = new Set(due.filter((each) => each.isRead).map(({ id }) => id));
    const told = [
      ...(await markRead(
        tx,
        free.filter((id) => isRead.has(id)),
        now,
      )),
      ...(await this.markUnread(
        tx,
        free.filter((id) => !isRead.has(id)),
        now,
      )),
    ];
    await recordMany(tx, SYSTEM, 'sla', now, newsOf(told));
    return { told: told.length, more: told.length > 0 && due.length >= PORTION };
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

/** Those of these cases nobody else has in hand; nobody adds to them until this transaction ends. */
async function heldHere(tx: EntityManager, caseIds: string[]): Promise<string[]> {
  if (caseIds.length === 0) return [];
  const rows: { id: string }[] = await tx.query(
    'select id from cases where id = any($1) order by id for no key update skip locked',
    [caseIds],
  );
  return rows.map(({ id }) => id);
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
       returning k.case_id, k.metric, k.side, k.round, k.due_at, greatest(k.counted, k.minutes) as minutes
     ), lines as (
       insert into clock_line (case_id, metric, side, round, type, at, actor_kind, actor_name, minutes)
       select case_id, metric, side, round, 'breached', due_at, '${SYSTEM.kind}', '${SYSTEM.name}', coalesce(minutes, 0) from late order by due_at
     ), ledgers as (
       update case_ledger l set next_is_late = l.next_is_late or k.customer, update_late = l.update_late or k.update, quiet = l.quiet or k.quiet
       from (select case_id, bool_or(side = 'customer') as customer, bool_or(metric = 'next_update') as update, bool_or(metric = 'silence') as quiet
             from late group by case_id) k where l.case_id = k.case_id)
     select case_id as "caseId", metric, side, iso(due_at) as "dueAt" from late order by due_at, side`,
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
    late: untold.map(({ metric, side, breachedAt }) => ({
      ...{ caseId: read.caseId, metric, side },
      dueAt: new Date(breachedAt ?? now).toISOString(),
    })),
  };
}

/** Once for the customer and the team, where they are late together. */
export function newsOf(late: Late[]): CaseEvents[] {
  const customers = new Set(
    late.filter(({ side }) => side === 'customer').map(({ caseId, metric, dueAt }) => caseId + metric + dueAt),
  );
  return late
    .filter(({ caseId, metric, side, dueAt }) => side !== 'team' || !customers.has(caseId + metric + dueAt))
    .map(({ caseId, ...data }) => ({ caseId, events: [{ type: 'clock.breached', data }] }));
}
