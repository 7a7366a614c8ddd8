import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { LeaseLost, type OutgoingMessage } from '#channels';
import type { StoredFile } from '#contracts';
import { newId } from '#platform';
import { waitFor } from '../support/wait.js';
import { CONVERSATION, LUCIA, PNG, TwitterWorld } from './twitter.world.js';

const MEGABYTE = 1024 * 1024;

let world: TwitterWorld;
beforeEach(async () => {
  world = await TwitterWorld.start();
  await world.write('Así se ve');
  await waitFor(async () => (await world.interactions()).length === 1);
  world.withoutWebhooks();
});
afterEach(() => world.end());

async function file(contentType: string, bytes: Buffer): Promise<StoredFile> {
  const { key: storageKey, size, sha256 } = await world.storage.put(Readable.from([bytes]));
  return { id: newId(), fileName: 'f', contentType, size, sha256, storageKey, contentId: null, inline: false };
}

const message = (...attachments: StoredFile[]): OutgoingMessage => ({
  interactionId: newId(),
  caseReference: 'H-2222-22',
  text: 'Mira',
  subject: null,
  attachments,
  to: { value: LUCIA, handle: 'lucia_ferrer', display: '@lucia_ferrer', name: 'Lucía' },
  thread: { account: null, ref: CONVERSATION, lastMessageId: null, references: [] },
  author: { displayName: 'Marta' },
  language: 'es',
  languageKnown: true,
  messageId: '<1@hilo.test>',
  firstDueAt: world.now(),
});
const last = () => world.sandbox.outside.messages.all().at(-1);

/** Every piece that goes up: its size, and how much had been read from storage by then. */
function watch(): { size: number; ahead: number }[] {
  const { media } = world.sandbox.outside;
  const pieces: { size: number; ahead: number }[] = [];
  let [read, sent] = [0, 0];
  const get = world.storage.get.bind(world.storage);
  world.storage.get = async (key) => {
    const source = await get(key);
    return Readable.from(
      (async function* () {
        for await (const chunk of source) {
          read += (chunk as Buffer).length;
          yield chunk as Buffer;
        }
      })(),
      { objectMode: true, highWaterMark: 1 },
    );
  };
  const append = media.append.bind(media);
  media.append = (owner, id, segment, bytes) => {
    pieces.push({ size: bytes.length, ahead: read - sent });
    sent += bytes.length;
    return append(owner, id, segment, bytes);
  };
  return pieces;
}

it('a film goes up in pieces, read from storage as they go, and arrives byte for byte', async () => {
  const bytes = randomBytes(11 * MEGABYTE);
  const film = await file('video/mp4', bytes);
  const pieces = watch();
  world.weather({ twitter: { filmSteps: 2 } });
  expect(await world.channel.send(message(film))).toMatchObject({ outcome: 'sent' });
  expect(pieces.map(({ size }) => size)).toEqual([4 * MEGABYTE, 4 * MEGABYTE, 3 * MEGABYTE]);
  for (const { ahead } of pieces) expect(ahead).toBeLessThanOrEqual(5 * MEGABYTE);
  expect(last()?.media?.bytes.equals(bytes)).toBe(true);
  expect(last()?.media?.type).toBe('video');
});

it('a film X cannot use is a visible failure, and nothing has left', async () => {
  const film = await file('video/mp4', PNG);
  world.weather({ twitter: { filmSteps: -1 } });
  expect(await world.channel.send(message(film))).toMatchObject({
    outcome: 'failed',
    reason: 'channel.refused',
    detail: 'file is currently unsupported',
  });
  expect(await world.received()).toEqual([]);
});

it('what was uploaded before a crash is not uploaded again, unless X has forgotten it', async () => {
  const reply = message(await file('image/png', PNG));
  world.weather({ twitter: { refuseNext: 2, refuseWith: 'automated' } });
  const pieces = watch();
  await world.channel.send(reply);
  expect(pieces).toHaveLength(1);
  world.aheadMs = 2 * 3_600_000;
  await world.channel.send(reply);
  expect(pieces).toHaveLength(1);
  world.aheadMs = 30 * 3_600_000;
  expect(await world.channel.send(reply)).toMatchObject({ outcome: 'sent' });
  expect(pieces).toHaveLength(2);
});

it('a try that has been taken over sends nothing any more', async () => {
  const reply = message(await file('video/mp4', PNG));
  const lost = new LeaseLost('taken over');
  await expect(world.channel.send(reply, { keep: () => Promise.reject(lost) })).rejects.toBe(lost);
  expect(await world.received()).toEqual([]);
});

it('a reply waits between its files when the limit comes, and goes on where it stopped', async () => {
  world.weather({ twitter: { rateLimits: 'strict', sendsPerWindow: 2 } });
  const reply = message(await file('image/png', PNG), await file('image/gif', PNG), await file('image/png', PNG));
  expect(await world.channel.send(reply)).toMatchObject({ outcome: 'wait', reason: 'channel.rate_limited' });
  expect((await world.received()).map(({ attachment }) => attachment?.contentType)).toEqual(['image/png', 'image/gif']);
  world.weather({ twitter: { rateLimits: 'generous' } });
  world.aheadMs = 910_000;
  expect(await world.channel.send(reply)).toMatchObject({ outcome: 'sent' });
  expect((await world.received()).map(({ text }) => text)).toEqual(['Mira', '', '']);
});

it('what X tells of its first messages while the others wait is no second reply', async () => {
  world.weather({ twitter: { rateLimits: 'strict', sendsPerWindow: 1 } });
  const id = await world.reply('Mira');
  for (const { storageKey, size, sha256, ...one } of [await file('image/png', PNG), await file('image/gif', PNG)]) {
    await world.rows(
      `insert into attachment (id, interaction_id, file_name, content_type, size, sha256, storage_key, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, now())`,
      [one.id, id, one.fileName, one.contentType, size, sha256, storageKey],
    );
  }
  expect(await world.deliver(id)).toMatchObject({ state: 'pending', reason: 'channel.rate_limited' });
  await world.poller.poll();
  expect(await world.interactions()).toHaveLength(2);
  world.weather({ twitter: { rateLimits: 'generous' } });
  world.aheadMs = 910_000;
  const { state, externalId } = await world.deliver(id);
  await world.poller.poll();
  expect(state).toBe('sent');
  const received = await world.received();
  expect(received.map(({ id: event, text }) => [event === externalId, text])).toEqual([
    [true, 'Mira'],
    [false, ''],
  ]);
  expect(await world.interactions()).toHaveLength(2);
});
