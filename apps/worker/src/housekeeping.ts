import { Injectable } from '@nestjs/common';
import { Doors, PassingFiles } from '#cases';
import { SessionService } from '#identity';
import { NotificationBook } from '#notifications';
import { Sweep } from '#platform';

const EVERY_MS = 3_600_000;

/** Forgets what has run out. */
@Injectable()
export class Housekeeping {
  private readonly sweep: Sweep;

  constructor(sessions: SessionService, doors: Doors, files: PassingFiles, told: NotificationBook) {
    this.sweep = new Sweep(Housekeeping.name, EVERY_MS, async () => {
      await sessions.sweepExpired();
      await doors.sweep();
      const more = await told.sweep();
      return (await files.sweep()) || more;
    });
  }

  start(): void {
    this.sweep.start();
  }

  stop(): Promise<void> {
    return this.sweep.stop();
  }
}
