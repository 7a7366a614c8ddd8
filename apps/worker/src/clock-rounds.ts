import { Injectable } from '@nestjs/common';
import { ClockSweep } from './clock-sweep.js';
import { EscalationSweep } from './escalation-sweep.js';

/** Clocks, and the ladders they climb. */
@Injectable()
export class ClockRounds {
  constructor(
    private readonly clocks: ClockSweep,
    private readonly escalations: EscalationSweep,
  ) {}

  start(): void {
    this.clocks.start();
    this.escalations.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.clocks.stop(), this.escalations.stop()]);
  }
}
