import { parseArgs } from 'node:util';
import type { Bench, BenchOptions } from './bench.js';
import { stopCompanions } from './companion.js';
import { judged, missed, printed, type Report } from './report.js';
import { BenchServer } from './server.js';

const BENCHES: Record<string, () => Promise<Bench>> = {
  ingest: async () => (await import('./ingest.bench.js')).ingest,
  inbox: async () => (await import('./inbox.bench.js')).inbox,
  dm: async () => (await import('./dm.bench.js')).dm,
  case: async () => (await import('./case.bench.js')).casePage,
  growth: async () => (await import('./growth.bench.js')).growth,
  search: async () => (await import('./search.bench.js')).search,
  sla: async () => (await import('./sla.bench.js')).sla,
  dashboard: async () => (await import('./dashboard.bench.js')).dashboard,
  live: async () => (await import('./live.bench.js')).live,
  mixed: async () => (await import('./mixed.bench.js')).mixed,
  start: async () => (await import('./start.bench.js')).start,
  memory: async () => (await import('./memory.bench.js')).memory,
};

const USAGE = `npm run bench -- NAME… [--size N] [--rounds N] [--json] [--explain] [--profile FOLDER]
  NAME       ${Object.keys(BENCHES).join(' · ')} · all
  --size     how large: mails a round, open cases, sockets; bench/README.md says which
  --rounds   rounds of each twin, after one that warms up (3)
  --json     one JSON object instead of tables
  --explain  inbox: the plan of every view, and whether it walks its index
  --profile  keeps CPU profiles of the twins in FOLDER`;

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} takes a whole number from 1`);
  return value;
}

function readArguments() {
  const { values, positionals } = parseArgs({
    options: {
      size: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      json: { type: 'boolean', default: false },
      explain: { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
    allowPositionals: true,
  });
  const names = positionals.includes('all') ? Object.keys(BENCHES) : positionals;
  const unknown = names.filter((name) => !(name in BENCHES));
  if (names.length === 0 || unknown.length > 0) throw new Error(USAGE);
  const options: BenchOptions = {
    size: values.size === undefined ? undefined : wholeNumber('size', values.size),
    rounds: wholeNumber('rounds', values.rounds),
    explain: values.explain,
    profileFolder: values.profile,
  };
  return { names, options, json: values.json };
}

/** Each bench has a server to itself: what one leaves in the caches must not help the next. */
async function runBench(name: string, options: BenchOptions, say: (line: string) => void): Promise<Report[]> {
  const load = BENCHES[name];
  if (!load) throw new Error(USAGE);
  const bench = await load();
  const server = await BenchServer.start();
  const end = async () => {
    await stopCompanions();
    await server.stop();
  };
  const interrupted = () => void end().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    return await bench({ server, options, say });
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    await end();
  }
}

/** `npm run bench -- NAME`: measures the product against the least that could do the same. Exit code 1: a floor was missed. */
export async function run(): Promise<void> {
  try {
    const { names, options, json } = readArguments();
    const say = (line: string) => void process.stderr.write(`${line}\n`);
    const reports: Report[] = [];
    for (const name of names) {
      const found = await runBench(name, options, say);
      reports.push(...found);
      if (!json) for (const report of found) process.stdout.write(`${printed(report)}\n`);
    }
    if (json) {
      const body = { at: new Date().toISOString(), reports: reports.map((one) => ({ ...one, ratios: judged(one) })) };
      process.stdout.write(`${JSON.stringify(body, null, 2)}\n`);
    }
    if (reports.some(missed)) process.exitCode = 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}
