import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { TargetCalendar } from '#contracts';
import { CountedTime, type After, type MinuteCounter } from '#cases';
import { dueAt } from './calendar.rules.js';
import { MINUTE_MS } from './hours.rules.js';
import { Timetables } from './timetables.js';

const ALWAYS: After = (since, minutes) => new Date(since.getTime() + minutes * MINUTE_MS);

/** Counts the minutes of what other rooms have agreed on, as clocks count them. */
@Injectable()
export class CalendarMinutes implements MinuteCounter, OnModuleInit {
  constructor(
    private readonly counted: CountedTime,
    private readonly timetables: Timetables,
  ) {}

  onModuleInit(): void {
    this.counted.use(this);
  }

  revision(tx: EntityManager): Promise<number> {
    return this.timetables.revision(tx);
  }

  async by(tx: EntityManager, calendar: TargetCalendar): Promise<After> {
    if (calendar === 'always') return ALWAYS;
    const { timetable } = await this.timetables.of(tx, calendar === 'house' ? null : calendar);
    return (since, minutes) => {
      const due = dueAt(timetable, since.getTime(), minutes);
      return due === null ? null : new Date(due);
    };
  }
}
