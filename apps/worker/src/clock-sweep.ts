import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { correlated, Sweep, Wake, withRetry } from '#platform';
import { ClockService } from '#sla';

const EVERY_MS = 500;
const RETRY_MS = 30_000;

/** Says what is late, and tries again what could not be read. */
@Injectable()
export class ClockSweep {
  private readonly due: Sweep;
  private readonly stuck: Sweep;

  constructor(database: DataSource, clocks: ClockService, wake: Wake) {
    this.due = new Sweep(ClockSweep.name, EVERY_MS, async () => {
      const { told, more } = await correlated(null, () => withRetry(database, (tx) => clocks.breach(tx)));
      if (told > 0) wake.ring('relay');
      return more;
    });
    this.stuck = new Sweep('StuckClocks', RETRY_MS, async () => {
      await withRetry(database, (tx) => clocks.retry(tx));
      return false;
    });
  }

  start(): void {
    this.due.start();
    this.stuck.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.due.stop(), this.stuck.stop()]);
  }
}
