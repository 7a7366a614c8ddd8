import { Injectable } from '@nestjs/common';
import { QuietCheck } from '#cases';
import { Sweep } from '#platform';

const EVERY_MS = 5000;

/** Asks customers of restored cases whether all is well, and closes those who have nothing to say. */
@Injectable()
export class ClosingSweep {
  private readonly sweep: Sweep;

  constructor(quiet: QuietCheck) {
    this.sweep = new Sweep(ClosingSweep.name, EVERY_MS, () => quiet.run());
  }

  start(): void {
    this.sweep.start();
  }

  stop(): Promise<void> {
    return this.sweep.stop();
  }
}
