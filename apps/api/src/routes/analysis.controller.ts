import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import {
  csvLine,
  Analysis,
  AnalysisMetric,
  AnalysisQuery,
  ROW_DETAILS,
  MetricRowPage,
  MetricRowsQuery,
  MetricDetail,
  MetricFileQuery,
  MetricQuery,
  minorDigits,
  type MetricRow,
  type Language,
} from '#contracts';
import { demand, type Principal } from '#identity';
import { AnalysisView } from '#views';
import { Answers } from '../http/answers.js';
import { sendCsv } from '../http/csv-file.js';
import { Me } from '../http/principal.js';

/** Columns of the file. Values have a dot before their decimals, times are UTC; the day is that of the workspace. */
const COLUMNS: Record<Language, readonly string[]> = {
  es: ['día', 'momento', 'caso', 'cliente', 'canal', 'cola', 'persona', 'nivel', 'valor', 'detalle', 'moneda'],
  en: ['day', 'at', 'case', 'customer', 'channel', 'queue', 'person', 'tier', 'value', 'detail', 'currency'],
};

/** Money as people count it: 12.50, and of currencies without parts 1250. */
const valueOf = ({ value, currency }: MetricRow): string =>
  currency === null ? String(value) : (value / 10 ** minorDigits(currency)).toFixed(minorDigits(currency));

const lineOf = (row: MetricRow, language: Language): string =>
  csvLine([
    ...[row.day, row.at, row.case.reference, row.case.customer],
    ...[row.channel ?? '', row.queue?.name ?? '', row.person?.displayName ?? '', row.tier],
    ...[valueOf(row), row.detail === null ? '' : (ROW_DETAILS[language][row.detail] ?? row.detail)],
    row.currency ?? '',
  ]);

/** How customers fared in a period: one definition of each metric, from which card, table, rows and file all come. */
@ApiTags('analysis')
@Controller('api/v1/analysis')
export class AnalysisController {
  constructor(private readonly view: AnalysisView) {}

  /** Metrics (`metrics`: some of them, with commas), what it says, its figure in the period and in as many days before. Periods have 400 days at most. */
  @Get()
  @Answers(200, Analysis)
  overview(@Me() me: Principal, @Query({ schema: AnalysisQuery }) query: AnalysisQuery): Promise<Analysis> {
    demand(me, 'supervise');
    return this.view.overview(me, query);
  }

  /** One metric by day, by channel and day, and by a group. */
  @Get(':metric')
  @Answers(200, MetricDetail)
  detail(
    @Me() me: Principal,
    @Param('metric', { schema: AnalysisMetric }) metric: AnalysisMetric,
    @Query({ schema: MetricQuery }) query: MetricQuery,
  ): Promise<MetricDetail> {
    demand(me, 'supervise');
    return this.view.detail(me, metric, query);
  }

  /** The rows its figures are made of, newest first. */
  @Get(':metric/rows')
  @Answers(200, MetricRowPage)
  rows(
    @Me() me: Principal,
    @Param('metric', { schema: AnalysisMetric }) metric: AnalysisMetric,
    @Query({ schema: MetricRowsQuery }) query: MetricRowsQuery,
  ): Promise<MetricRowPage> {
    demand(me, 'supervise');
    return this.view.rows(me, metric, query);
  }

  /** All of those rows as a file for a spreadsheet (UTF-8, commas, decimals after a dot). */
  @Get(':metric/rows.csv')
  @Answers(200)
  async file(
    @Me() me: Principal,
    @Param('metric', { schema: AnalysisMetric }) metric: AnalysisMetric,
    @Query({ schema: MetricFileQuery }) query: z.infer<typeof MetricFileQuery>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    demand(me, 'supervise');
    await sendCsv(reply, `${metric}.csv`, csvLine(COLUMNS[me.language]), (hand) =>
      this.view.all(me, metric, query, (rows) => hand(rows.map((row) => lineOf(row, me.language)).join(''))),
    );
  }
}
