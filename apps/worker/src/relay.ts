import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { CaseEvent } from '#contracts';
import { correlated, Doorbell, JobQueues, Metrics, Rush, storeRoom, Sweep, withRetry } from '#platform';
import { ClockService } from '#sla';
import { CaseBell } from './case-bell.js';
import { DashboardBell } from './dashboard-bell.js';
import { subscribers, type Subscriber } from './subscribers.js';

const EVERY_MS = 100;
/** A single event is handed on at once; of many, those of half a second together: a job costs more than its events. */
const LEAST_MS = 25;
const RUSH_MS = 500;
const PORTION = 500;
/** What clocks and their ladders say is nothing they have to read. */
const OF_CLOCKS = /^(?:clock|escalation)\./u;

/**
 * Hands committed events on: to the queues of those who react, and to the doorbell of those who watch. Claims unpublished
 * rows, marks them in the same transaction; a crash in between repeats, and job ids made of the events absorb it.
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
    private readonly queues: JobQueues,
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
    const due: { id: string; caseId: string; type: string }[] = await this.database.query(
      'select id, case_id as "caseId", type from case_event where published_at is null order by seq limit $1',
      [PORTION],
    );
    if (due.length === 0) return false;
    // Before anybody is told: who asks then sees how the clocks stand. By itself: nobody waits for a ledger while a queue is slow.
    const toRead = [...new Set(due.filter(({ type }) => !OF_CLOCKS.test(type)).map(({ caseId }) => caseId))];
    await withRetry(this.database, (tx) => this.clocks.advance(tx, toRead));
    const { events, rooms } = await this.database.transaction(async (tx) => {
      const claimed = await claim(
        tx,
        due.map(({ id }) => id),
      );
      for (const subscriber of subscribers) await this.notify(subscriber, claimed);
      return { events: claimed, rooms: await storesOf(tx, claimed) };
    });
    this.rush.note(events.length);
    this.bell.ring(events, rooms);
    if (events.length > 0) this.dashboard.ring();
    this.metrics.published.inc(events.length);
    return events.length > 0 && due.length === PORTION;
  }

  private async notify(subscriber: Subscriber, events: CaseEvent[]): Promise<void> {
    const wanted = events.filter((event) => subscriber.wants(event));
    const [first] = wanted;
    if (!first) return;
    const id = `${subscriber.name}-${first.seq}-${wanted.at(-1)?.seq}`;
    await this.queues.add(subscriber.job, [{ id, data: { events: wanted, correlationId: first.correlationId } }]);
  }
}

/** Those of these nobody else hands on. */
async function claim(tx: EntityManager, ids: string[]): Promise<CaseEvent[]> {
  const [events]: [CaseEvent[], number] = await tx.query(
    `update case_event e set published_at = clock_timestamp()
     from (select id from case_event where id = any($1) and published_at is null order by seq for update skip locked) due
     where e.id = due.id
     returning e.id, e.seq::text, e.case_id as "caseId", e.case_version as "caseVersion", e.type, e.data, iso(e.at) as at, e.correlation_id as "correlationId"`,
    [ids],
  );
  return events.sort((a, b) => Number(BigInt(a.seq) - BigInt(b.seq)));
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
