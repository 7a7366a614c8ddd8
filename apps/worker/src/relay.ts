import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { CaseEvent } from '#contracts';
import { correlated, Doorbell, Metrics, Rush, storeRoom, Sweep, withRetry } from '#platform';
import { ClockService } from '#sla';
import { CaseBell } from './case-bell.js';
import { DashboardBell } from './dashboard-bell.js';
import { HandingOn } from './handing-on.js';

const EVERY_MS = 100;
/** A single event is handed on at once; of many, those of half a second together: a job costs more than its events. */
const LEAST_MS = 25;
const RUSH_MS = 500;
const PORTION = 500;
/** What clocks and their ladders say is nothing they have to read. */
const OF_CLOCKS = /^(?:clock|escalation)\./u;

/**
 * Hands committed events on: to the queues of those who react, and to the doorbell of those who watch. Takes them out of the
 * outbox in the same transaction; a crash in between repeats, and job ids made of the events absorb it.
 */
@Injectable()
export class Relay {
  private readonly bell: CaseBell;
  private readonly dashboard: DashboardBell;
  private readonly sweep = new Sweep(
    Relay.name,
    EVERY_MS,
    () => correlated(null, () => this.publish()),
    () => (this.rush.on ? RUSH_MS : LEAST_MS),
  );

  constructor(
    private readonly database: DataSource,
    private readonly handing: HandingOn,
    doorbell: Doorbell,
    private readonly metrics: Metrics,
    private readonly rush: Rush,
    private readonly clocks: ClockService,
  ) {
    this.bell = new CaseBell(doorbell);
    this.dashboard = new DashboardBell(doorbell);
  }

  start(): void {
    this.sweep.start();
  }

  /** Something has happened: looks at once, or soon in a rush. */
  poke(): void {
    this.sweep.poke();
  }

  async stop(): Promise<void> {
    await this.sweep.stop();
    this.bell.flush();
    this.dashboard.stop();
  }

  /** One portion; true when there may be more. */
  async publish(): Promise<boolean> {
    const due: CaseEvent[] = await this.database.query(WAITING, [PORTION]);
    if (due.length === 0) return false;
    // Before anybody is told: who asks then sees how the clocks stand. By itself: nobody waits for a ledger while a queue is slow.
    const toRead = [...new Set(due.filter(({ type }) => !OF_CLOCKS.test(type)).map(({ caseId }) => caseId))];
    if (toRead.length > 0) await withRetry(this.database, (tx) => this.clocks.advance(tx, toRead));
    const { events, rooms } = await this.database.transaction(async (tx) => {
      const claimed = await claim(tx, due);
      await this.handing.tell(tx, claimed);
      return { events: claimed, rooms: await storesOf(tx, claimed) };
    });
    // What clocks say does not come in: nobody has to be spared for it.
    this.rush.note(events.filter(({ type }) => !OF_CLOCKS.test(type)).length);
    this.bell.ring(events, rooms);
    if (events.length > 0) this.dashboard.ring();
    this.metrics.published.inc(events.length);
    return events.length > 0 && due.length === PORTION;
  }
}

/** What waits in the outbox, in the order it was written. An event never changes: read once, it can be handed on as it is. */
const WAITING = `select e.id, o.seq::text, e.case_id as "caseId", e.case_version as "caseVersion", e.type, e.data, iso(e.at) as at, e.correlation_id as "correlationId"
  from (select seq, event_id from case_outbox order by seq limit $1) o join case_event e on e.id = o.event_id order by o.seq`;

/** Those of these nobody else hands on, out of the outbox from now on. */
async function claim(tx: EntityManager, due: CaseEvent[]): Promise<CaseEvent[]> {
  const [taken]: [{ seq: string }[], number] = await tx.query(
    `delete from case_outbox o using (select seq from case_outbox where seq = any($1) order by seq for update skip locked) due
     where o.seq = due.seq returning o.seq::text`,
    [due.map(({ seq }) => seq)],
  );
  const ours = new Set(taken.map(({ seq }) => seq));
  return due.filter(({ seq }) => ours.has(seq));
}

/** The rooms of store staff who may see these cases: of their store, or of a person alone. */
async function storesOf(tx: EntityManager, events: CaseEvent[]): Promise<Map<string, string[]>> {
  if (events.length === 0) return new Map();
  const rows: { caseId: string; stores: string[] }[] = await tx.query(
    'select case_id as "caseId", array_agg(viewer) as stores from case_sight where case_id = any($1) group by case_id',
    [[...new Set(events.map((event) => event.caseId))]],
  );
  return new Map(rows.map(({ caseId, stores }) => [caseId, stores.map(storeRoom)]));
}
