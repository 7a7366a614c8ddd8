import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type {
  LoanerDemand,
  LoanerDemandQuery,
  UnmetDemand,
  UnmetFileQuery,
  UnmetRow,
  UnmetRowPage,
  UnmetRowsQuery,
} from '#contracts';
import { CLOCK, type Clock } from '#platform';
import { decodeCursor, FROM_MICROS, MICROS, paged } from '../cursor.js';
import { visibleTo } from '../case-row.sql.js';
import type { Reader } from '../inbox.view.js';
import { BY, MODEL, OF_READER, STORE } from './loaner.sql.js';

const WEEK_MS = 7 * 86_400_000;
const WEEKS = 8;
/** Pairs of a store and a model; a chain has fewer that lack something. */
const MOST_PAIRS = 200;
const FILE_PORTION = 500;

/** What became of the wish `d` on the case `c`. */
const STATE = `case when exists (select from loan n where n.case_id = d.case_id and n.started_at > d.at) then 'lent'
  when c.is_open then 'waiting' else 'over' end`;

/** Wishes `d` of the period `$1` to `$2`, of the store `$3` if any, as far as `$4` sees. */
const UNMET = `d.outcome = 'none_available' and d.at >= $1 and d.at < $2 and ($3::uuid is null or d.store_id = $3) and ${OF_READER('$4', 'd')}`;

/** Of what is free elsewhere: of the model `u.model_id`, or of any. */
const SPARE = `(select coalesce(json_agg(json_build_object('store', ${STORE('o')}, 'free', f.free) order by f.free desc, o.name), '[]')
  from (select l.store_id, count(*)::int as free from loaner l where l.state = 'available' and l.store_id <> u.store_id
      and (u.model_id is null or l.model_id = u.model_id) group by 1) f join store o on o.id = f.store_id)`;

/** Where somebody wanted a loaner and there was none. */
@Injectable()
export class LoanerDemandView {
  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** By store and model, most often first, with the weeks it was in and who could spare some. */
  async counts(reader: Reader, query: LoanerDemandQuery): Promise<LoanerDemand> {
    const { from, to } = this.period(query);
    const rows: { item: UnmetDemand }[] = await this.database.query(
      `with unmet as (
         select d.store_id, d.model_id, d.at, to_char(date_trunc('week', d.at at time zone s.time_zone), 'YYYY-MM-DD') as week, (${STATE}) = 'waiting' as waits
         from loan_decision d join cases c on c.id = d.case_id join store s on s.id = d.store_id where ${UNMET}),
       u as (select store_id, model_id, count(*)::int as count, count(*) filter (where waits)::int as waiting, max(at) as last from unmet group by 1, 2)
       select json_build_object('store', ${STORE('s')}, 'model', case when m.id is not null then ${MODEL} end, 'count', u.count, 'waiting', u.waiting,
         'lastAt', iso(u.last), 'weeks', (select json_agg(json_build_object('week', w.week, 'count', w.count) order by w.week) from (select week, count(*)::int as count
            from unmet x where x.store_id = u.store_id and x.model_id is not distinct from u.model_id group by 1) w), 'spare', ${SPARE}) as item
       from u join store s on s.id = u.store_id left join loaner_model m on m.id = u.model_id order by u.waiting desc, u.count desc, s.name, u.last desc limit ${MOST_PAIRS}`,
      [from, to, query.storeId ?? null, reader.storeId],
    );
    return { from: from.toISOString(), to: to.toISOString(), items: rows.map(({ item }) => item) };
  }

  /** Each of them, newest first. @throws DomainError request.invalid */
  async rows(reader: Reader, query: UnmetRowsQuery): Promise<UnmetRowPage> {
    const { from, to } = this.period(query);
    const after = decodeCursor(query.cursor);
    const { storeId = null, modelId = null, state = null, limit } = query;
    const rows: { item: UnmetRow; at: string; id: string }[] = await this.database.query(
      `select json_build_object('id', d.id, 'at', iso(d.at), 'store', ${STORE('s')}, 'model', case when m.id is not null then ${MODEL} end,
         'case', json_build_object('id', c.id, 'reference', c.reference, 'customer', c.customer_name), 'reason', d.reason, 'by', ${BY('d')}, 'state', ${STATE}) as item,
         ${MICROS('d.at')} as at, d.id
       from loan_decision d join cases c on c.id = d.case_id join store s on s.id = d.store_id left join loaner_model m on m.id = d.model_id
       where ${UNMET} and ${visibleTo('$4')} and ($5::text is null or coalesce(d.model_id::text, 'any') = $5) and ($6::text is null or (${STATE}) = $6)
         and ($7::text is null or (d.at, d.id) < (${FROM_MICROS('$7')}, $8::uuid)) order by d.at desc, d.id desc limit $9`,
      [from, to, storeId, reader.storeId, modelId, state, after?.at ?? null, after?.id ?? null, limit + 1],
    );
    return paged(rows, limit);
  }

  /** All of them, a portion at a time. */
  async all(reader: Reader, query: UnmetFileQuery, hand: (rows: UnmetRow[]) => Promise<void>): Promise<void> {
    let cursor: string | undefined;
    do {
      const { items, nextCursor } = await this.rows(reader, { ...query, cursor, limit: FILE_PORTION });
      if (items.length > 0) await hand(items);
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  private period({ from, to }: LoanerDemandQuery): { from: Date; to: Date } {
    const until = to ? new Date(to) : new Date(this.clock.now().getTime() + 1);
    return { from: from ? new Date(from) : new Date(until.getTime() - WEEKS * WEEK_MS), to: until };
  }
}
