import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PolicyTargets, TargetCalendar } from '#contracts';
import { countingBy, Timetables } from '../calendar/timetables.js';
import { targetsOf } from '../policies/policy.store.js';
import { LadderShelf } from '../ladder/ladder-shelf.js';
import { orNever } from '../ladder/or-never.js';
import { climbed, type Ladders } from '../ladder/ladder.rules.js';
import type { Counting, Ledger, Targets } from './clock.rules.js';
import type { Book } from './ledger.store.js';

const MINUTE_MS = 60_000;

/** Every minute counts. */
const ALWAYS: Counting = {
  between: (from, to) => Math.max(0, to - from) / MINUTE_MS,
  after: (from, minutes) => from + minutes * MINUTE_MS,
};

/** By which the clocks of cases are read. */
export interface Rules {
  /** Of the calendars as they are now. */
  revision: number;
  of: (policyVersionId: string | null) => Targets;
  ladders: Ladders;
  /** The clocks of a case, placed on their ladders. */
  climbed: (book: Book, ledger: Ledger, policyVersionId: string | null) => Ledger;
}

/** What versions of policies state, counted by the calendars as they are now. */
@Injectable()
export class RuleBook {
  constructor(
    private readonly timetables: Timetables,
    private readonly shelf: LadderShelf,
  ) {}

  /** @throws DomainError calendar.not_found */
  async of(tx: EntityManager, versionIds: (string | null)[]): Promise<Rules> {
    // First: what is edited after it is worked out anew, at worst once too often.
    const { revision, countings } = await this.calendars(tx);
    const stated = await targetsOf(tx, [...new Set(versionIds.filter((id) => id !== null))]);
    const ladders = await this.shelf.read(tx);
    const of = (versionId: string | null) =>
      countedBy(countings, versionId === null ? undefined : stated.get(versionId));
    return {
      revision,
      of,
      ladders,
      climbed: (book, ledger, versionId) =>
        climbed(ledger, book.ledger, book.now.queueId, ladders, orNever(of(versionId))),
    };
  }

  /** All calendars there are: a policy goes by some, what was agreed with a partner by any. */
  private async calendars(tx: EntityManager): Promise<{ revision: number; countings: Map<TargetCalendar, Counting> }> {
    const kept = await this.timetables.all(tx);
    const countings = new Map<TargetCalendar, Counting>([['always', ALWAYS]]);
    for (const { calendarId, isDefault, timetable } of kept) {
      const counting = countingBy(timetable);
      countings.set(calendarId, counting);
      if (isDefault) countings.set('house', counting);
    }
    return { revision: Math.max(0, ...kept.map(({ revision }) => revision)), countings };
  }

  /** How minutes are counted, by each of the calendars of these targets. */
  async countings(tx: EntityManager, stated: PolicyTargets[]): Promise<Map<TargetCalendar, Counting>> {
    const countings = new Map<TargetCalendar, Counting>([['always', ALWAYS]]);
    for (const { calendar } of stated.flatMap((targets) => Object.values(targets)))
      if (!countings.has(calendar))
        countings.set(
          calendar,
          countingBy((await this.timetables.of(tx, calendar === 'house' ? null : calendar)).timetable),
        );
    return countings;
  }
}

const countedBy = (countings: Map<TargetCalendar, Counting>, stated: PolicyTargets = {}): Targets => ({
  ...Object.fromEntries(
    Object.entries(stated).map(([metric, { minutes, calendar }]) => [
      metric,
      { minutes, counting: countings.get(calendar) ?? ALWAYS },
    ]),
  ),
  calendars: countings,
});
