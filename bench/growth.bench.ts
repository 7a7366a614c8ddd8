import type { Bench } from './bench.js';
import { Companion } from './companion.js';
import { addCrowd, addPeople, logIn } from './crowd.js';
import type { HttpResult, HttpRound } from './http.load.js';
import { median, percentile } from './numbers.js';
import { startProductTwin } from './product.js';
import type { BenchServer } from './server.js';

const SMALL = 10_000;
const LARGE = 100_000;
const REQUESTS = 300;
const LOOKED_AT = 100;

/** What people do all day, by the path it takes. `cases`: ids to look at. */
const DEEDS = {
  'inbox, open': () => ['/api/v1/cases?view=open&limit=50'],
  'inbox, mine': () => ['/api/v1/cases?view=mine&limit=50'],
  counts: () => ['/api/v1/cases/counts'],
  case: (cases: string[]) => cases.map((id) => `/api/v1/cases/${id}`),
  timeline: (cases: string[]) => cases.map((id) => `/api/v1/cases/${id}/timeline?limit=50`),
  'search, a name': () => ['/api/v1/cases?view=open&limit=50&q=Cliente%204'],
  'search, a common word': () => ['/api/v1/cases?view=open&limit=50&q=pantalla'],
} satisfies Record<string, (cases: string[]) => string[]>;
type Deed = keyof typeof DEEDS;

async function casesOf(server: BenchServer, url: string): Promise<string[]> {
  const client = await server.connect(url);
  const { rows } = await client.query<{ id: string }>('select id from cases order by reference limit $1', [LOOKED_AT]);
  return rows.map(({ id }) => id);
}

/** The product alone, asked the same at two sizes: what grows with the data is found here. `--size`: the larger one. */
export const growth: Bench = async (context) => {
  const { server, options, say } = context;
  const large = options.size ?? LARGE;
  const sizes = { small: SMALL, large };
  const { companion: load } = await Companion.start({ file: 'http.load.js' });
  const worlds: { name: keyof typeof sizes; companion: Companion; ask: (deed: Deed) => HttpRound }[] = [];
  for (const name of ['small', 'large'] as const) {
    const url = await server.createMigrated(name);
    await addPeople(url);
    await addCrowd(url, sizes[name], say);
    const { companion, ready } = await startProductTwin(context, url);
    const headers = [`cookie: ${await logIn(ready.httpPort)}`];
    const cases = await casesOf(server, url);
    const fixed = { port: ready.httpPort, headers, connections: 1, count: REQUESTS };
    worlds.push({ name, companion, ask: (deed) => ({ ...fixed, paths: DEEDS[deed](cases) }) });
    companion.freeze();
  }
  const lines = [];
  for (const deed of Object.keys(DEEDS) as Deed[]) {
    const p50 = { small: [] as number[], large: [] as number[] };
    for (let round = 0; round <= options.rounds; round += 1)
      for (const { name, companion, ask } of round % 2 ? worlds : worlds.toReversed()) {
        companion.thaw();
        const { times } = await load.ask<HttpResult>('run', ask(deed));
        companion.freeze();
        if (round > 0) p50[name].push(percentile(times, 0.5));
      }
    const ratio = median(p50.large.map((value, round) => value / (p50.small[round] ?? Number.NaN)));
    lines.push({ deed, ratio, small: median(p50.small), large: median(p50.large) });
  }
  return [
    {
      bench: 'growth',
      title: `p50 with many open cases and with few, ${options.rounds} rounds`,
      columns: [large.toLocaleString('en-GB'), SMALL.toLocaleString('en-GB')],
      lines: lines.map(({ deed, small, large: grown }) => ({ what: deed, unit: 'ms', product: grown, bare: small })),
      ratios: lines.map(({ deed, ratio }) => ({ name: 'growth', detail: deed, value: ratio })),
      notes: [],
      failures: [],
    },
  ];
};
