import { randomUUID } from 'node:crypto';
import {
  AnalysisMetric,
  METRICS,
  type AnalysisGroup,
  type MetricRow,
  type Figure,
  type MetricRowsQuery,
} from '#contracts';
import { AnalysisView, type Analyst } from '#views';
import { aPerson, openRooms, type Rooms } from '../factories/rooms.js';
import { expectedRows, type ExpectedRow } from './analysis.oracle.js';
import { chance, CHANNELS, keep, pastCases } from './analysis.world.js';

/** In the days before these the clocks of Madrid are put forward, on 29 March. */
const NOW = new Date('2026-04-03T09:30:00Z');
const QUEUES = [randomUUID(), randomUUID()];

let rooms: Rooms;
let view: AnalysisView;
let analyst: Analyst;
let cases: ReturnType<typeof pastCases>;
beforeAll(async () => {
  rooms = await openRooms();
  rooms.clock.set(NOW);
  view = rooms.get(AnalysisView);
  analyst = await aPerson(rooms, 'supervisor');
  const agents = await Promise.all(Array.from({ length: 5 }, () => aPerson(rooms)));
  for (const id of QUEUES) await rooms.db.query('insert into queue (id, name) values ($1, $2)', [id, `Cola ${id}`]);
  cases = pastCases(300, chance(20_260_403), {
    now: NOW,
    days: 30,
    agents: agents.map(({ id }) => id),
    queues: QUEUES,
  });
  await keep(rooms.db, cases);
}, 60_000);
afterAll(() => rooms?.close());

const local = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Madrid' });
const dayOf = (at: Date): string => local.format(at);

interface Asked {
  from: string;
  to: string;
  channel?: MetricRowsQuery['channel'];
  queueId?: string;
}
const PERIODS: Asked[] = [
  { from: '2026-03-27', to: '2026-04-03' },
  { from: '2026-03-29', to: '2026-03-29' },
  { from: '2026-03-10', to: '2026-03-31', channel: 'email' },
  { from: '2026-03-05', to: '2026-04-03', queueId: QUEUES[0] },
  { from: '2026-03-20', to: '2026-04-02', channel: 'phone', queueId: QUEUES[1] },
];

function expected(metric: AnalysisMetric, { from, to, channel, queueId }: Asked): ExpectedRow[] {
  return expectedRows(metric, cases, NOW, dayOf).filter(
    (row) =>
      (METRICS[metric].isNow ?? (dayOf(row.at) >= from && dayOf(row.at) <= to)) &&
      (channel === undefined || row.channel === channel) &&
      (queueId === undefined || row.of.queueId === queueId),
  );
}

/** Between two neighbours in proportion, as everybody's spreadsheet does it. */
function quantile(sorted: number[], share: number): number | null {
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low === undefined || high === undefined ? null : low + (high - low) * (place - Math.floor(place));
}

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 1e6) / 1e6);

function figureOf(metric: AnalysisMetric, values: number[]): Record<string, number | null> {
  const sorted = values.toSorted((a, b) => a - b);
  const sum = values.reduce((a, b) => a + b, 0);
  const average = values.length > 0 ? sum / values.length : null;
  const { kind } = METRICS[metric];
  const value = kind === 'count' || kind === 'money' ? sum : kind === 'duration' ? quantile(sorted, 0.5) : average;
  return put({ value, n: values.length, sum, average, median: quantile(sorted, 0.5), p90: quantile(sorted, 0.9) });
}
const put = ({ value, n, sum, average, median, p90 }: Figure) => ({
  ...{ value: rounded(value), n, sum: rounded(sum), average: rounded(average) },
  ...{ median: rounded(median), p90: rounded(p90) },
});

async function everyRow(metric: AnalysisMetric, asked: Asked): Promise<MetricRow[]> {
  const items: MetricRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await view.rows(analyst, metric, { ...asked, limit: 37, ...(cursor ? { cursor } : {}) });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return items;
}

const told = (rows: { at: Date | string; reference: string; value: number; channel: unknown; person: unknown }[]) =>
  rows
    .map(({ at, reference, value, channel, person }) =>
      [new Date(at).toISOString(), reference, value, channel, person].join(' '),
    )
    .toSorted();

describe.each(PERIODS)('$from to $to', (asked) => {
  it.each(AnalysisMetric.options)(
    '%s: card, table, rows and file are of the same rows, those an oracle counts',
    async (metric) => {
      const rows = await everyRow(metric, asked);
      const want = expected(metric, asked);
      expect(
        told(rows.map((row) => ({ ...row, reference: row.case.reference, person: row.person?.id ?? null }))),
      ).toEqual(told(want.map((row) => ({ ...row, reference: row.of.reference, person: row.personId }))));
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
      expect(rows.map(({ day }) => day)).toEqual(rows.map(({ at }) => dayOf(new Date(at))));

      const file: MetricRow[] = [];
      await view.all(analyst, metric, asked, async (portion) => void file.push(...portion));
      expect(file).toEqual(rows);

      const detail = await view.detail(analyst, metric, { ...asked, group: 'channel' });
      const figure = figureOf(
        metric,
        want.map(({ value }) => value),
      );
      expect(put(detail.now)).toEqual(figure);
      expect(
        figureOf(
          metric,
          rows.map(({ value }) => value),
        ),
      ).toEqual(figure);
      const groups = (['day', 'channel', 'queue', 'person', 'tier'] satisfies AnalysisGroup[]).map(async (group) => {
        const keyOf = (row: ExpectedRow): string | null =>
          ({
            day: dayOf(row.at),
            channel: row.channel,
            queue: row.of.queueId,
            person: row.personId,
            tier: row.of.tier,
          })[group];
        const keys = Map.groupBy(want, keyOf);
        const answer = await view.detail(analyst, metric, { ...asked, group });
        expect(Object.fromEntries(answer.groups.map(({ key, ...of }) => [String(key), put(of)]))).toEqual(
          Object.fromEntries(
            [...keys].map(([key, of]) => [
              String(key),
              figureOf(
                metric,
                of.map(({ value }) => value),
              ),
            ]),
          ),
        );
      });
      for (const group of groups) await group;
      const cells = Map.groupBy(want, (row) => `${row.channel} ${dayOf(row.at)}`);
      expect(Object.fromEntries(detail.cells.map(({ channel, day, ...of }) => [`${channel} ${day}`, put(of)]))).toEqual(
        Object.fromEntries(
          [...cells].map(([key, of]) => [
            key,
            figureOf(
              metric,
              of.map(({ value }) => value),
            ),
          ]),
        ),
      );
    },
  );

  it('every card says what its page says, and what was before', async () => {
    const { cards, period } = await view.overview(analyst, asked);
    expect(cards.map(({ metric }) => metric)).toEqual(AnalysisMetric.options);
    for (const card of cards) {
      const { metric } = card;
      const detail = await view.detail(analyst, metric, { ...asked, group: 'day' });
      expect([card.now, card.before, card.days]).toEqual([detail.now, detail.before, detail.days]);
      const before = expected(metric, { ...asked, ...period.before }).map(({ value }) => value);
      if (METRICS[metric].isNow) expect(card.before).toBeNull();
      else if (card.before) expect(put(card.before)).toEqual(figureOf(metric, before));
    }
  });
});

it('the data of chance has something of everything', () => {
  const all = { from: '2026-03-01', to: '2026-04-03' };
  expect(AnalysisMetric.options.filter((metric) => expected(metric, all).length < 5)).toEqual([]);
  for (const channel of CHANNELS) expect(expected('sla_met', { ...all, channel }).length).toBeGreaterThan(5);
});

it('without a period it is the last seven days, and the seven before', async () => {
  expect((await view.overview(analyst, {})).period).toEqual({
    from: '2026-03-28',
    to: '2026-04-03',
    before: { from: '2026-03-21', to: '2026-03-27' },
  });
});

it('a question that takes too long is given up, with a reason', async () => {
  const { database } = rooms;
  await database.query(
    'create function dawdle() returns boolean language sql volatile as $$ select pg_sleep(60) is not null $$',
  );
  await database.query('alter table re_explanation rename to re_explanation_kept');
  await database.query('create view re_explanation as select * from re_explanation_kept where dawdle()');
  try {
    await expect(
      view.detail(analyst, 'told_again', { group: 'day', from: '2026-03-01', to: '2026-04-03' }),
    ).rejects.toThrow('analysis.too_slow');
  } finally {
    await database.query('drop view re_explanation');
    await database.query('alter table re_explanation_kept rename to re_explanation');
  }
}, 30_000);

it('one person asks one thing after the other, and not endlessly', async () => {
  const answers = await Promise.allSettled(
    Array.from({ length: 14 }, () => view.overview(analyst, { metrics: ['told_again'] })),
  );
  expect(answers.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(2);
  await view.overview(analyst, {});
});
