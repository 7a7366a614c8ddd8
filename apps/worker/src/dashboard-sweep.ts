import { Injectable } from '@nestjs/common';
import { Sweep } from '#platform';
import { DashboardCounters } from '#sla';

const FOLD_MS = 1000;
const NIGHT_MS = 60_000;

/** Keeps the figures of the dashboard small to read, and true. */
@Injectable()
export class DashboardSweep {
  private readonly sweeps: Sweep[];

  constructor(counters: DashboardCounters) {
    this.sweeps = [
      new Sweep('DashboardFold', FOLD_MS, () => counters.fold()),
      new Sweep('DashboardNight', NIGHT_MS, async () => {
        await counters.nightly();
        return false;
      }),
    ];
  }

  start(): void {
    for (const sweep of this.sweeps) sweep.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.sweeps.map((sweep) => sweep.stop()));
  }
}
