import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CaseView, type CasesQuery, type ViewCounts } from '#contracts';
import { plannedEachTime } from '#platform';
import { CASE_ROW, CASE_ROW_JOINS, theirs } from './case-row.sql.js';
import { decodeCursor, FROM_MICROS, MICROS, paged } from './cursor.js';
import {
  decodeDueCursor,
  dueCount,
  dueList,
  encodeDueCursor,
  inDueView,
  isDueView,
  type DueKey,
  type DueView,
} from './due-list.sql.js';
import { UNREAD_LINES } from './notification.sql.js';
import { ReadLine } from './read-line.js';
import { ALL, matching, type Bind } from './search.sql.js';

/** Who looks: their id, and the store their sight ends at (null: sees all cases). */
export interface Reader {
  id: string;
  storeId: string | null;
  /** Whether the customer of a case has proven so much that they may be told whole what names them; never, where it is left out. */
  readsWhole?: (caseId: string) => Promise<boolean>;
}

/** Counting stops here: "1,000+" says enough, and costs the same at a million cases. */
const COUNT_CAP = 1000;

const IN_VIEW: Record<Exclude<CaseView, DueView>, (me: string) => string> = {
  mine: (me) => `c.is_open and c.assignee_id = ${me}`,
  unassigned: () => 'c.is_open and c.assignee_id is null',
  open: () => 'c.is_open',
  failed: () => 'c.failed_sends > 0',
  closed: () => 'not c.is_open',
};

const inView = (view: CaseView, me: string): string => (isDueView(view) ? inDueView(view, me) : IN_VIEW[view](me));

/** What is due comes in that order, unless it is looked through for something else. */
const isDueList = ({ view, q, status, customerId, assigneeId, lacks }: CasesQuery): boolean =>
  isDueView(view) && !(q ?? status ?? customerId ?? assigneeId ?? lacks);

/** The lists of cases: newest word first, or what is due first; keyset pages, one partial index per view. */
@Injectable()
export class InboxView {
  constructor(
    private readonly database: DataSource,
    private readonly line: ReadLine,
  ) {}

  /** A CasePage (contracts) as JSON text: PostgreSQL has written the rows, nothing here reads them only to write them again. */
  async list(reader: Reader, query: CasesQuery): Promise<string> {
    if (isDueView(query.view) && isDueList(query)) return this.due(reader, query.view, query);
    const parameters: unknown[] = [];
    const bind = (value: unknown): string => `$${parameters.push(value)}`;
    const conditions = this.conditions(reader, query, bind).join(' and ') || ALL;
    const limit = query.limit + 1;
    const row = `${CASE_ROW}::text as item, ${MICROS('c.last_interaction_at')} as at, c.id`;
    const order = 'order by c.last_interaction_at desc, c.id desc';
    // The limit stands in the text: planned with an unknown one, PostgreSQL would prepare to read a tenth of all cases.
    const list = query.q
      ? plannedEachTime(
          `select ${row} from ${matching(query.q, { conditions, openAndClosed: openAndClosed(query), limit, bind })} h join cases c on c.id = h.id ${CASE_ROW_JOINS} ${order}`,
        )
      : planned(reader, `select ${row} from cases c ${CASE_ROW_JOINS} where ${conditions} ${order} limit ${limit}`);
    const read = async () => {
      const rows: { item: string; at: string; id: string }[] = await this.database.query(list, parameters);
      const { items, nextCursor } = paged(rows, query.limit);
      return `{"items":[${items.join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`;
    };
    // Who searches asks for something of their own that may take long: nobody is to stand in line behind it.
    return query.q ? read() : this.line.ask(JSON.stringify([list, parameters]), read);
  }

  /** The same of a list of what is due. */
  private due(reader: Reader, view: DueView, query: CasesQuery): Promise<string> {
    const parameters: unknown[] = [];
    const bind = (value: unknown): string => `$${parameters.push(value)}`;
    const after = decodeDueCursor(query.cursor);
    const me = view === 'next' ? bind(reader.id) : '';
    const wish = { view, me, storeId: reader.storeId, after, limit: query.limit + 1, bind };
    const list = planned(reader, dueList(wish));
    return this.line.ask(JSON.stringify([list, parameters]), async () => {
      const rows: (DueKey & { item: string | null })[] = await this.database.query(list, parameters);
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      const nextCursor = rows.length > query.limit && last ? encodeDueCursor(last) : null;
      const items = shown.flatMap(({ item }) => item ?? []);
      return `{"items":[${items.join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`;
    });
  }

  async counts(reader: Reader): Promise<ViewCounts> {
    const visibleIn = (caseId: string) => (reader.storeId === null ? '$2::text is null' : theirs('$2', caseId));
    const counts = CaseView.options
      .filter((view) => view !== 'closed')
      .map(
        (view) =>
          `select '${view}' as view, count(*)::int from (${isDueView(view) ? dueCount(view, '$1', visibleIn('l.case_id'), COUNT_CAP + 1) : `select from cases c where ${IN_VIEW[view]('$1')} and ${visibleIn('c.id')} limit ${COUNT_CAP + 1}`}) x where $1::uuid is not null`,
      );
    counts.push(`select 'notifications', u.count from (${UNREAD_LINES('$1', '$2')}) u`);
    const rows = await this.line.ask(
      JSON.stringify(['counts', reader.id, reader.storeId]),
      (): Promise<{ view: CaseView | 'notifications'; count: number }[]> =>
        this.database.query(planned(reader, counts.join(' union all ')), [reader.id, reader.storeId]),
    );
    const isView = (row: { view: string; count: number }): row is { view: CaseView; count: number } =>
      row.view !== 'notifications';
    return {
      notifications: rows.find(({ view }) => view === 'notifications')?.count ?? 0,
      counts: rows
        .filter(isView)
        .map(({ view, count }) => ({ view, count: Math.min(count, COUNT_CAP), capped: count > COUNT_CAP })),
    };
  }

  private conditions(reader: Reader, query: CasesQuery, bind: Bind): string[] {
    const conditions: string[] = [];
    if (reader.storeId !== null) conditions.push(theirs(bind(reader.storeId)));
    if (query.view)
      conditions.push(inView(query.view, query.view === 'mine' || query.view === 'next' ? bind(reader.id) : ''));
    if (query.status) conditions.push(`c.status = ${bind(query.status)}`);
    if (query.customerId) conditions.push(`c.customer_id = ${bind(query.customerId)}`);
    if (query.assigneeId) conditions.push(`c.assignee_id = ${bind(query.assigneeId)} and c.is_open`);
    if (query.lacks) conditions.push(`c.is_open and c.lacks <> '{}' and c.lacks @> array[${bind(query.lacks)}]`);
    const after = decodeCursor(query.cursor);
    if (after)
      conditions.push(`(c.last_interaction_at, c.id) < (${FROM_MICROS(bind(after.at))}, ${bind(after.id)}::uuid)`);
    return conditions;
  }
}

/** One store has ten cases, another ten thousand: one plan for all of them suits none. */
const planned = (reader: Reader, sql: string): string => (reader.storeId === null ? sql : plannedEachTime(sql));

/** Whether what is asked for may be open or closed, and so many that it matters. */
const openAndClosed = ({ view, assigneeId, lacks, customerId }: CasesQuery): boolean =>
  !(view ?? assigneeId ?? lacks ?? customerId);
