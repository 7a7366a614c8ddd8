import { createHmac } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from '../../apps/sandbox/src/index.js';

export interface ReceivedBody {
  raw: string;
  signature: string | undefined;
  /** The direct message it is about; empty when it is about none. */
  dmId: string;
}

/** The smallest thing X delivers to: answers challenges, keeps what it is brought. */
export interface Receiver {
  url: string;
  /** Waits until the sandbox has accepted this address. */
  validated(sandbox: Sandbox): Promise<void>;
  /** Waits until so many bodies came. */
  bodies(count: number): Promise<ReceivedBody[]>;
  /** The next deliveries are answered like this, then 200 again. */
  answerWith(...statuses: number[]): void;
  /** From here on challenges are answered with another secret. */
  forgetSecret(): void;
  stop(): Promise<void>;
}

export async function startReceiver(consumerSecret: string): Promise<Receiver> {
  const received: ReceivedBody[] = [];
  const news = new EventEmitter().setMaxListeners(0);
  let secret = consumerSecret;
  let answers: number[] = [];

  const answerChallenge = (token: string, response: ServerResponse): void => {
    const response_token = `sha256=${createHmac('sha256', secret).update(token).digest('base64')}`;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ response_token }));
  };
  const keep = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks).toString();
    const signature = [request.headers['x-twitter-webhooks-signature']].flat().at(0);
    received.push({ raw, signature, dmId: /"message_create","id":"(\d+)"/.exec(raw)?.[1] ?? '' });
    response.writeHead(answers.shift() ?? 200).end();
    news.emit('body');
  };
  const server = createServer((request, response) => {
    const token = new URL(request.url ?? '/', 'http://receiver').searchParams.get('crc_token');
    if (token !== null) answerChallenge(token, response);
    else void keep(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/twitter`,
    async validated(sandbox) {
      while (!sandbox.outside.courier.registration.valid) {
        await new Promise<void>((resolve) => {
          const quiet = sandbox.outside.feed.listen(() => {
            quiet();
            resolve();
          });
        });
      }
    },
    async bodies(count) {
      while (received.length < count) await once(news, 'body');
      return received.slice(0, count);
    },
    answerWith: (...statuses) => {
      answers = statuses;
    },
    forgetSecret: () => {
      secret = 'another secret';
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
