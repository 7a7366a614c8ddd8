import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CaseView, type CasesQuery, type ViewCounts } from '#contracts';
import { plannedEachTime } from '#platform';
import { CASE_ROW, CASE_ROW_JOINS, visibleTo } from './case-row.sql.js';
import { decodeCursor, FROM_MICROS, MICROS, paged } from './cursor.js';

/** Who looks: their id, and the store their sight ends at (null: sees all cases). */
export interface Reader {
  id: string;
  storeId: string | null;
}

/** Counting stops here: "1,000+" says enough, and costs the same at a million cases. */
const COUNT_CAP = 1000;

const IN_VIEW: Record<CaseView, (me: string) => string> = {
  mine: (me) => `c.is_open and c.assignee_id = ${me}`,
  unassigned: () => 'c.is_open and c.assignee_id is null',
  open: () => 'c.is_open',
  failed: () => 'c.failed_sends > 0',
  closed: () => 'not c.is_open',
};

/** The lists of cases: newest word first, keyset pages, one partial index per view. */
@Injectable()
export class InboxView {
  constructor(private readonly database: DataSource) {}

  /** A CasePage (contracts) as JSON text: PostgreSQL has written the rows, nothing here reads them only to write them again. */
  async list(reader: Reader, query: CasesQuery): Promise<string> {
    const parameters: unknown[] = [];
    const bind = (value: unknown): string => `$${parameters.push(value)}`;
    const conditions = this.conditions(reader, query, bind);
    // The limit stands in the text: planned with an unknown one, PostgreSQL would prepare to read a tenth of all cases.
    const list = `select ${CASE_ROW}::text as item, ${MICROS('c.last_interaction_at')} as at, c.id from cases c ${CASE_ROW_JOINS}
       where ${conditions.join(' and ')} order by c.last_interaction_at desc, c.id desc limit ${query.limit + 1}`;
    const rows: { item: string; at: string; id: string }[] = await this.database.query(
      query.q ? plannedEachTime(list) : list,
      parameters,
    );
    const { items, nextCursor } = paged(rows, query.limit);
    return `{"items":[${items.join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`;
  }

  async counts(reader: Reader): Promise<ViewCounts> {
    const counts = CaseView.options
      .filter((view) => view !== 'closed')
      .map(
        (view) =>
          `select '${view}' as view, count(*)::int from (select from cases c where ${IN_VIEW[view]('$1')} and ${visibleTo('$2')} and $1::uuid is not null limit ${COUNT_CAP + 1}) x`,
      );
    const rows: { view: CaseView; count: number }[] = await this.database.query(counts.join(' union all '), [
      reader.id,
      reader.storeId,
    ]);
    return {
      counts: rows.map(({ view, count }) => ({ view, count: Math.min(count, COUNT_CAP), capped: count > COUNT_CAP })),
    };
  }

  private conditions(reader: Reader, query: CasesQuery, bind: (value: unknown) => string): string[] {
    const conditions = ['true'];
    if (reader.storeId !== null) conditions.push(visibleTo(bind(reader.storeId)));
    if (query.view) conditions.push(IN_VIEW[query.view](query.view === 'mine' ? bind(reader.id) : ''));
    if (query.status) conditions.push(`c.status = ${bind(query.status)}`);
    if (query.customerId) conditions.push(`c.customer_id = ${bind(query.customerId)}`);
    if (query.assigneeId) conditions.push(`c.assignee_id = ${bind(query.assigneeId)} and c.is_open`);
    if (query.lacks) conditions.push(`c.is_open and c.lacks <> '{}' and c.lacks @> array[${bind(query.lacks)}]`);
    if (query.q) conditions.push(matches(bind(query.q)));
    const after = decodeCursor(query.cursor);
    if (after)
      conditions.push(`(c.last_interaction_at, c.id) < (${FROM_MICROS(bind(after.at))}, ${bind(after.id)}::uuid)`);
    return conditions;
  }
}

/** Words in what was said (at most the 1,000 newest hits are sorted), a name, an address or a reference. */
const matches = (q: string): string => `c.id in (
  (select i.case_id from interaction i where i.search @@ websearch_to_tsquery('spanish', fold(${q})) order by i.id desc limit 1000)
  union (select k.id from cases k join customer cu on cu.id = k.customer_id where fold(cu.display_name) like fold(regexp_replace(${q}, '([\\\\%_])', '\\\\\\1', 'g')) || '%' limit 200)
  union (select k.id from cases k join contact_point p on p.customer_id = k.customer_id
    where p.value in (lower(${q}), regexp_replace(${q}, '[\\s()-]', '', 'g'), '+34' || regexp_replace(${q}, '[\\s()-]', '', 'g')) or p.handle = lower(ltrim(${q}, '@')) limit 200)
  union (select k.id from cases k where k.reference = upper(${q})))`;
