import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  AnalysisMetric,
  METRIC_WORDS,
  METRICS,
  type Analysis,
  type AnalysisCard,
  type AnalysisQuery,
  type CellFigure,
  type Channel,
  type DayFigure,
  type MetricRow,
  type MetricRowPage,
  type MetricRowsQuery,
  type Figure,
  type GroupFigure,
  type Language,
  type MetricDetail,
  type MetricQuery,
} from '#contracts';
import { CLOCK, CONFIG, DomainError, plannedEachTime, sqlState, type Clock, type Config } from '#platform';
import { decodeCursor, paged } from '../cursor.js';
import { cardSql, currenciesSql, detailSql, rowsSql } from './figures.sql.js';
import { spanOf, type Span } from './period.js';
import { Turns } from './turns.js';

/** Who asks, for whom it is put in words. */
export interface Analyst {
  id: string;
  language: Language;
}

type Filters = Pick<AnalysisQuery, 'from' | 'to' | 'channel' | 'queueId' | 'currency'>;

/** A statement that takes longer is given up: who works on cases comes first. */
const PATIENCE_MS = 8_000;
/** What a query is cancelled with when it takes too long. */
const CANCELLED = '57014';
/** Of a file, read at once. */
const PORTION = 1_000;
/** Nor may all of a file take longer than this. */
const FILE_MS = 60_000;

interface CardRow {
  isNow: boolean;
  day: string | null;
  figure: Figure;
}

interface DetailRow {
  part: 'now' | 'before' | 'days' | 'cells' | 'groups';
  key: string | null;
  day: string;
  name: string | null;
  figure: Figure;
}

/** How customers fared in a period. Cards, tables, rows and files of a metric are made of the rows of one definition. */
@Injectable()
export class AnalysisView {
  private readonly turns = new Turns();

  constructor(
    private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Metrics with their cards. @throws DomainError analysis.too_slow, analysis.busy */
  overview(analyst: Analyst, query: AnalysisQuery): Promise<Analysis> {
    return this.reading(analyst, query, async (tx, span) => {
      const cards: AnalysisCard[] = [];
      for (const metric of query.metrics ?? AnalysisMetric.options) {
        const currency = await currencyOf(tx, metric, query);
        const rows: CardRow[] = await tx.query(plannedEachTime(cardSql(metric)), [
          ...parametersOf({ ...span, from: span.before }, query, currency),
          span.from,
        ]);
        cards.push({
          ...natureOf(metric, analyst.language, currency),
          now: figureOf(metric, rows.find(({ isNow, day }) => isNow && day === null)?.figure),
          before: beforeOf(metric, rows.find(({ isNow, day }) => !isNow && day === null)?.figure),
          days: rows.flatMap(({ isNow, day, figure }) => (isNow && day !== null ? [{ day, ...figure }] : [])),
        });
      }
      return { period: span.period, timeZone: span.timeZone, cards };
    });
  }

  /** One metric by day, by channel and day, and by a group. @throws DomainError analysis.too_slow, analysis.busy */
  detail(analyst: Analyst, metric: AnalysisMetric, query: MetricQuery): Promise<MetricDetail> {
    return this.reading(analyst, query, async (tx, span) => {
      const currency = await currencyOf(tx, metric, query);
      const currencies: { currency: string }[] =
        currency === null ? [] : await tx.query(currenciesSql(metric), daysOf(span));
      const rows: DetailRow[] = await tx.query(plannedEachTime(detailSql(metric, query.group)), [
        ...parametersOf({ ...span, from: span.before }, query, currency),
        span.from,
      ]);
      const of = (part: DetailRow['part']) => rows.filter((row) => row.part === part);
      return {
        ...natureOf(metric, analyst.language, currency),
        currencies: currencies.map((each) => each.currency),
        period: span.period,
        timeZone: span.timeZone,
        group: query.group,
        now: figureOf(metric, of('now')[0]?.figure),
        before: beforeOf(metric, of('before')[0]?.figure),
        days: of('days').map(({ day, figure }): DayFigure => ({ day, ...figure })),
        cells: of('cells').map(({ key, day, figure }): CellFigure => ({ channel: key as Channel, day, ...figure })),
        groups: of('groups').map(({ key, name, figure }): GroupFigure => ({ key, name, ...figure })),
      };
    });
  }

  /** The rows the figures are made of, newest first. @throws DomainError analysis.too_slow, analysis.busy, request.invalid */
  rows(analyst: Analyst, metric: AnalysisMetric, query: MetricRowsQuery): Promise<MetricRowPage> {
    const after = decodeCursor(query.cursor);
    return this.reading(analyst, query, async (tx, span) => {
      const rows: { item: MetricRow; at: string; id: string }[] = await tx.query(plannedEachTime(rowsSql(metric)), [
        ...parametersOf(span, query, await currencyOf(tx, metric, query)),
        ...[after?.at ?? null, after?.id ?? null, query.limit + 1],
      ]);
      return paged(rows, query.limit);
    });
  }

  /**
   * All of those rows, some at a time, as they are when it begins.
   * @param hand is waited for with each portion, in a turn and a transaction: it must not wait for a reader
   * @throws DomainError analysis.too_slow, analysis.busy
   */
  all(
    analyst: Analyst,
    metric: AnalysisMetric,
    query: Filters,
    hand: (rows: MetricRow[]) => Promise<void>,
  ): Promise<void> {
    return this.reading(analyst, query, async (tx, span) => {
      const until = this.clock.now().getTime() + FILE_MS;
      await tx.query(`declare every_row no scroll cursor for ${rowsSql(metric)}`, [
        ...parametersOf(span, query, await currencyOf(tx, metric, query)),
        ...[null, null, null],
      ]);
      for (;;) {
        const rows: { item: MetricRow }[] = await tx.query(`fetch ${PORTION} from every_row`);
        if (rows.length > 0) await hand(rows.map(({ item }) => item));
        if (this.clock.now().getTime() > until) throw new DomainError('analysis.too_slow');
        if (rows.length < PORTION) return;
      }
    });
  }

  /** In one look at the database, when it is this person's turn. */
  private reading<T>(
    analyst: Analyst,
    query: Filters,
    read: (tx: EntityManager, span: Span) => Promise<T>,
  ): Promise<T> {
    return this.turns.take(analyst.id, async () => {
      try {
        return await this.database.transaction('REPEATABLE READ', async (tx) => {
          await tx.query(
            `select set_config('transaction_read_only', 'on', true), set_config('jit', 'off', true), set_config('statement_timeout', $1, true)`,
            [String(PATIENCE_MS)],
          );
          return read(tx, await spanOf(tx, query, this.config.timeZone, this.clock.now()));
        });
      } catch (error) {
        if (sqlState(error) === CANCELLED) throw new DomainError('analysis.too_slow');
        throw error;
      }
    });
  }
}

const daysOf = ({ from, until, timeZone, now }: Span): unknown[] => [from, until, timeZone, now];
const parametersOf = (span: Span, { channel, queueId }: Filters, currency: string | null): unknown[] => [
  ...daysOf(span),
  ...[channel ?? null, queueId ?? null, currency],
];

/** Amounts of two currencies are never put together: that of the limits, unless another is asked for. Null: it is no money. */
async function currencyOf(tx: EntityManager, metric: AnalysisMetric, { currency }: Filters): Promise<string | null> {
  if (METRICS[metric].kind !== 'money') return null;
  if (currency) return currency;
  const [limits]: { currency: string }[] = await tx.query(
    `select content ->> 'currency' as currency from goodwill_limits order by version desc limit 1`,
  );
  return limits?.currency ?? 'EUR';
}

const natureOf = (metric: AnalysisMetric, language: Language, currency: string | null) => {
  const { kind, better, target, isNow = false } = METRICS[metric];
  return { metric, kind, better, target, isNow, currency, words: METRIC_WORDS[language][metric] };
};

const isSummed = (metric: AnalysisMetric): boolean => ['count', 'money'].includes(METRICS[metric].kind);

/** Without a row nothing was counted, and nothing else can be said. */
const figureOf = (metric: AnalysisMetric, figure: Figure | undefined): Figure =>
  figure ?? {
    ...{ value: isSummed(metric) ? 0 : null, n: 0, sum: 0 },
    ...{ average: null, median: null, p90: null },
  };

const beforeOf = (metric: AnalysisMetric, figure: Figure | undefined): Figure | null =>
  METRICS[metric].isNow ? null : figureOf(metric, figure);
