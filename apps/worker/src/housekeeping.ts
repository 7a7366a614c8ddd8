import { Injectable } from '@nestjs/common';
import { Doors, PassingFiles } from '#cases';
import { SessionService } from '#identity';
import { Sweep } from '#platform';

const EVERY_MS = 3_600_000;

/** Forgets what has run out. */
@Injectable()
export class Housekeeping {
  private readonly sweep: Sweep;

  constructor(sessions: SessionService, doors: Doors, files: PassingFiles) {
    this.sweep = new Sweep(Housekeeping.name, EVERY_MS, async () => {
      await sessions.sweepExpired();
      await doors.sweep();
      return files.sweep();
    });
  }

  start(): void {
    this.sweep.start();
  }

  stop(): Promise<void> {
    return this.sweep.stop();
  }
}
