import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.js';
import { Companion } from './companion.js';
import { addPeople, logIn } from './crowd.js';
import type { BareLiveSettings } from './live.bare.js';
import { median, medianRatio, percentile } from './numbers.js';
import { AS_THE_WEB, startProductTwin } from './product.js';
import { interleave, type Twin } from './rounds.js';
import type { Watch } from './socket.load.js';

const SOCKETS = 1000;
const ARRIVALS = 25;
const PAUSE_MS = 60;

interface Sample {
  p50: number;
  p99: number;
  cpuMs: number;
  lost: number;
}

/** The nth arrival of a round, no two alike in the life of a database. */
const numberOf = (round: number, n: number): number => round * 10_000 + n;

/** Something arrives, everybody who watches is told: how long after the commit. `--size`: sockets. */
export const live: Bench = async (context) => {
  const { server, options } = context;
  const sockets = options.size ?? SOCKETS;
  const url = await server.createMigrated('product');
  await addPeople(url);
  const product = await startProductTwin(context, url, { file: 'live.companion.js' });
  const bare = await Companion.start<{ httpPort: number }>({
    file: 'live.bare.js',
    settings: { url: await server.create('bare') } satisfies BareLiveSettings,
    profileFolder: options.profileFolder,
  });
  const turn = async (companion: Companion, who: Pick<Watch, 'port' | 'headers' | 'auth'>): Promise<Twin<Sample>> => {
    const { companion: load } = await Companion.start({ file: 'socket.load.js' });
    await load.ask('watch', { ...who, namespace: '/live', count: sockets } satisfies Watch);
    return { companion, run: (round) => measure(companion, load, { round, sockets }) };
  };
  const cookie = await logIn(product.ready.httpPort);
  const twins = [
    await turn(product.companion, { port: product.ready.httpPort, headers: [`cookie: ${cookie}`], auth: AS_THE_WEB }),
    await turn(bare.companion, { port: bare.ready.httpPort, headers: [] }),
  ] as const;
  const compared = await interleave(options.rounds, ...twins);
  const each = (name: keyof Sample) => ({
    product: compared.product.map((sample) => sample[name]),
    bare: compared.bare.map((sample) => sample[name]),
  });
  const line = (what: string, unit: string, name: keyof Sample) => ({
    what,
    unit,
    product: median(each(name).product),
    bare: median(each(name).bare),
  });
  const lost = each('lost').product.reduce((sum, count) => sum + count, 0);
  return [
    {
      bench: 'live',
      title: `commit → ${sockets} sockets, ${ARRIVALS} arrivals a round, ${options.rounds} rounds`,
      lines: [
        line('a socket hears, p50', 'ms after the commit', 'p50'),
        line('a socket hears, p99', 'ms after the commit', 'p99'),
        line('CPU of Node', 'ms an arrival', 'cpuMs'),
      ],
      ratios: [{ name: 'live', detail: 'p99', value: medianRatio(each('p99').product, each('p99').bare) }],
      notes: [],
      failures: lost > 0 ? [`${lost} rings did not come within 5 s`] : [],
    },
  ];
};

async function measure(
  twin: Companion,
  load: Companion,
  { round, sockets }: { round: number; sockets: number },
): Promise<Sample> {
  const times: number[] = [];
  let lost = 0;
  const before = await twin.cpuMs();
  for (let n = 0; n < ARRIVALS; n += 1) {
    await load.ask('listen', sockets);
    const committed = await twin.ask<number>('arrive', numberOf(round, n));
    const rings = await load.ask<number[]>('heard');
    times.push(...rings.map((at) => at - committed));
    lost += sockets - rings.length;
    await sleep(PAUSE_MS);
  }
  const cpuMs = ((await twin.cpuMs()) - before) / ARRIVALS;
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), cpuMs, lost };
}
