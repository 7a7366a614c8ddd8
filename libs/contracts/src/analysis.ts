import { z } from 'zod';
import { KnownCurrency } from './benefit.preview.js';
import { Id, Instant, page, PageQuery, PersonRef } from './primitives.js';
import { Channel, Tier } from './words.js';

/** What is measured of how customers fare: one definition each, from which card, table, rows and file all come. */

export const AnalysisMetric = z.enum([
  'sla_met',
  'promises_kept',
  'first_useful_action',
  'time_to_relief',
  'had_to_ask',
  'told_again',
  'handlers',
  'reopened',
  'on_paper_now',
  'on_paper',
  'stage_received',
  'stage_understood',
  'stage_in_solution',
  'stage_restored',
  'goodwill',
]);
export type AnalysisMetric = z.infer<typeof AnalysisMetric>;

/**
 * What a value is and which figure stands on the card. `share`: 0 to 1, the part of the rows that did · `duration`: minutes, the
 * median · `count`: how many rows · `mean`: the average of the rows · `money`: the smallest part of a currency, the sum; of one currency at a time.
 */
export const MetricKind = z.enum(['share', 'duration', 'count', 'mean', 'money']);
export type MetricKind = z.infer<typeof MetricKind>;

interface MetricNature {
  kind: MetricKind;
  /** Null: neither more nor less of it is better. */
  better: 'high' | 'low' | null;
  /** What is aimed for, as on the card; null: nothing is. */
  target: number | null;
  /** How things stand now, whatever the period. */
  isNow?: true;
}

export const METRICS: Readonly<Record<AnalysisMetric, MetricNature>> = {
  sla_met: { kind: 'share', better: 'high', target: 0.9 },
  promises_kept: { kind: 'share', better: 'high', target: 0.9 },
  first_useful_action: { kind: 'duration', better: 'low', target: null },
  time_to_relief: { kind: 'duration', better: 'low', target: null },
  had_to_ask: { kind: 'count', better: 'low', target: 0 },
  told_again: { kind: 'count', better: 'low', target: 0 },
  handlers: { kind: 'mean', better: 'low', target: null },
  reopened: { kind: 'count', better: 'low', target: null },
  on_paper_now: { kind: 'count', better: 'low', target: 0, isNow: true },
  on_paper: { kind: 'count', better: 'low', target: 0 },
  stage_received: { kind: 'duration', better: 'low', target: null },
  stage_understood: { kind: 'duration', better: 'low', target: null },
  stage_in_solution: { kind: 'duration', better: 'low', target: null },
  stage_restored: { kind: 'duration', better: 'low', target: null },
  goodwill: { kind: 'money', better: null, target: null },
};

/** Under so many rows a figure says little, and screens say so. */
export const SMALL_SAMPLE = 10;
/** Longer periods are refused. */
export const ANALYSIS_DAYS = 400;
const DAY_MS = 86_400_000;

export const AnalysisGroup = z.enum(['day', 'channel', 'queue', 'person', 'tier', 'kind', 'store']);
export type AnalysisGroup = z.infer<typeof AnalysisGroup>;

/** What rows of money are put together by, besides: what of it, and where. */
export const MONEY_GROUPS = ['kind', 'store'] as const satisfies readonly AnalysisGroup[];

/** A day of the calendar of the workspace. */
const Day = z.iso.date();

/** Days between two dates, both of them counted. */
export const daysOf = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;

const isPeriod = ({ from, to }: { from?: string | undefined; to?: string | undefined }): boolean =>
  from === undefined || to === undefined || (from <= to && daysOf(from, to) <= ANALYSIS_DAYS);
const NO_PERIOD = { path: ['to'], message: `not before \`from\`, and at most ${ANALYSIS_DAYS} days` };

/** Both days are part of it; without `to` it ends today, without `from` it is seven days long. */
const Period = z.object({ from: Day.optional(), to: Day.optional() });
const Filters = Period.extend({
  channel: Channel.optional(),
  queueId: Id.optional(),
  /** Of money; without it the currency of the limits of goodwill. */
  currency: KnownCurrency.optional(),
});

/** `sla_met,reopened`; without it all of them. */
const MetricList = z
  .string()
  .max(400)
  .transform((list) => list.split(','))
  .pipe(z.array(AnalysisMetric).min(1));
export const AnalysisQuery = Filters.extend({ metrics: MetricList.optional() }).refine(isPeriod, NO_PERIOD);
export type AnalysisQuery = z.infer<typeof AnalysisQuery>;
export const MetricFileQuery = Filters.refine(isPeriod, NO_PERIOD);
export const MetricQuery = Filters.extend({ group: AnalysisGroup.default('channel') }).refine(isPeriod, NO_PERIOD);
export type MetricQuery = z.infer<typeof MetricQuery>;
export const MetricRowsQuery = Filters.extend(PageQuery.shape).refine(isPeriod, NO_PERIOD);
export type MetricRowsQuery = z.infer<typeof MetricRowsQuery>;

/** Some rows put together. */
export const Figure = z.object({
  /** The one of the card; null: there are no rows it could be of. */
  value: z.number().nullable(),
  /** Rows it is made of. */
  n: z.number().int(),
  sum: z.number(),
  average: z.number().nullable(),
  median: z.number().nullable(),
  /** Nine of ten rows are at most this. */
  p90: z.number().nullable(),
});
export type Figure = z.infer<typeof Figure>;

export const MetricWords = z.object({
  title: z.string(),
  counts: z.string(),
  without: z.string(),
  unit: z.string(),
  source: z.string(),
});
export type MetricWords = z.infer<typeof MetricWords>;

const nature = {
  metric: AnalysisMetric,
  kind: MetricKind,
  better: z.enum(['high', 'low']).nullable(),
  target: z.number().nullable(),
  isNow: z.boolean(),
  /** Of money; else null. */
  currency: z.string().nullable(),
  /** In the reader's language. */
  words: MetricWords,
};

const DayFigure = Figure.extend({ day: Day });
export type DayFigure = z.infer<typeof DayFigure>;

export const AnalysisCard = z.object({
  ...nature,
  now: Figure,
  /** Of as many days right before; null: it has no period. */
  before: Figure.nullable(),
  /** Days that have rows. */
  days: z.array(DayFigure),
});
export type AnalysisCard = z.infer<typeof AnalysisCard>;

/** From the first day to the last one, both included; and as many days before. */
export const AnalysisPeriod = z.object({ from: Day, to: Day, before: z.object({ from: Day, to: Day }) });
export type AnalysisPeriod = z.infer<typeof AnalysisPeriod>;

export const Analysis = z.object({ period: AnalysisPeriod, timeZone: z.string(), cards: z.array(AnalysisCard) });
export type Analysis = z.infer<typeof Analysis>;

/** Rows of one group together. `key`: the day, the channel, the tier, or an id; null: they have none. */
export const GroupFigure = Figure.extend({ key: z.string().nullable(), name: z.string().nullable() });
export type GroupFigure = z.infer<typeof GroupFigure>;

/** One channel on one day. */
export const CellFigure = Figure.extend({ channel: Channel.nullable(), day: Day });
export type CellFigure = z.infer<typeof CellFigure>;

export const MetricDetail = AnalysisCard.extend({
  period: AnalysisPeriod,
  timeZone: z.string(),
  group: AnalysisGroup,
  groups: z.array(GroupFigure),
  cells: z.array(CellFigure),
  /** Of money: in which currencies there are rows in the period. */
  currencies: z.array(z.string()),
});
export type MetricDetail = z.infer<typeof MetricDetail>;

/** One row a figure is made of. */
export const MetricRow = z.object({
  /** Different for each row of a metric, and the same whenever it is asked for. */
  id: z.guid(),
  at: Instant,
  /** Of the calendar of the workspace. */
  day: Day,
  case: z.object({ id: Id, reference: z.string(), customer: z.string() }),
  channel: Channel.nullable(),
  queue: z.object({ id: Id, name: z.string() }).nullable(),
  person: PersonRef.nullable(),
  tier: Tier,
  /** Of money its smallest parts. */
  value: z.number(),
  currency: z.string().nullable(),
  /** What of it: the clock, the stage it went to, what was late. The words stand in ROW_DETAILS. */
  detail: z.string().nullable(),
});
export type MetricRow = z.infer<typeof MetricRow>;
export const MetricRowPage = page(MetricRow);
export type MetricRowPage = z.infer<typeof MetricRowPage>;
