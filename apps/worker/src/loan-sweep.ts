import { Injectable } from '@nestjs/common';
import { LoanRounds } from '#loaners';
import { Sweep } from '#platform';

const EVERY_MS = 5000;

/** Gives up what nobody came for, and asks for what should be back. */
@Injectable()
export class LoanSweep {
  private readonly sweep: Sweep;

  constructor(rounds: LoanRounds) {
    this.sweep = new Sweep(LoanSweep.name, EVERY_MS, () => rounds.run());
  }

  start(): void {
    this.sweep.start();
  }

  stop(): Promise<void> {
    return this.sweep.stop();
  }
}
