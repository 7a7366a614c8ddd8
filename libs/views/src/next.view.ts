import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CaseRow, Upcoming } from '#contracts';
import { CASE_ROW, CASE_ROW_JOINS, theirs } from './case-row.sql.js';
import { waitingList, type DueKey } from './due-list.sql.js';
import type { Reader } from './inbox.view.js';

/** Most who take something take one of the first; the others are read when these are gone. */
const PAGE = 64;

const UPCOMING = `json_build_object('id', c.id, 'reference', c.reference, 'dueAt', iso(l.next_due_at)`;

/** What somebody could take up next. */
@Injectable()
export class NextView {
  /** Cases nobody has that the reader could take, most urgent first, page after page as they are asked for. */
  async *waiting(tx: EntityManager, reader: Reader): AsyncGenerator<string[]> {
    for (let after: DueKey | null = null; ;) {
      const parameters: unknown[] = [];
      const bind = (value: unknown): string => `$${parameters.push(value)}`;
      const list = waitingList({ me: bind(reader.id), storeId: reader.storeId, after, limit: PAGE, bind });
      const rows: DueKey[] = await tx.query(list, parameters);
      if (rows.length > 0) yield rows.map(({ id }) => id);
      after = rows.at(-1) ?? null;
      if (rows.length < PAGE) return;
    }
  }

  /** The nearest due time to come of the reader's own cases, else of any they may see. */
  async upcoming(tx: EntityManager, reader: Reader, now: Date): Promise<Upcoming | null> {
    const mine: { item: Upcoming }[] = await tx.query(
      `select ${UPCOMING}, 'mine', true) as item from case_ledger l join cases c on c.id = l.case_id
       where l.assignee_id = $1 and not l.is_over and due_minute(l.next_due_at) >= due_minute($2::timestamptz) and l.next_due_at is not null
       order by due_minute(l.next_due_at), l.impact_rank, l.tier_rank, l.case_id limit 1`,
      [reader.id, now],
    );
    if (mine[0]) return mine[0].item;
    const rows: { item: Upcoming }[] = await tx.query(
      `select json_build_object('id', c.id, 'reference', c.reference, 'dueAt', iso(k.due_at), 'mine', false) as item
       from clock k join cases c on c.id = k.case_id
       where k.met_at is null and k.ended_at is null and k.breached_at is null and k.due_at >= $1 and k.side = 'customer' and c.is_open
         ${reader.storeId === null ? '' : `and ${theirs('$2', 'k.case_id')}`}
       order by k.due_at limit 1`,
      [now, ...(reader.storeId === null ? [] : [reader.storeId])],
    );
    return rows[0]?.item ?? null;
  }

  /** One row, as lists have it. */
  async row(tx: EntityManager, caseId: string): Promise<CaseRow> {
    const rows: { item: CaseRow }[] = await tx.query(
      `select ${CASE_ROW} as item from cases c ${CASE_ROW_JOINS} where c.id = $1`,
      [caseId],
    );
    if (!rows[0]) throw new Error(`no case ${caseId}`);
    return rows[0].item;
  }
}
