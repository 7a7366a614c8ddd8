import { Injectable } from '@nestjs/common';
import { Forgetting } from '#handoffs';
import { Sweep } from '#platform';

const EVERY_MS = 30_000;

/** Shows partners no longer what they were told and may keep no longer. */
@Injectable()
export class ForgettingSweep {
  private readonly sweep: Sweep;

  constructor(forgetting: Forgetting) {
    this.sweep = new Sweep(ForgettingSweep.name, EVERY_MS, () => forgetting.takeSome());
  }

  start(): void {
    this.sweep.start();
  }

  stop(): Promise<void> {
    return this.sweep.stop();
  }
}
