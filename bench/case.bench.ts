import type pg from 'pg';
import type { Bench } from './bench.js';
import { Companion } from './companion.js';
import { addCrowd, addPeople, logIn } from './crowd.js';
import { compareHttp, lineOf, ratioOf, type HttpTwin } from './http.rounds.js';
import type { BareHttpSettings } from './inbox.bare.js';
import { startProductTwin } from './product.js';

const CASES = 20_000;
/** Cases that are looked at, and how much was said on each. */
const LONG_CASES = 50;
const MESSAGES = 30;
const REQUESTS = 500;

/** Makes some cases long: every third message is an answer. @returns their ids */
async function lengthen(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>('select id from cases order by reference limit $1', [LONG_CASES]);
  const ids = rows.map(({ id }) => id);
  await client.query(
    `insert into interaction (id, case_id, contact_point_id, thread_id, channel, direction, external_id, subject, text, author_kind, author_name, occurred_at, received_at, search)
     select new_id(), i.case_id, i.contact_point_id, i.thread_id, i.channel, case when n % 3 = 0 then 'outbound' else 'inbound' end, i.external_id || '-' || n, i.subject, i.text || ' ' || n,
       case when n % 3 = 0 then 'agent' else 'customer' end, i.author_name, i.occurred_at + n * interval '1 minute', i.received_at + n * interval '1 minute', i.search
     from interaction i, generate_series(1, $2::int) n where i.case_id = any($1)`,
    [ids, MESSAGES - 1],
  );
  await client.query('vacuum analyze interaction');
  return ids;
}

/** The page of a case: detail and 30 messages. As the browser asks for it, in one. `--size`: cases beside it. */
export const casePage: Bench = async (context) => {
  const { server, options, say } = context;
  const size = options.size ?? CASES;
  const url = await server.createMigrated('product');
  await addPeople(url);
  await addCrowd(url, size, say);
  const ids = await lengthen(await server.connect(url));
  const product = await startProductTwin(context, url);
  const cookie = await logIn(product.ready.httpPort);
  const bare = await Companion.start<{ httpPort: number }>({
    file: 'case.bare.js',
    settings: { url } satisfies BareHttpSettings,
    profileFolder: options.profileFolder,
  });
  const { companion: load } = await Companion.start({ file: 'http.load.js' });
  const asking = (rest: string): HttpTwin => ({
    companion: product.companion,
    ask: () => ({
      port: product.ready.httpPort,
      headers: [`cookie: ${cookie}`],
      paths: ids.map((id) => `/api/v1/cases/${id}${rest}`),
    }),
  });
  const bareTwin: HttpTwin = {
    companion: bare.companion,
    ask: () => ({ port: bare.ready.httpPort, headers: [], paths: ids.map((id) => `/cases/${id}`) }),
  };
  const plan = { connections: 1, count: REQUESTS, rounds: options.rounds };
  const world = { server, load };
  const page = await compareHttp(world, plan, asking('?include=timeline'), bareTwin);
  const detail = await compareHttp(world, plan, asking(''), bareTwin);
  const timeline = await compareHttp(world, plan, asking('/timeline'), bareTwin);
  return [
    {
      bench: 'case',
      title: `the page of a case with ${MESSAGES} messages, ${options.rounds} rounds`,
      lines: [
        lineOf('page, p50', 'ms', page, 'p50'),
        lineOf('page, p99', 'ms', page, 'p99'),
        lineOf('page, CPU', 'ms a request', page, 'cpuMs'),
        lineOf('bytes of a page', '', page, 'bytes'),
        { ...lineOf('detail alone, p50', 'ms', detail, 'p50'), bare: undefined },
        { ...lineOf('timeline alone, p50', 'ms', timeline, 'p50'), bare: undefined },
      ],
      ratios: [{ name: 'case', detail: 'detail + timeline, p50', value: ratioOf(page, 'p50') }],
      notes: [
        'the browser asks for a case once, its timeline with it; detail and timeline alone are what a change asks for',
      ],
      failures: [],
    },
  ];
};
