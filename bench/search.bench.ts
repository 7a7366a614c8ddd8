import type pg from 'pg';
import type { Bench } from './bench.js';
import { Companion } from './companion.js';
import { addCrowd, addPeople, logIn } from './crowd.js';
import type { HttpResult } from './http.load.js';
import { figure, median, percentile } from './numbers.js';
import { startProductTwin } from './product.js';

const INTERACTIONS = 100_000;
const REQUESTS = 200;

/** Words that are planted, and in how many messages each is, evenly over all time: neither rare nor common is what is slow. */
const PLANTED = { turquesa: 1 / 100, bergamota: 1 / 1000 };

const PLANT = `
  update interaction i set text = i.text || ' ' || $1, search = i.search || to_tsvector('spanish', fold($1))
  from (select id, row_number() over (order by id) as n from interaction) numbered
  where numbered.id = i.id and numbered.n % $2::int = 0`;

/** A word of a single message. */
async function rareWord(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ text: string }>(
    `select text from interaction where text ~ ' [a-f0-9]*[a-f][a-f0-9]*$' order by id offset 1000 limit 1`,
  );
  const word = rows[0]?.text.split(' ').at(-1);
  if (!word) throw new Error('no message ends in a word of its own');
  return word;
}

/** What is asked for: the first page of each. */
const deedsFor = (rare: string): Record<string, string> => ({
  'a rare word': `q=${rare}`,
  'a word of one in 1,000': 'q=bergamota',
  'a word of one in 100': 'q=turquesa',
  'a word of one in 100, open': 'q=turquesa&view=open',
  'a word of one in 100, mine': 'q=turquesa&view=mine',
  'a word of one in 100, lacks data': 'q=turquesa&lacks=data',
  'a word of one in 12': 'q=pantalla',
  'a word of one in 12, unassigned': 'q=pantalla&view=unassigned',
  'a word of all': 'q=hola',
  'a word of all, mine': 'q=hola&view=mine',
  'two common words': 'q=hola%20pantalla',
});

/** The product alone, asked for words of every frequency: the slowest against the fastest. `--size`: interactions. */
export const search: Bench = async (context) => {
  const { server, options, say } = context;
  const size = options.size ?? INTERACTIONS;
  const url = await server.createMigrated('product');
  await addPeople(url);
  await addCrowd(url, size, say);
  const client = await server.connect(url);
  const rare = await rareWord(client);
  for (const [word, share] of Object.entries(PLANTED)) await client.query(PLANT, [word, Math.round(1 / share)]);
  await client.query('vacuum analyze interaction');
  const { ready } = await startProductTwin(context, url);
  const headers = [`cookie: ${await logIn(ready.httpPort)}`];
  const { companion: load } = await Companion.start({ file: 'http.load.js' });
  const deeds = Object.entries(deedsFor(rare)).map(([what, query]) => ({ what, query, p50: [] as number[], bytes: 0 }));
  for (let round = 0; round <= options.rounds; round += 1)
    for (const deed of deeds) {
      const { times, bytes } = await load.ask<HttpResult>('run', {
        ...{ port: ready.httpPort, headers, connections: 1, count: REQUESTS },
        paths: [`/api/v1/cases?${deed.query}&limit=50`],
      });
      deed.bytes = bytes;
      if (round > 0) deed.p50.push(percentile(times, 0.5));
    }
  const spread = Array.from({ length: options.rounds }, (_, round) => {
    const all = deeds.map(({ p50 }) => p50[round] ?? Number.NaN);
    return Math.max(...all) / Math.min(...all);
  });
  const empty = deeds.filter(({ bytes }) => bytes < 100).map(({ what }) => `${what} found nothing`);
  return [
    {
      bench: 'search',
      title: `the first page in ${size.toLocaleString('en-GB')} messages, ${options.rounds} rounds`,
      columns: ['p50', ''],
      lines: deeds.map(({ what, p50 }) => ({ what, unit: 'ms', product: median(p50) })),
      ratios: [{ name: 'search', detail: 'slowest ÷ fastest, p50', value: median(spread) }],
      notes: [`of each round the slowest by the fastest: ${spread.map(figure).join(', ')}`],
      failures: empty,
    },
  ];
};
