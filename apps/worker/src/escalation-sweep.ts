import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { correlated, Sweep, Wake, withRetry } from '#platform';
import { EscalationService } from '#sla';
import { ClockSweep } from './clock-sweep.js';
import { inLanes } from './in-lanes.js';

const EVERY_MS = 500;

/**
 * Raises the rungs that were reached, and those above the ones nobody acknowledged. What was missed is made up for. First it is
 * told what is late, then what follows from it: side by side both would take as long as they take together.
 */
@Injectable()
export class EscalationSweep {
  private readonly sweeps: Sweep[];

  constructor(
    private readonly database: DataSource,
    escalations: EscalationService,
    private readonly clocks: ClockSweep,
    private readonly wake: Wake,
  ) {
    const reached = inLanes(EscalationSweep.name, EVERY_MS, (lane) => this.look((tx) => escalations.raise(tx, lane)));
    const unheard = new Sweep('UnheardEscalations', EVERY_MS, () => this.look((tx) => escalations.climb(tx)));
    this.sweeps = [...reached, unheard];
    wake.on('ladders', () => {
      for (const sweep of reached) sweep.poke();
    });
  }

  start(): void {
    for (const sweep of this.sweeps) sweep.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.sweeps.map((sweep) => sweep.stop()));
  }

  private async look(work: (tx: EntityManager) => Promise<{ done: boolean; more: boolean }>): Promise<boolean> {
    if (this.clocks.isBusy) return false;
    const { done, more } = await correlated(null, () => withRetry(this.database, work));
    if (done) this.wake.ring('relay');
    return more;
  }
}
