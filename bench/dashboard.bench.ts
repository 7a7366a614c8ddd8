import type { Bench } from './bench.js';
import { Companion } from './companion.js';
import { addPeople, logIn } from './crowd.js';
import type { BareCounterSettings } from './dashboard.bare.js';
import { compareHttp, lineOf, ratioOf, type HttpTwin } from './http.rounds.js';
import { startProductTwin } from './product.js';

const CASES = 1_000_000;
const REQUESTS = 400;

/** So many open cases, each of a customer: rows and no more, written by one statement each. */
const cases = (count: number) => `
  set session_replication_role = replica;
  create temp table made as select gen_random_uuid() as customer_id, gen_random_uuid() as case_id, n from generate_series(1, ${count}) n;
  insert into customer (id, display_name, created_at) select customer_id, 'Cliente ' || n, now() from made;
  insert into cases (id, reference, customer_id, status, customer_name, last_interaction_at, opened_at, next_action, next_action_no_due, queue_id, assignee_id)
  select m.case_id, 'B-' || m.n, m.customer_id, 'in_solution', 'Cliente ' || m.n, now() - m.n * interval '1 second', now() - m.n % 10000 * interval '1 minute', 'reply', 'in_turn',
    (select id from queue where is_default), case when m.n % 3 = 0 then (select id from agent where email = 'agent' || m.n % 4 + 1 || '@bench.test') end from made m;
  set session_replication_role = origin`;

/**
 * Ledgers as a bad day leaves them: of a hundred open cases thirty without service, ten of them relieved, five late, two with a
 * promise that is overdue; a few dozen nearly late at any moment.
 */
const LEDGERS = `
  update agent set role = 'supervisor' where email = 'agent1@bench.test';
  insert into case_ledger (case_id, calendar_revision, assignee_id, queue_id, lacks, without_service, is_answered, next_metric, next_due_at, next_is_late, update_late, quiet)
  select c.id, 1000000, c.assignee_id, c.queue_id, case when n % 100 < 20 then '{calls}'::text[] else '{}' end, n % 100 < 30, n % 3 > 0, 'resolution',
    now() + case when n % 20 = 7 then - (n % 2000) * interval '1 minute' else interval '1 minute' + 30 * interval '1 day' * n / (select max(n) from made) end,
    n % 20 = 7, n % 100 = 7 or n % 100 = 27, n % 50 = 11
  from made join cases c on c.id = case_id;
  insert into clock (case_id, metric, side, round, started_at, started_kind, started_name, counted, due_at, breached_at, is_told)
  select case_id, 'next_update', 'customer', 1, now() - interval '3 days', 'system', 'Hilo', 0, next_due_at, next_due_at, true from case_ledger where update_late`;

/** The figures a supervisor looks at, with a session, against one counter. `--size`: open cases. */
export const dashboard: Bench = async (context) => {
  const { server, options, say } = context;
  const size = options.size ?? CASES;
  const url = await server.createMigrated('product');
  await addPeople(url);
  const client = await server.connect(url);
  await client.query(cases(size));
  say(`  ${size} cases`);
  await client.query(LEDGERS);
  await client.query('vacuum analyze');
  const product = await startProductTwin(context, url);
  const cookie = await logIn(product.ready.httpPort);
  const bare = await Companion.start<{ httpPort: number }>({
    file: 'dashboard.bare.js',
    settings: { url } satisfies BareCounterSettings,
    profileFolder: options.profileFolder,
  });
  const { companion: load } = await Companion.start({ file: 'http.load.js' });
  const asking = (path: string): HttpTwin => ({
    companion: product.companion,
    ask: () => ({ port: product.ready.httpPort, headers: [`cookie: ${cookie}`], paths: [path] }),
  });
  const counter: HttpTwin = {
    companion: bare.companion,
    ask: () => ({ port: bare.ready.httpPort, headers: [], paths: ['/counter'] }),
  };
  const world = { server, load };
  const round = { connections: 1, count: REQUESTS, rounds: options.rounds };
  const tiles = await compareHttp(world, round, asking('/api/v1/dashboard/tiles'), counter);
  const rows = await compareHttp(
    world,
    { ...round, rounds: 1 },
    asking('/api/v1/dashboard/rows?tile=breached'),
    counter,
  );
  return [
    {
      bench: 'dashboard',
      title: `all figures of ${size.toLocaleString('en-GB')} open cases and one counter, ${options.rounds} rounds`,
      lines: [
        lineOf('one at a time, p50', 'ms', tiles, 'p50'),
        lineOf('one at a time, p99', 'ms', tiles, 'p99'),
        lineOf('one at a time, CPU', 'ms a request', tiles, 'cpuMs'),
        { ...lineOf('50 rows behind a figure, p50', 'ms', rows, 'p50'), bare: undefined },
      ],
      ratios: [{ name: 'dashboard', value: ratioOf(tiles, 'p50') }],
      notes: [],
      failures: [],
    },
  ];
};
