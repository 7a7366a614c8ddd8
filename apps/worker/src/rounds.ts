import { Injectable } from '@nestjs/common';
import { Canary } from '#channels';
import { CaseRounds } from './case-rounds.js';
import { ClockRounds } from './clock-rounds.js';
import { DashboardSweep } from './dashboard-sweep.js';
import { Housekeeping } from './housekeeping.js';
import { NotificationSweep } from './notification-sweep.js';

/** What is looked at again and again, whatever happens. */
@Injectable()
export class Rounds {
  constructor(
    private readonly clocks: ClockRounds,
    private readonly cases: CaseRounds,
    private readonly housekeeping: Housekeeping,
    private readonly canary: Canary,
    private readonly dashboard: DashboardSweep,
    private readonly notifications: NotificationSweep,
  ) {}

  start(): void {
    for (const round of this.all) round.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map((round) => round.stop()));
  }

  private get all() {
    return [this.clocks, this.cases, this.housekeeping, this.canary, this.dashboard, this.notifications];
  }
}
