import { createHmac } from 'node:crypto';
import type { Bench } from './bench.js';
import { Companion } from './companion.js';
import type { BareWebhookSettings } from './dm.bare.js';
import type { HttpRound } from './http.load.js';
import { compareHttp, lineOf, ratioOf, type HttpTwin } from './http.rounds.js';
import { BARE_SCHEMA } from './ingest.bare.sql.js';
import { dice } from './mails.js';
import { startProductTwin } from './product.js';
import { withClient } from './server.js';

const MESSAGES = 1500;
const CONNECTIONS = 16;
const CARE = '1700000000000000001';
const SECRET = 'the consumer secret of a bench';
const X_EPOCH = 1_288_834_974_657n;
/** Of three who write, one has written before. */
const KNOWN = 1 / 3;

/** An account on X that nobody answers for: what the product would ask of X fails at once. */
const ACCOUNT = {
  NODE_ENV: 'development',
  HILO_TWITTER_PEER: '127.0.0.1:9',
  HILO_TWITTER_CONSUMER_KEY: 'bench',
  HILO_TWITTER_CONSUMER_SECRET: SECRET,
  HILO_TWITTER_ACCESS_TOKEN: `${CARE}-bench`,
  HILO_TWITTER_ACCESS_SECRET: 'bench',
  HILO_TWITTER_USER_ID: CARE,
  HILO_TWITTER_POLL_SECONDS: '3600',
  HILO_LOG_LEVEL: 'error',
};

/** A direct message as X's Account Activity brings it, signed. */
function delivery(round: number, n: number): { body: string; headers: string[] } {
  const roll = dice(round * 100_003 + n);
  const person = roll() < KNOWN && n > 50 ? Math.floor(roll() * (n - 50)) : n;
  const sender = String(2_000_000_000 + round * 1_000_000 + person);
  const id = (((BigInt(Date.now()) - X_EPOCH) << 22n) + BigInt(n)).toString();
  const text = 'Hola, desde ayer no tengo datos en el móvil y en la tienda me dicen que espere. ¿Qué hago?';
  const body = JSON.stringify({
    for_user_id: CARE,
    direct_message_events: [
      {
        type: 'message_create',
        id,
        created_timestamp: String(Date.now()),
        message_create: {
          target: { recipient_id: CARE },
          sender_id: sender,
          message_data: { text, entities: { hashtags: [], symbols: [], user_mentions: [], urls: [] } },
        },
      },
    ],
    users: {
      [sender]: { id: sender, name: `Persona ${person}`, screen_name: `persona${round}_${person}` },
      [CARE]: { id: CARE, name: 'Nexo', screen_name: 'nexo_ayuda' },
    },
  });
  const signature = createHmac('sha256', SECRET).update(body).digest('base64');
  return { body, headers: ['content-type: application/json', `x-twitter-webhooks-signature: sha256=${signature}`] };
}

/** Signed webhook → committed case. `--size`: messages a round. */
export const dm: Bench = async (context) => {
  const { server, options } = context;
  const count = options.size ?? MESSAGES;
  const url = await server.createMigrated('product');
  const bareUrl = await server.create('bare');
  await withClient(bareUrl, (client) => client.query(BARE_SCHEMA));
  const product = await startProductTwin(context, url, { env: ACCOUNT });
  const bare = await Companion.start<{ httpPort: number }>({
    file: 'dm.bare.js',
    settings: { url: bareUrl, secret: SECRET } satisfies BareWebhookSettings,
    profileFolder: options.profileFolder,
  });
  const { companion: load } = await Companion.start({ file: 'http.load.js' });
  const twin = (companion: Companion, port: number, path: string): HttpTwin => ({
    companion,
    ask: (messages, round): Omit<HttpRound, 'connections' | 'count'> => ({
      port,
      headers: [],
      method: 'POST',
      paths: Array.from({ length: messages }, () => path),
      bodies: Array.from({ length: messages }, (_, n) => delivery(round, n)),
    }),
  });
  const compared = await compareHttp(
    { server, load },
    { connections: CONNECTIONS, count, rounds: options.rounds },
    twin(product.companion, product.ready.httpPort, '/webhooks/twitter'),
    twin(bare.companion, bare.ready.httpPort, '/'),
  );
  const [made] = await withClient(url, async (client) => {
    const { rows } = await client.query<{ made: number }>('select count(*)::int as made from interaction');
    return rows;
  });
  const expected = count * (options.rounds + 1);
  return [
    {
      bench: 'dm',
      title: `signed webhook → committed, ${count} messages a round over ${CONNECTIONS} connections, ${options.rounds} rounds`,
      lines: [
        lineOf('messages committed', '/s', compared, 'rate'),
        lineOf('answered after, p50', 'ms', compared, 'p50'),
        lineOf('CPU', 'ms a message', compared, 'cpuMs'),
      ],
      ratios: [{ name: 'dm', value: ratioOf(compared, 'rate') }],
      notes: [],
      failures: made?.made === expected ? [] : [`${made?.made} interactions of ${expected} messages`],
    },
  ];
};
