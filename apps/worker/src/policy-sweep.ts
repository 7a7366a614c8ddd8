import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { correlated, Sweep, Wake } from '#platform';
import { PolicyReapplies } from '#sla';

const EVERY_MS = 2000;

/** Gives policies to cases that run already, a portion at a time, also where a crash has cut it short. */
@Injectable()
export class PolicySweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly sweep: Sweep;

  constructor(reapplies: PolicyReapplies, wake: Wake) {
    this.sweep = new Sweep(PolicySweep.name, EVERY_MS, async () => {
      const more = await correlated(null, () => reapplies.takeSome());
      if (more) wake.ring('relay');
      return more;
    });
    wake.on('policies', () => this.sweep.poke());
  }

  onApplicationBootstrap(): void {
    this.sweep.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.sweep.stop();
  }
}
