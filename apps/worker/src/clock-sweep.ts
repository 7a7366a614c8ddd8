import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { correlated, Sweep, Wake, withRetry } from '#platform';
import { Breaches, ClockAudit, ClockService } from '#sla';

const EVERY_MS = 500;
const REWORK_MS = 2000;
const RETRY_MS = 30_000;
const AUDIT_MS = 10_000;

/** Says what is late, works out anew what goes by an edited calendar, tries again what could not be read, and checks what was. */
@Injectable()
export class ClockSweep {
  private readonly due: Sweep;
  private readonly stale: Sweep;
  private readonly stuck: Sweep;
  private readonly audit: Sweep;

  constructor(database: DataSource, clocks: ClockService, breaches: Breaches, audit: ClockAudit, wake: Wake) {
    this.due = new Sweep(ClockSweep.name, EVERY_MS, async () => {
      const { told, more } = await correlated(null, () => withRetry(database, (tx) => breaches.mark(tx)));
      if (told > 0) wake.ring('relay');
      return more;
    });
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

  private get sweeps(): Sweep[] {
    return [this.due, this.stale, this.stuck, this.audit];
  }
}
