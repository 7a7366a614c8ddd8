import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Companion } from './companion.js';
import type { BenchServer } from './server.js';
import type { Delivered, MailRound } from './smtp.load.js';

const LOOK_EVERY_MS = 5;
const PATIENCE_MS = 120_000;
export const CONNECTIONS = 16;
/** Half of the mails carry html beside their text. */
export const MIX = { html: 0.5 };

/** What a round of mails took. */
export interface MailSample {
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

export const PRODUCT: Sight = {
  committed: `select not exists (select from inbound_mail where state = 'pending') as yes`,
  settled: `select not exists (select from case_outbox) and not exists (select from interaction where html is not null and html_safe is null) as yes`,
  counts: `select (select count(*) from cases)::int as cases, (select count(*) from interaction)::int as messages, (select count(*) from attachment)::int as attachments`,
};

export const BARE: Sight = {
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
export async function deliver(
  { companion, port, load, client, sight, server }: MailTwin,
  round: MailRound,
): Promise<MailSample> {
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

/** A twin that takes mail. */
export interface MailTwin {
  companion: Companion;
  port: number;
  load: Companion;
  client: pg.Client;
  sight: Sight;
  server: BenchServer;
}
