import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { correlated, Sweep, Wake, withRetry } from '#platform';
import { EscalationService } from '#sla';

const EVERY_MS = 1000;

/** Raises the rungs that were reached, and those above the ones nobody acknowledged. What was missed is made up for. */
@Injectable()
export class EscalationSweep {
  private readonly sweeps: Sweep[];

  constructor(database: DataSource, escalations: EscalationService, wake: Wake) {
    const sweep = (name: string, look: (tx: EntityManager) => Promise<{ done: boolean; more: boolean }>) =>
      new Sweep(name, EVERY_MS, async () => {
        const { done, more } = await correlated(null, () => withRetry(database, look));
        if (done) wake.ring('relay');
        return more;
      });
    this.sweeps = [
      sweep(EscalationSweep.name, (tx) => escalations.raise(tx)),
      sweep('UnheardEscalations', (tx) => escalations.climb(tx)),
    ];
  }

  start(): void {
    for (const sweep of this.sweeps) sweep.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.sweeps.map((sweep) => sweep.stop()));
  }
}
