import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Loaner, LoanerHistory, LoanerModel, LoanerMove, LoanersQuery, SearchHit, StoreLoaners } from '#contracts';
import { CLOCK, DomainError, type Clock } from '#platform';
import type { Reader } from '../inbox.view.js';
import { BY, LOANER, LOANER_FROM, OF_READER, STORE } from './loaner.sql.js';

const DAY_MS = 86_400_000;
const UNMET_DAYS = 30;
/** Of one loaner so much of what became of it is told. */
const MOST_MOVES = 100;
/** A store has fewer; a board that showed more would be none. */
const MOST_ON_BOARD = 400;

interface LoanerList {
  items: Loaner[];
  nextCursor: string | null;
}

/** The phones there are to lend, and where they are. */
@Injectable()
export class LoanerView {
  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Page by page, in the order they were added. */
  async list(reader: Reader, { storeId, state, modelId, cursor, limit }: LoanersQuery): Promise<LoanerList> {
    if (cursor !== undefined && !/^[0-9a-f-]{36}$/u.test(cursor))
      throw new DomainError('request.invalid', [{ path: 'cursor', message: 'is not a cursor of ours' }]);
    const rows: { item: Loaner }[] = await this.database.query(
      `select ${LOANER('$1', '$2')} as item from ${LOANER_FROM} where ${OF_READER('$2')} and ($3::uuid is null or l.store_id = $3)
         and ($4::text is null or l.state = $4) and ($5::uuid is null or l.model_id = $5) and ($6::uuid is null or l.id > $6) order by l.id limit $7`,
      [this.clock.now(), reader.storeId, storeId ?? null, state ?? null, modelId ?? null, cursor ?? null, limit + 1],
    );
    const items = rows.slice(0, limit).map(({ item }) => item);
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** @throws DomainError loaner.not_found */
  async one(tx: EntityManager, reader: Reader, id: string): Promise<LoanerHistory> {
    const rows: { item: Loaner }[] = await tx.query(
      `select ${LOANER('$1', '$2')} as item from ${LOANER_FROM} where l.id = $3 and (${OF_READER('$2')}
         or exists (select from loaner_transfer t where t.loaner_id = l.id and t.received_at is null and t.to_store = any(string_to_array($2, ',')::uuid[])))`,
      [this.clock.now(), reader.storeId, id],
    );
    if (!rows[0]) throw new DomainError('loaner.not_found');
    const moves: { item: LoanerMove }[] = await tx.query(
      `select json_build_object('from', v.from_state, 'to', v.to_state, 'store', ${STORE('s')}, 'reason', v.reason, 'loanId', v.loan_id, 'by', ${BY('v')}, 'at', iso(v.at)) as item
       from loaner_move v join store s on s.id = v.store_id where v.loaner_id = $1 order by v.at desc, v.id desc limit ${MOST_MOVES}`,
      [id],
    );
    return { ...rows[0].item, moves: moves.map(({ item }) => item) };
  }

  /** All a store has, and what is on its way to it. @throws DomainError store.not_found */
  async board(reader: Reader, storeId: string): Promise<StoreLoaners> {
    const now = this.clock.now();
    const [row]: [{ found: StoreLoaners | null }] = await this.database.query(
      `select (select json_build_object('store', ${STORE('b')},
         'items', (select coalesce(json_agg(x.item order by x.label), '[]') from (select ${LOANER('$2', '$3')} as item, l.label from ${LOANER_FROM}
            where l.store_id = b.id and l.state not in ('retired', 'lost') order by l.label limit ${MOST_ON_BOARD}) x),
         'coming', (select coalesce(json_agg(${LOANER('$2', '$3')} order by t.sent_at), '[]') from loaner_transfer t join ${LOANER_FROM} on l.id = t.loaner_id
            where t.to_store = b.id and t.received_at is null and t.lost_at is null),
         'unmet', (select count(*)::int from loan_decision d where d.outcome = 'none_available' and d.store_id = b.id and d.at > $4))
       from store b where b.id = $1 and ($3::text is null or b.id = any(string_to_array($3, ',')::uuid[]))) as found`,
      [storeId, now, reader.storeId, new Date(now.getTime() - UNMET_DAYS * DAY_MS)],
    );
    if (!row.found) throw new DomainError('store.not_found');
    return row.found;
  }

  async models(): Promise<LoanerModel[]> {
    const rows: { item: LoanerModel }[] = await this.database.query(
      `select json_build_object('id', m.id, 'brand', m.brand, 'name', m.name, 'os', m.os, 'sims', m.sims, 'retired', m.retired_at is not null,
         'loaners', (select count(*)::int from loaner l where l.model_id = m.id and l.state not in ('lost', 'retired'))) as item
       from loaner_model m order by m.retired_at is not null, lower(m.brand), lower(m.name)`,
    );
    return rows.map(({ item }) => item);
  }

  /** By label or IMEI, just as it is written; each leads to the case it is lent on. */
  async find(reader: Reader, q: string, limit: number): Promise<SearchHit[]> {
    const [label, imei] = [q.trim().toLowerCase(), q.replace(/[\s.\-/]/gu, '')];
    const rows: { item: Loaner }[] = await this.database.query(
      `select ${LOANER('$1', '$2')} as item from ${LOANER_FROM} where ${OF_READER('$2')} and (lower(l.label) = $3 or l.imei = $4) order by l.id limit $5`,
      [this.clock.now(), reader.storeId, label, imei, limit],
    );
    return rows.map(({ item: { id, model, label: name, store, state, loan } }) => ({
      kind: 'loaner',
      id,
      title: `${model.brand} ${model.name} · ${name}`,
      text: [store.name, loan?.customer ?? state].join(' · '),
      caseId: loan?.caseId ?? null,
      reference: loan?.reference ?? null,
      at: null,
    }));
  }
}
