import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { correlated, Sweep, Wake, withRetry } from '#platform';
import { Breaches, ClockAudit, ClockService, type Lane } from '#sla';
import { inLanes } from './in-lanes.js';

const EVERY_MS = 500;
/** So long ladders wait for many that are late at once. */
const PATIENCE_MS = 2000;
const REWORK_MS = 2000;
const RETRY_MS = 30_000;
const AUDIT_MS = 10_000;

/** Says what is late, works out anew what goes by an edited calendar, tries again what could not be read, and checks what was. */
@Injectable()
export class ClockSweep {
  private readonly due = inLanes(ClockSweep.name, EVERY_MS, (lane) => this.look(lane));
  private readonly stale: Sweep;
  private readonly stuck: Sweep;
  private readonly audit: Sweep;

  private readonly lanesWithMore = new Set<number>();
  private busyUntil = 0;
  private untold = false;

  constructor(
    private readonly database: DataSource,
    clocks: ClockService,
    private readonly breaches: Breaches,
    audit: ClockAudit,
    private readonly wake: Wake,
  ) {
    this.stale = new Sweep('StaleClocks', REWORK_MS, () => withRetry(database, (tx) => clocks.rework(tx)));
    this.stuck = new Sweep('StuckClocks', RETRY_MS, async () => {
      await withRetry(database, (tx) => clocks.retry(tx));
      return false;
    });
    this.audit = new Sweep(ClockAudit.name, AUDIT_MS, async () => {
      await withRetry(database, (tx) => audit.round(tx));
      return false;
    });
  }

  start(): void {
    for (const sweep of this.sweeps) sweep.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.sweeps.map((sweep) => sweep.stop()));
  }

  /** So many are late that there is a next portion: who can wait a moment does. */
  get isBusy(): boolean {
    return this.lanesWithMore.size > 0 && performance.now() < this.busyUntil;
  }

  private async look(lane: Lane): Promise<boolean> {
    const { told, more, nextIn } = await correlated(null, () =>
      withRetry(this.database, (tx) => this.breaches.mark(tx, lane)),
    );
    if (told > 0) this.wake.ring('relay');
    this.untold ||= told > 0;
    this.noteMore(lane, more);
    if (nextIn !== null) this.due[lane.at]?.pokeIn(nextIn);
    // What is late stands on its ladder, too.
    if (this.untold && !this.isBusy) {
      this.untold = false;
      this.wake.ring('ladders');
    }
    return more;
  }

  private noteMore({ at }: Lane, more: boolean): void {
    if (more && this.lanesWithMore.size === 0) this.busyUntil = performance.now() + PATIENCE_MS;
    if (more) this.lanesWithMore.add(at);
    else this.lanesWithMore.delete(at);
  }

  private get sweeps(): Sweep[] {
    return [...this.due, this.stale, this.stuck, this.audit];
  }
}
