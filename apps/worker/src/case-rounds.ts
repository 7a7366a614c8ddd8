import { Injectable } from '@nestjs/common';
import { ClosingSweep } from './closing-sweep.js';
import { ForgettingSweep } from './forgetting-sweep.js';
import { HandoffSweep } from './handoff-sweep.js';
import { LoanSweep } from './loan-sweep.js';
import { RepairSweep } from './repair-sweep.js';

/** What is looked at of cases because its time has come, beside their clocks. */
@Injectable()
export class CaseRounds {
  private readonly all: { start: () => void; stop: () => Promise<void> }[];

  constructor(
    closing: ClosingSweep,
    loans: LoanSweep,
    repairs: RepairSweep,
    handoffs: HandoffSweep,
    forgetting: ForgettingSweep,
  ) {
    this.all = [closing, loans, repairs, handoffs, forgetting];
  }

  start(): void {
    for (const round of this.all) round.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map((round) => round.stop()));
  }
}
