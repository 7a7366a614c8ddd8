import { CaseView } from '#contracts';
import type { Bench, BenchContext } from './bench.js';
import { Companion } from './companion.js';
import { addCrowd, addPeople, logIn } from './crowd.js';
import { compareHttp, lineOf, ratioOf, type HttpTwin } from './http.rounds.js';
import type { BareHttpSettings } from './inbox.bare.js';
import { explained, plansOf } from './inbox.plans.js';
import { figure } from './numbers.js';
import { startProductTwin } from './product.js';
import type { Report } from './report.js';

const CASES = 100_000;
/** Requests a round: one after the other, and sixteen side by side. */
const ALONE = 500;
const CROWDED = 2500;
const CONNECTIONS = 16;
/** Requests a view; there is no twin for the others than `open`. */
const A_VIEW = 200;

/** Cases of all five views: some closed, some with a message that failed. */
const VARIETY = `
  update cases set status = 'closed', closed_at = now() where id in (select id from cases order by reference limit (select count(*) / 10 from cases));
  update cases set failed_sends = 1 where id in (select id from cases where is_open order by reference desc limit (select count(*) / 100 from cases));
  analyze cases`;

const pathOf = (view: CaseView): string => `/api/v1/cases?view=${view}&limit=50`;

async function startTwins(context: BenchContext, url: string) {
  const product = await startProductTwin(context, url);
  const cookie = await logIn(product.ready.httpPort);
  const bare = await Companion.start<{ httpPort: number }>({
    file: 'inbox.bare.js',
    settings: { url } satisfies BareHttpSettings,
    profileFolder: context.options.profileFolder,
  });
  const { companion: load } = await Companion.start({ file: 'http.load.js' });
  const asking = (paths: string[], ...more: string[]): HttpTwin => ({
    companion: product.companion,
    ask: () => ({ port: product.ready.httpPort, headers: [`cookie: ${cookie}`, ...more], paths }),
  });
  const bareTwin: HttpTwin = {
    companion: bare.companion,
    ask: () => ({ port: bare.ready.httpPort, headers: [], paths: ['/cases'] }),
  };
  return { load, asking, bare: bareTwin };
}

/** The list of open cases with a session, against a bare list of the same rows. `--size`: open cases. */
export const inbox: Bench = async (context) => {
  const { server, options, say } = context;
  const size = options.size ?? CASES;
  const url = await server.createMigrated('product');
  await addPeople(url);
  await addCrowd(url, size, say);
  const client = await server.connect(url);
  await client.query(VARIETY);
  const { load, asking, bare } = await startTwins(context, url);
  const world = { server, load };
  const { rounds } = options;
  const open = asking([pathOf('open')]);
  const alone = await compareHttp(world, { connections: 1, count: ALONE, rounds }, open, bare);
  const crowded = await compareHttp(world, { connections: CONNECTIONS, count: CROWDED, rounds }, open, bare);
  const browser = asking([pathOf('open')], 'accept-encoding: gzip, deflate, br');
  const compressed = await compareHttp(world, { connections: 1, count: A_VIEW, rounds: 1 }, browser, bare);
  const { rows } = await client.query<{ id: string }>(`select id from agent where email = 'agent1@bench.test'`);
  const readerId = rows[0]?.id ?? '';
  const views = [];
  for (const view of CaseView.options) {
    const twin = asking([pathOf(view)]);
    const one = await compareHttp(world, { connections: 1, count: A_VIEW, rounds: 1 }, twin, bare);
    views.push({ view, p50: one.product[0]?.p50 ?? Number.NaN });
  }
  const plans = await plansOf(client, readerId);
  if (options.explain)
    for (const view of CaseView.options) say(`\n${view}\n${await explained(client, view, readerId)}`);
  const report: Report = {
    bench: 'inbox',
    title: `50 rows of ${size.toLocaleString('en-GB')} cases, ${rounds} rounds`,
    lines: [
      lineOf('one at a time, p50', 'ms', alone, 'p50'),
      lineOf('one at a time, p99', 'ms', alone, 'p99'),
      lineOf('one at a time, CPU', 'ms a request', alone, 'cpuMs'),
      lineOf(`${CONNECTIONS} side by side`, 'requests/s', crowded, 'rate'),
      lineOf(`${CONNECTIONS} side by side, p50`, 'ms', crowded, 'p50'),
      lineOf(`${CONNECTIONS} side by side, CPU`, 'ms a request', crowded, 'cpuMs'),
      { ...lineOf('asked for compressed, p50', 'ms', compressed, 'p50'), bare: undefined },
      lineOf('bytes of a page', '', alone, 'bytes'),
      ...views.map(({ view, p50 }) => ({ what: `view ${view}, p50`, unit: 'ms', product: p50 })),
    ],
    ratios: [
      { name: 'inbox', detail: 'p50, c=1', value: ratioOf(alone, 'p50') },
      { name: 'inbox-rate', detail: `c=${CONNECTIONS}`, value: ratioOf(crowded, 'rate') },
    ],
    notes: plans.map(
      ({ view, indexes, looked, blocks, milliseconds }) =>
        `${view}: ${indexes.join(', ') || 'no index'}, ${looked} rows, ${blocks} pages, ${figure(milliseconds)} ms`,
    ),
    failures: plans.flatMap(({ view, faults }) => faults.map((fault) => `the view ${view} ${fault}`)),
  };
  return [report];
};
