import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Bench } from './bench.js';
import type { BareClockSettings } from './sla.bare.js';
import { Companion } from './companion.js';
import { addCrowd, addPeople } from './crowd.js';
import { median, percentile } from './numbers.js';
import { startProductTwin } from './product.js';
import { interleave } from './rounds.js';

/** Two clocks each run on so many cases. */
const CASES = 500_000;
const DUE = 10_000;
const AHEAD_MS = 2000;
const PATIENCE_MS = 60_000;

interface Sample {
  /** Clocks a second, from the moment they are due until the last is told of. */
  rate: number;
  /** How late each was told and escalated, in milliseconds; of the bare twin nothing. */
  late: number[];
  escalated: number[];
  times: number;
}

/**
 * Makes so many clocks due at the same moment: no calendar says so, and ledgers that were worked out by another are not compared by the minute.
 * @param climbs then they reach a rung of the ladder of the house as well
 */
async function makeDue(client: pg.Client, at: Date, climbs: boolean): Promise<void> {
  await client.query(
    `with ladder as (select v.id from ladder_version v join ladder l on l.id = v.ladder_id where $2 and l.queue_id is null), chosen as (select case_id from clock where metric = 'first_useful_action' and met_at is null and breached_at is null
        and due_at > $1::timestamptz + interval '1 hour' limit ${DUE}),
      moved as (update clock k set due_at = $1, ladder_version_id = (select id from ladder), rungs_raised = 1, next_rung = case when $2 then 1 end,
          rung_at = case when $2 then $1::timestamptz end from chosen c where k.case_id = c.case_id and k.metric = 'first_useful_action' returning k.case_id)
     update case_ledger l set next_due_at = $1, first_revision = null from moved m where l.case_id = m.case_id`,
    [at, climbs],
  );
}

/** Writes down when each event was handed on. The product knows nothing of it, and pays for it. */
const HANDED_ON = `
  create table handed_on (event_id uuid not null, at timestamptz not null);
  create function handed_on() returns trigger language plpgsql as $$
  begin
    insert into handed_on select event_id, clock_timestamp() from gone;
    return null;
  end $$;
  create trigger handed_on after delete on case_outbox referencing old table as gone for each statement execute function handed_on()`;

/** Waits until nothing is due and everything is handed on, asking as little as can be. */
async function nothingDue(client: pg.Client, at: Date): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await client.query<{ busy: boolean }>(
      `select exists (select from clock where due_at <= $1 and met_at is null and ended_at is null and breached_at is null)
         or exists (select from clock where rung_at <= $1)
         or exists (select from case_outbox) as busy`,
      [at],
    );
    if (rows[0]?.busy === false && Date.now() > at.getTime()) return;
    if (Date.now() > until) throw new Error(`not all told after ${PATIENCE_MS} ms`);
    await sleep(100);
  }
}

interface Told {
  /** How late each was told of, in milliseconds: that it is late, and that it was escalated. */
  late: number[];
  escalated: number[];
  /** Those that were told of more than once. */
  twice: number;
}

async function toldOf(client: pg.Client, at: Date): Promise<Told> {
  await nothingDue(client, at);
  const { rows } = await client.query<{ type: string; told: number; cases: number; late: number[] }>(
    `select e.type, count(*)::int as told, count(distinct e.case_id)::int as cases,
       array_agg(extract(epoch from h.at - $1::timestamptz) * 1000)::float8[] as late
     from case_event e join handed_on h on h.event_id = e.id left join escalation x on x.id::text = e.data ->> 'escalationId'
     where e.type = 'clock.breached' and e.data ->> 'dueAt' = $2 or e.type = 'escalation.raised' and x.due_at = $1 and x.rung = 1 group by e.type`,
    [at, at.toISOString()],
  );
  const of = (type: string) => {
    const found = rows.find((row) => row.type === type);
    if (!found || found.cases < DUE) throw new Error(`${found?.cases ?? 0} of ${DUE}: ${type}`);
    return found;
  };
  const [breached, raised] = [of('clock.breached'), of('escalation.raised')];
  const twice = breached.told - breached.cases + raised.told - raised.cases;
  return { late: breached.late, escalated: raised.late, twice };
}

/** Ten thousand clocks due in the same second, each on a rung of its ladder, among many that run: how fast they are told of, and how late. `--size`: cases, with two clocks each. */
export const sla: Bench = async (context) => {
  const { server, options, say } = context;
  const size = options.size ?? CASES;
  const prepared = async (name: string) => {
    const url = await server.createMigrated(name);
    await addPeople(url);
    await addCrowd(url, size, say);
    return { url, client: await server.connect(url) };
  };
  const [ours, theirs] = [await prepared('product'), await prepared('bare')];
  await ours.client.query(HANDED_ON);
  const product = await startProductTwin(context, ours.url);
  const bare = await Companion.start<object>({
    file: 'sla.bare.js',
    settings: { url: theirs.url } satisfies BareClockSettings,
    profileFolder: options.profileFolder,
  });
  let twice = 0;
  const compared = await interleave<Sample>(
    options.rounds,
    {
      companion: product.companion,
      async run() {
        const at = new Date(Math.ceil((Date.now() + AHEAD_MS) / 1000) * 1000);
        await makeDue(ours.client, at, true);
        const told = await toldOf(ours.client, at);
        twice += told.twice;
        const ms = Math.max(...told.late);
        return { rate: DUE / (ms / 1000), late: told.late, escalated: told.escalated, times: ms };
      },
    },
    {
      companion: bare.companion,
      async run() {
        await makeDue(theirs.client, new Date(Date.now() - 1), false);
        const { ms, clocks } = await bare.companion.ask<{ ms: number; clocks: number }>('run');
        if (clocks < DUE) throw new Error(`the bare twin marked ${clocks}`);
        return { rate: clocks / (ms / 1000), late: [], escalated: [], times: ms };
      },
    },
  );
  const of = (samples: Sample[], what: 'rate' | 'times') => median(samples.map((sample) => sample[what]));
  const rate = median(
    compared.product.map((sample, round) => sample.rate / (compared.bare[round]?.rate ?? Number.NaN)),
  );
  const p99 = (of: (sample: Sample) => number[]) =>
    median(compared.product.map((sample) => percentile(of(sample), 0.99))) / 1000;
  return [
    {
      bench: 'sla',
      title: `${DUE.toLocaleString('en-GB')} clocks due at once, ${(size * 2).toLocaleString('en-GB')} run, ${options.rounds} rounds`,
      lines: [
        { what: 'clocks a second', unit: '/s', product: of(compared.product, 'rate'), bare: of(compared.bare, 'rate') },
        {
          what: 'until the last is told',
          unit: 'ms',
          product: of(compared.product, 'times'),
          bare: of(compared.bare, 'times'),
        },
        {
          what: 'told late, p50',
          unit: 'ms',
          product: median(compared.product.map(({ late }) => percentile(late, 0.5))),
        },
      ],
      ratios: [
        { name: 'sla', value: rate },
        { name: 'sla-late', detail: 'told', value: p99(({ late }) => late) },
        { name: 'sla-late', detail: 'escalated', value: p99(({ escalated }) => escalated) },
      ],
      notes: ['told: its event is handed on to whoever reacts, and its bell has rung'],
      failures: twice > 0 ? [`${twice} clocks were told of twice`] : [],
    },
  ];
};
