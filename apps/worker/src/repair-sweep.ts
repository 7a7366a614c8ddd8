import { Injectable } from '@nestjs/common';
import { Sweep, Wake } from '#platform';
import { PromisedReturns, QuoteRounds } from '#repairs';

const EVERY_MS = 5000;

/** Reminds customers of quotes that run out, ends those, and tells them of days of return that have moved. */
@Injectable()
export class RepairSweep {
  private readonly sweep: Sweep;

  constructor(quotes: QuoteRounds, returns: PromisedReturns, wake: Wake) {
    this.sweep = new Sweep(RepairSweep.name, EVERY_MS, async () => {
      const [more, moreToTell] = [await quotes.run(), await returns.tell()];
      // What was said leaves now, not with the next look.
      wake.ring('relay');
      return more || moreToTell;
    });
  }

  start(): void {
    this.sweep.start();
  }

  stop(): Promise<void> {
    return this.sweep.stop();
  }
}
