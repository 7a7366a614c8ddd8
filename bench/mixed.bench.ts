import type { Bench } from './bench.js';
import { Companion } from './companion.js';
import { addCrowd, addPeople, logIn } from './crowd.js';
import type { HttpRound } from './http.load.js';
import { CONNECTIONS, deliver, MIX, PRODUCT, type MailSample, type MailTwin } from './mail.rounds.js';
import { median, medianRatio } from './numbers.js';
import { AS_THE_WEB, startProductTwin } from './product.js';
import type { Watch } from './socket.load.js';

const MAILS = 1500;
const SOCKETS = 1000;
const READERS = 16;
const CASES = 20_000;
/** No two readers ask alike at a time: the product would give them one answer. */
const QUESTIONS = Array.from({ length: READERS }, (_, n) => `/api/v1/cases?view=open&limit=${50 - n}`);
/** Requests of a portion; the readers go on until the mails are in. */
const READS = 100;

/** Reads the inbox side by side until told to stop. @returns how many pages were read */
function readUntil(load: Companion, round: Omit<HttpRound, 'connections' | 'count'>) {
  let stopped = false;
  const reading = (async () => {
    let pages = 0;
    while (!stopped) {
      await load.ask('run', { ...round, connections: READERS, count: READS } satisfies HttpRound);
      pages += READS;
    }
    return pages;
  })();
  return async (): Promise<number> => {
    stopped = true;
    return reading;
  };
}

/** Mail coming in while people watch and read, against mail alone. `--size`: mails a round. */
export const mixed: Bench = async (context) => {
  const { server, options, say } = context;
  const count = options.size ?? MAILS;
  const url = await server.createMigrated('product');
  await addPeople(url);
  await addCrowd(url, CASES, say);
  const { companion, ready } = await startProductTwin(context, url);
  const { companion: load } = await Companion.start({ file: 'smtp.load.js' });
  const { companion: readers } = await Companion.start({ file: 'http.load.js' });
  const { companion: watchers } = await Companion.start({ file: 'socket.load.js' });
  const headers = [`cookie: ${await logIn(ready.httpPort)}`];
  const client = await server.connect(url);
  const twin: MailTwin = { companion, port: ready.mailPort, load, client, sight: PRODUCT, server };
  const samples: Record<'alone' | 'crowded', MailSample[]> = { alone: [], crowded: [] };
  const pages: number[] = [];
  for (let round = 0; round <= options.rounds; round += 1) {
    const alone = await deliver(twin, { round: 2 * round, count, mix: MIX });
    await watchers.ask('watch', {
      port: ready.httpPort,
      namespace: '/live',
      headers,
      auth: AS_THE_WEB,
      count: SOCKETS,
    } satisfies Watch);
    const stop = readUntil(readers, {
      port: ready.httpPort,
      headers,
      paths: QUESTIONS,
    });
    const crowded = await deliver(twin, { round: 2 * round + 1, count, mix: MIX });
    const read = (await stop()) / crowded.seconds;
    await watchers.ask('close');
    if (round === 0) continue;
    samples.alone.push(alone);
    samples.crowded.push(crowded);
    pages.push(read);
  }
  const rates = (kind: keyof typeof samples) => samples[kind].map(({ mails, seconds }) => mails / seconds);
  return [
    {
      bench: 'mixed',
      title: `${count} mails a round over ${CONNECTIONS} connections with ${SOCKETS} sockets and ${READERS} readers, ${options.rounds} rounds`,
      columns: ['crowded', 'alone'],
      lines: [
        { what: 'mails committed', unit: '/s', product: median(rates('crowded')), bare: median(rates('alone')) },
        { what: 'pages of the inbox read', unit: '/s', product: median(pages) },
      ],
      ratios: [{ name: 'mixed', value: medianRatio(rates('crowded'), rates('alone')) }],
      notes: [],
      failures: [],
    },
  ];
};
