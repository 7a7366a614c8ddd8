import type { Companion } from './companion.js';
import type { HttpResult, HttpRound } from './http.load.js';
import { median, medianRatio, percentile } from './numbers.js';
import type { Line } from './report.js';
import { interleave, type Compared, type Twin } from './rounds.js';
import type { BenchServer } from './server.js';

/** A twin that answers HTTP. */
export interface HttpTwin {
  companion: Companion;
  /** What is asked of it; a function when no two rounds may ask the same. */
  ask: (count: number, round: number) => Omit<HttpRound, 'connections' | 'count'>;
}

export interface HttpSample {
  p50: number;
  p99: number;
  rate: number;
  /** CPU of Node and PostgreSQL, milliseconds a request. */
  cpuMs: number;
  bytes: number;
}

export interface HttpPlan {
  connections: number;
  count: number;
  rounds: number;
}

/** Asks both twins the same, in turn. */
export async function compareHttp(
  { server, load }: { server: BenchServer; load: Companion },
  { connections, count, rounds }: HttpPlan,
  product: HttpTwin,
  bare: HttpTwin,
): Promise<Compared<HttpSample>> {
  const turn = ({ companion, ask }: HttpTwin): Twin<HttpSample> => ({
    companion,
    run: async (round) => {
      const asked = ask(count, round);
      const before = (await companion.cpuMs()) + server.cpuMs();
      const { times, seconds, bytes } = await load.ask<HttpResult>('run', { ...asked, connections, count });
      const cpuMs = ((await companion.cpuMs()) + server.cpuMs() - before) / count;
      return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), rate: count / seconds, cpuMs, bytes };
    },
  });
  return interleave(rounds, turn(product), turn(bare));
}

const each = (samples: HttpSample[], name: keyof HttpSample): number[] => samples.map((sample) => sample[name]);

export const ratioOf = ({ product, bare }: Compared<HttpSample>, name: keyof HttpSample): number =>
  medianRatio(each(product, name), each(bare, name));

export const lineOf = (
  what: string,
  unit: string,
  { product, bare }: Compared<HttpSample>,
  name: keyof HttpSample,
): Line => ({ what, unit, product: median(each(product, name)), bare: median(each(bare, name)) });
