import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from './bench.js';
import { median } from './numbers.js';

const LAUNCHER = 'apps/launcher/start.mjs';
const PATIENCE_MS = 120_000;

/** So many ports nobody uses at this moment. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/** `npm start` until it says that it is ready, then its end. @returns seconds of both */
async function startOnce(home: string): Promise<{ ready: number; stopped: number }> {
  const [http, sandbox, x, mailboxes, smtp] = (await freePorts(5)).map(String);
  const child = spawn(process.execPath, [LAUNCHER], {
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      HILO_HOME: home,
      PORT: http,
      HILO_SANDBOX_PORT: sandbox,
      HILO_SANDBOX_TWITTER_PORT: x,
      HILO_SANDBOX_SMTP_PORT: mailboxes,
      HILO_SMTP_PORT: smtp,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const began = performance.now();
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  let said = '';
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    said += chunk.toString();
    if (said.includes('Hilo is ready')) break;
  }
  const ready = (performance.now() - began) / 1000;
  if (!said.includes('Hilo is ready')) throw new Error(`it did not start: ${said.slice(-2000)}`);
  const asked = performance.now();
  const ended = once(child, 'exit');
  child.stdout.destroy();
  child.kill('SIGTERM');
  const [code] = (await ended) as [number | null];
  clearTimeout(timer);
  if (code !== 0) throw new Error(`it ended with ${code}`);
  return { ready, stopped: (performance.now() - asked) / 1000 };
}

/** `npm start` with everything in place: built, its database there, the demo day in it. */
export const start: Bench = async ({ options, say }) => {
  const home = mkdtempSync(join(tmpdir(), 'hilo-start-'));
  try {
    const first = await startOnce(home);
    say(`  first start, empty home: ${first.ready.toFixed(1)} s`);
    const rounds = [];
    for (let round = 0; round < options.rounds; round += 1) rounds.push(await startOnce(home));
    const ready = median(rounds.map((round) => round.ready));
    return [
      {
        bench: 'start',
        title: `npm start with everything in place, ${options.rounds} rounds`,
        columns: ['again', 'first'],
        lines: [
          { what: 'ready after', unit: 's', product: ready, bare: first.ready },
          {
            what: 'SIGTERM to exit 0',
            unit: 's',
            product: median(rounds.map((round) => round.stopped)),
            bare: first.stopped,
          },
        ],
        ratios: [{ name: 'start', detail: 's', value: ready }],
        notes: [],
        failures: [],
      },
    ];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
};
