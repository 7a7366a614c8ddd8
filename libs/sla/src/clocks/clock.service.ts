import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Timetables } from '../calendar/timetables.js';
import { ClockReader } from './clock-reader.js';
import { closeBooks, openBooks } from './ledger.store.js';
import { eachThatCan } from './stuck.js';

/** Cases whose clocks are looked at in one transaction. */
const PORTION = 200;

/** Keeps the clocks of cases: reads what happened, and works out anew what goes by other minutes. */
@Injectable()
export class ClockService {
  constructor(
    private readonly timetables: Timetables,
    private readonly reader: ClockReader,
  ) {}

  /**
   * Reads on in what happened in these cases. Again changes nothing, whoever else reads them at the same time. A case that
   * cannot be read is marked and looked at again by `retry`.
   */
  advance(tx: EntityManager, caseIds: string[]): Promise<void> {
    return eachThatCan(tx, caseIds.toSorted(), async (ids) => {
      const books = (await openBooks(tx, ids)).filter(({ events }) => events.length > 0);
      await closeBooks(tx, await this.reader.readOn(tx, books));
    });
  }

  /** Once more those that could not be read, by chance: those that never can keep no other from its turn. */
  async retry(tx: EntityManager): Promise<void> {
    const stuck: { id: string }[] = await tx.query(
      'select case_id as id from case_ledger where stuck is not null order by random() limit $1',
      [PORTION],
    );
    await this.advance(
      tx,
      stuck.map(({ id }) => id),
    );
  }

  /**
   * Works out anew what goes by a calendar that has been edited since.
   * @returns true when there may be more
   */
  async rework(tx: EntityManager): Promise<boolean> {
    const stale: { id: string }[] = await tx.query(
      `select case_id as id from case_ledger where not is_over and stuck is null and calendar_revision < $1 order by calendar_revision limit $2
       for update skip locked`,
      [await this.timetables.revision(tx), PORTION],
    );
    await eachThatCan(
      tx,
      stale.map(({ id }) => id),
      async (ids) => closeBooks(tx, await this.reader.rework(tx, await openBooks(tx, ids)), false),
    );
    return stale.length === PORTION;
  }
}
