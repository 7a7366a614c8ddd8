import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { TargetCalendar } from '#contracts';

/** When so many minutes have counted since then; null: so many never come, mostly because it never opens again. */
export type After = (since: Date, minutes: number) => Date | null;

export interface MinuteCounter {
  /** Rises when other minutes count: what was worked out by a lower one is worked out again. */
  revision(tx: EntityManager): Promise<number>;
  /** @throws DomainError calendar.not_found */
  by(tx: EntityManager, calendar: TargetCalendar): Promise<After>;
}

/** Where rooms that agree on times ask when they are over: they know no calendars. Who keeps them tells of itself as it starts. */
@Injectable()
export class CountedTime implements MinuteCounter {
  private counter: MinuteCounter | null = null;

  use(counter: MinuteCounter): void {
    this.counter = counter;
  }

  revision(tx: EntityManager): Promise<number> {
    return this.kept.revision(tx);
  }

  by(tx: EntityManager, calendar: TargetCalendar): Promise<After> {
    return this.kept.by(tx, calendar);
  }

  private get kept(): MinuteCounter {
    if (!this.counter) throw new Error('nobody keeps calendars in this process');
    return this.counter;
  }
}
