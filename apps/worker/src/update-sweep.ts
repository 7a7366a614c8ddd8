import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { MassUpdateRun } from '#cases';
import { correlated, Sweep, Wake } from '#platform';

const EVERY_MS = 1000;

/** Writes what is told to all customers of an incident, some at a time, and takes back what was stopped. */
@Injectable()
export class UpdateSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly sweep: Sweep;

  constructor(updates: MassUpdateRun, wake: Wake) {
    this.sweep = new Sweep(UpdateSweep.name, EVERY_MS, () => correlated(null, () => updates.run()));
    wake.on('updates', () => this.sweep.poke());
  }

  onApplicationBootstrap(): void {
    this.sweep.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.sweep.stop();
  }
}
