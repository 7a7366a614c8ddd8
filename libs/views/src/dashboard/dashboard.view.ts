import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  AT_RISK_MINUTES,
  DashboardTile,
  type DashboardRow,
  type DashboardRows,
  type DashboardRowsQuery,
  type DashboardTiles,
  type TileHead,
} from '#contracts';
import { CLOCK, CONFIG, Lately, type Clock, type Config } from '#platform';
import { CASE_ROW, CASE_ROW_JOINS } from '../case-row.sql.js';
import { decodeCursor, FROM_MICROS, MICROS, paged } from '../cursor.js';
import { COUNT_CAP, COUNTED_TILES, FIGURES, KEPT_TILES, tileSources } from './dashboard.sql.js';

const MINUTE_MS = 60_000;
/** The first rows that a figure is shown with. */
const HEADS = 2;

/** So long the first rows are believed while no figure changes: who is worst may change without any. */
const HEADS_MS = 2000;
/** Of so many queues at most: whoever asks may name any. */
export const QUEUES_KEPT = 100;

interface Found {
  kept: Partial<Record<DashboardTile, number>> | null;
  counted: Partial<Record<DashboardTile, number>>;
  yesterday: number | null;
  next: string | null;
}
type Heads = Record<DashboardTile, TileHead[] | null>;
type Figures = Partial<Record<DashboardTile, number>>;

/** $1: now, $2: yesterday by the calendar of the house, $3: the queue. */
function figuresSql(oneQueue: boolean): string {
  const sources = tileSources('$1');
  const inQueue = oneQueue ? ' and l.queue_id = $3::uuid' : '';
  const counts = COUNTED_TILES.map((tile) => {
    const { from, counted, where } = sources[tile];
    const table = oneQueue ? from : (counted ?? from);
    return `'${tile}', (select count(*)::int from (select from ${table} where ${where}${inQueue} limit ${COUNT_CAP + 1}) x)`;
  });
  return `select json_build_object(
    'kept', (select json_object_agg(tile, count) from (select tile, sum(count)::int as count from ${FIGURES} f
      where ${oneQueue ? 'queue_id = $3::uuid' : '$3::uuid is null'} group by tile) t),
    'counted', json_build_object(${counts.join(', ')}),
    'yesterday', (select sum(count)::int from service_day where day = $2${oneQueue ? ' and queue_id = $3::uuid' : ''}),
    'next', (select iso(min(l.next_due_at)) from case_ledger l where not l.is_over
      and l.next_due_at > $1::timestamptz + interval '${AT_RISK_MINUTES} minutes')) as found`;
}

/** $1: now, $2: the queue. */
function headsSql(oneQueue: boolean): string {
  const sources = tileSources('$1');
  const heads = DashboardTile.options.map((tile) => {
    const { from, where, at, id, who } = sources[tile];
    return `'${tile}', (select json_agg(x) from (select c.id as "caseId", c.customer_name as customer, l.lacks, iso(${at}) as at, ${who} as who
      from ${from} where ${where}${oneQueue ? ' and l.queue_id = $2::uuid' : ' and $2::uuid is null'} order by ${at}, ${id} limit ${HEADS}) x)`;
  });
  return `select json_build_object(${heads.join(', ')}) as heads`;
}

const FIGURES_OF = { all: figuresSql(false), queue: figuresSql(true) };
const HEADS_OF = { all: headsSql(false), queue: headsSql(true) };

const ROWS = (tile: DashboardTile, oneQueue: boolean, after: boolean, limit: number): string => {
  const { from, where, at, id, who } = tileSources('$1')[tile];
  const conditions = [
    where,
    ...[oneQueue ? 'l.queue_id = $2::uuid' : '$2::uuid is null'],
    after ? `(${at}, ${id}) > (${FROM_MICROS('$3')}, $4::uuid)` : '$3::text is null and $4::text is null',
    '$1::timestamptz is not null',
  ];
  return `select json_build_object('id', ${id}, 'case', ${CASE_ROW}, 'at', iso(${at}), 'who', ${who}) as item, ${MICROS(at)} as at, ${id} as id
    from ${from} ${CASE_ROW_JOINS} where ${conditions.join(' and ')} order by ${at}, ${id} limit ${limit}`;
};

/** The figures a supervisor looks at, and exactly the rows behind each. */
@Injectable()
export class DashboardView {
  private readonly heads = new Lately<{ question: string; until: number; heads: Heads }>(QUEUES_KEPT);

  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @param queueId null: of all queues */
  async tiles(queueId: string | null): Promise<DashboardTiles> {
    const now = this.clock.now();
    const [row]: [{ found: Found }] = await this.database.query(FIGURES_OF[queueId ? 'queue' : 'all'], [
      ...[now, dayOf(new Date(now.getTime() - 1440 * MINUTE_MS), this.config.timeZone), queueId],
    ]);
    const { kept, counted, yesterday, next } = row.found;
    const figures: Figures = { ...counted, ...kept };
    const heads = await this.headsOf(queueId, figures, now);
    return {
      at: now.toISOString(),
      tiles: DashboardTile.options.map((tile) => {
        const count = figures[tile] ?? 0;
        const capped = !isKept(tile) && count > COUNT_CAP;
        return { tile, count: capped ? COUNT_CAP : count, capped, first: count > 0 ? (heads[tile] ?? []) : [] };
      }),
      yesterday,
      nextChangeAt: next && new Date(Date.parse(next) - AT_RISK_MINUTES * MINUTE_MS).toISOString(),
    };
  }

  /** The first rows of each figure, read again when any figure is another one, and every other second. */
  private async headsOf(queueId: string | null, figures: Figures, now: Date): Promise<Heads> {
    const [key, question] = [queueId ?? '', JSON.stringify(figures)];
    const known = this.heads.get(key);
    if (known?.question === question && performance.now() < known.until) return known.heads;
    const [{ heads }]: [{ heads: Heads }] = await this.database.query(HEADS_OF[queueId ? 'queue' : 'all'], [
      now,
      queueId,
    ]);
    this.heads.set(key, { question, until: performance.now() + HEADS_MS, heads });
    return heads;
  }

  /** The rows a figure counts: the worst first. */
  async rows({ tile, queueId, cursor, limit }: z.infer<typeof DashboardRowsQuery>): Promise<DashboardRows> {
    const after = decodeCursor(cursor);
    const rows: { item: DashboardRow; at: string; id: string }[] = await this.database.query(
      ROWS(tile, queueId !== undefined, after !== null, limit + 1),
      [this.clock.now(), queueId ?? null, after?.at ?? null, after?.id ?? null],
    );
    return paged(rows, limit);
  }
}

const isKept = (tile: DashboardTile): boolean => (KEPT_TILES as readonly DashboardTile[]).includes(tile);

/** The date on the calendar of the house. */
export const dayOf = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
