import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Bench, BenchContext } from './bench.js';
import { Companion } from './companion.js';
import { BARE_SCHEMA } from './ingest.bare.sql.js';
import type { BareMailSettings } from './ingest.bare.js';
import { median, medianRatio } from './numbers.js';
import { startProductTwin } from './product.js';
import type { Report } from './report.js';
import { interleave, type Compared, type Twin } from './rounds.js';
import { withClient, type BenchServer } from './server.js';
import type { Delivered, MailRound } from './smtp.load.js';

const MAILS = 1500;
const CONNECTIONS = 16;
/** Half of the mails carry html beside their text. */
const MIX = { html: 0.5 };
const LOOK_EVERY_MS = 5;
const PATIENCE_MS = 120_000;

interface Sample {
  mails: number;
  /** From the first connection's first mail to the last commit. */
  seconds: number;
  nodeMs: number;
  postgresMs: number;
  /** Rows the round has made, to see that both did the same. */
  made: Record<string, number>;
}

/** How to see on a twin's database what has become of the mails. */
interface Sight {
  /** True when every accepted mail is part of a case. */
  committed: string;
  /** True when nothing is left to do in the background either. */
  settled: string;
  counts: string;
}

const PRODUCT: Sight = {
  committed: `select not exists (select from inbound_mail where state = 'pending') as yes`,
  settled: `select not exists (select from case_event where published_at is null) and not exists (select from interaction where html is not null and html_safe is null) as yes`,
  counts: `select (select count(*) from cases)::int as cases, (select count(*) from interaction)::int as messages, (select count(*) from attachment)::int as attachments`,
};

const BARE: Sight = {
  committed: 'select true as yes',
  settled: 'select true as yes',
  counts: `select (select count(*) from cases)::int as cases, (select count(*) from message)::int as messages, (select count(*) from attachment)::int as attachments`,
};

async function until(client: pg.Client, question: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const { rows } = await client.query<{ yes: boolean }>({ name: question.slice(0, 60), text: question });
    if (rows[0]?.yes) return;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(`after ${PATIENCE_MS / 1000} s still not: ${question}`);
}

/** One round against a twin: the mails go in, the clock stops at the last commit, CPU is read when nothing is left to do. */
async function measure({ companion, port, load, client, sight, server }: MailTwin, round: MailRound): Promise<Sample> {
  await load.ask('prepare', round);
  const before = await countsOf(client, sight);
  const [node, postgres] = [await companion.cpuMs(), server.cpuMs()];
  const { beganAt } = await load.ask<Delivered>('deliver', { port, connections: CONNECTIONS });
  await until(client, sight.committed);
  const seconds = (performance.timeOrigin + performance.now() - beganAt) / 1000;
  await until(client, sight.settled);
  const [nodeMs, postgresMs] = [(await companion.cpuMs()) - node, server.cpuMs() - postgres];
  const after = await countsOf(client, sight);
  const made = Object.fromEntries(Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]));
  return { mails: round.count, seconds, nodeMs, postgresMs, made };
}

async function countsOf(client: pg.Client, { counts }: Sight): Promise<Record<string, number>> {
  const { rows } = await client.query<Record<string, number>>(counts);
  return rows[0] ?? {};
}

interface MailTwin {
  companion: Companion;
  port: number;
  load: Companion;
  client: pg.Client;
  sight: Sight;
  server: BenchServer;
}

async function startTwins(context: BenchContext): Promise<{ product: MailTwin; bare: MailTwin }> {
  const { server, options } = context;
  const productUrl = await server.createMigrated('product');
  const bareUrl = await server.create('bare');
  await withClient(bareUrl, (client) => client.query(BARE_SCHEMA));
  const folder = join(server.folder, 'bare');
  mkdirSync(folder);
  const { companion: load } = await Companion.start({ file: 'smtp.load.js' });
  const product = await startProductTwin(context, productUrl);
  const bare = await Companion.start<{ mailPort: number }>({
    file: 'ingest.bare.js',
    settings: { url: bareUrl, folder } satisfies BareMailSettings,
    profileFolder: options.profileFolder,
  });
  const twin = { load, server };
  return {
    product: {
      ...twin,
      companion: product.companion,
      port: product.ready.mailPort,
      client: await server.connect(productUrl),
      sight: PRODUCT,
    },
    bare: {
      ...twin,
      companion: bare.companion,
      port: bare.ready.mailPort,
      client: await server.connect(bareUrl),
      sight: BARE,
    },
  };
}

/** Email → committed case. `--size`: mails a round. */
export const ingest: Bench = async (context) => {
  const { options, say } = context;
  const count = options.size ?? MAILS;
  const { product, bare } = await startTwins(context);
  const turn = (name: string, twin: MailTwin): Twin<Sample> => ({
    companion: twin.companion,
    run: async (round) => {
      const sample = await measure(twin, { round, count: round === 0 ? Math.ceil(count / 2) : count, mix: MIX });
      say(`  ${name} round ${round}: ${(sample.mails / sample.seconds).toFixed(0)} mails/s`);
      return sample;
    },
  });
  const compared = await interleave(options.rounds, turn('product', product), turn('bare', bare));
  return [reportOf(compared, count)];
};

const each = (samples: Sample[], value: (sample: Sample) => number): number[] => samples.map(value);

function reportOf({ product, bare }: Compared<Sample>, count: number): Report {
  const rate = ({ mails, seconds }: Sample) => mails / seconds;
  const node = ({ nodeMs, mails }: Sample) => nodeMs / mails;
  const postgres = ({ postgresMs, mails }: Sample) => postgresMs / mails;
  const cpu = (sample: Sample) => node(sample) + postgres(sample);
  const line = (what: string, unit: string, value: (sample: Sample) => number) => ({
    what,
    unit,
    product: median(each(product, value)),
    bare: median(each(bare, value)),
  });
  const uneven = product.flatMap((sample, round) => {
    const [mine, other] = [JSON.stringify(sample.made), JSON.stringify(bare[round]?.made)];
    return mine === other ? [] : [`round ${round + 1}: the product made ${mine}, the bare pipeline ${other}`];
  });
  return {
    bench: 'ingest',
    title: `email → committed case, ${count} mails a round over ${CONNECTIONS} connections, ${product.length} rounds`,
    lines: [
      line('mails committed', '/s', rate),
      line('CPU of Node', 'ms a mail', node),
      line('CPU of PostgreSQL', 'ms a mail', postgres),
      line('CPU', 'ms a mail', cpu),
    ],
    ratios: [
      { name: 'ingest', value: medianRatio(each(product, rate), each(bare, rate)) },
      { name: 'ingest-cpu', value: medianRatio(each(product, cpu), each(bare, cpu)) },
    ],
    notes: [
      'the product also stores each original, publishes events, sanitises html (half of the mails have it): all in its CPU',
    ],
    failures: uneven,
  };
}
