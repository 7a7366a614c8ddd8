import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { parseMail, type EmailChannel } from '#channels';
import type { StoredFile } from '#contracts';
import { newId, openFileStore, type FileStore } from '#platform';
import { freePort } from '../support/ports.js';
import { ScriptedRelay, type Script } from './email.smtp.js';
import { CARE, NOW, sha256 } from './email.world.js';
import { mailOut, outgoing, Sink } from './mail-out.world.js';

let folder: string;
let storage: FileStore;
const channels: EmailChannel[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'email-out-'));
  storage = await openFileStore(pathToFileURL(folder));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => {
  for (const channel of channels.splice(0)) channel.stop();
});

function channelTo(relayUrl?: string): EmailChannel {
  const { channel } = mailOut(storage, relayUrl ? { HILO_SMTP_URL: relayUrl } : {});
  channels.push(channel);
  return channel;
}

async function stored(bytes: Buffer, fileName: string, contentType: string): Promise<StoredFile> {
  const { key, size, sha256: hash } = await storage.put(Readable.from([bytes]));
  return { id: newId(), fileName, contentType, size, sha256: hash, storageKey: key, contentId: null, inline: false };
}

describe('a mail that leaves', () => {
  const sink = new Sink();
  const { received } = sink;
  let url: string;
  beforeAll(async () => {
    url = `smtp://127.0.0.1:${await sink.start()}`;
  });
  afterAll(() => sink.stop());
  beforeEach(() => received.splice(0));

  it('says who, to whom, about what and in answer to what', async () => {
    const message = outgoing();
    expect(await channelTo(url).send(message)).toEqual({ outcome: 'sent', externalId: message.messageId });
    const [one] = received;
    expect(one?.to).toEqual(['robin@example.com']);
    const { mail } = one ?? {};
    expect(mail?.from?.value).toEqual([{ name: 'Lucía Martín · Nexo', address: CARE }]);
    expect(mail?.replyTo?.value).toMatchObject([
      { address: expect.stringMatching(/^care\+7k2f9q\.[a-z2-7]{16}@hilo\.test$/) },
    ]);
    expect(mail?.to).toMatchObject({ value: [{ name: 'Robin Díaz', address: 'robin@example.com' }] });
    expect(mail?.subject).toMatch(/^Re: Avería <urgente> \[H-7K2F-9Q#[a-z2-7]{8}\]$/);
    expect(mail?.messageId).toBe(`<${message.interactionId}@hilo.test>`);
    expect(mail?.inReplyTo).toBe('<last@example.com>');
    expect(mail?.references).toEqual(['<first@example.com>', '<last@example.com>']);
    expect(mail?.date).toEqual(new Date(NOW));
    expect(mail?.text?.trim()).toBe(
      `${message.text}\n\n-- \nAtención al cliente · Nexo\n\nCaso H-7K2F-9Q · Responde a este correo y tu mensaje llegará al mismo caso.`,
    );
    expect(mail?.html).toContain('<p>Hola Robin:</p>\n<p>Ya está en camino.<br>\nUn saludo,<br>\nLucía</p>');
    expect(mail?.headers.get('x-hilo-id')).toBe(message.interactionId);
    expect(mail?.headers.has('auto-submitted')).toBe(false);
  });

  it('keeps the first and the newest of a long thread', async () => {
    const references = Array.from({ length: 60 }, (_, n) => `<${n}@example.com>`);
    await channelTo(url).send(
      outgoing({ thread: { account: null, ref: null, lastMessageId: '<59@example.com>', references } }),
    );
    const [one] = received;
    expect(one?.mail.references).toHaveLength(20);
    expect([one?.mail.references?.[0], one?.mail.references?.at(-1)]).toEqual(['<0@example.com>', '<59@example.com>']);
  });

  it('opens a thread of its own when there is nothing to answer', async () => {
    const thread = { account: null, ref: null, lastMessageId: null, references: [] };
    await channelTo(url).send(outgoing({ thread, subject: 'Re: Case H-7K2F-9Q', language: 'en' }));
    const [one] = received;
    expect(one?.mail.subject).toMatch(/^Re: Case H-7K2F-9Q \[H-7K2F-9Q#/);
    expect(one?.mail.headers.has('in-reply-to')).toBe(false);
    expect(one?.mail.headers.has('references')).toBe(false);
  });

  it('carries attachments byte for byte', async () => {
    const [photo, note] = [randomBytes(2_000_000), Buffer.from('línea 1\r\nlínea 2\n')];
    const attachments = [
      await stored(photo, 'móvil «roto».jpg', 'image/jpeg'),
      await stored(note, 'nota.txt', 'text/plain'),
    ];
    await channelTo(url).send(outgoing({ attachments }));
    const files = received[0]?.mail.attachments ?? [];
    expect(files.map((file) => [file.filename, file.contentType, sha256(file.content)])).toEqual([
      ['móvil «roto».jpg', 'image/jpeg', sha256(photo)],
      ['nota.txt', 'text/plain', sha256(note)],
    ]);
  });

  it('cannot be made to say more than it should', async () => {
    const evil = 'Robin\r\nBcc: everybody@evil.example';
    await channelTo(url).send(
      outgoing({ subject: evil, author: { displayName: evil }, to: { ...outgoing().to, name: evil } }),
    );
    const [one] = received;
    expect(one?.to).toEqual(['robin@example.com']);
    expect(one?.mail.headers.has('bcc')).toBe(false);
  });

  it('comes back as our own echo', async () => {
    await channelTo(url).send(outgoing());
    const context = { storage, ownAddress: 'other@hilo.test', receivedAt: new Date(NOW), rawKey: null };
    expect(await parseMail(received[0]?.raw ?? Buffer.alloc(0), context)).toMatchObject({
      outcome: 'reject',
      reason: 'mail.own_loop',
    });
  });

  it('leaves side by side with others, each once', async () => {
    const channel = channelTo(url);
    const messages = Array.from({ length: 20 }, () => outgoing());
    const outcomes = await Promise.all(messages.map((message) => channel.send(message)));
    expect(outcomes.every((outcome) => outcome.outcome === 'sent')).toBe(true);
    expect(received.map(({ mail }) => mail.messageId).sort()).toEqual(
      messages.map((message) => message.messageId).sort(),
    );
  });
});

describe('a mail that does not leave', () => {
  let relay: ScriptedRelay;
  let url: string;
  beforeEach(async () => {
    relay = new ScriptedRelay();
    url = await relay.start();
  });
  afterEach(() => relay.stop());

  const PHASES: [string, Script, object][] = [
    [
      'greeting refused',
      { greeting: '554 no service' },
      { outcome: 'retry', reason: 'channel.refused', detail: '554 no service' },
    ],
    [
      'greeting: busy',
      { greeting: '421 too many' },
      { outcome: 'retry', reason: 'channel.unreachable', detail: '421 too many' },
    ],
    ['dropped at the greeting', { greeting: 'drop' }, { outcome: 'retry', reason: 'channel.unreachable' }],
    ['dropped at EHLO', { ehlo: 'drop' }, { outcome: 'retry', reason: 'channel.unreachable' }],
    [
      'sender refused',
      { mail: '550 5.7.1 not from here' },
      { outcome: 'failed', reason: 'channel.refused', detail: '550 5.7.1 not from here' },
    ],
    ['sender deferred', { mail: '451 later' }, { outcome: 'retry', reason: 'channel.refused' }],
    ['dropped at MAIL', { mail: 'drop' }, { outcome: 'retry', reason: 'channel.unreachable' }],
    [
      'recipient unknown',
      { rcpt: '550 5.1.1 who?' },
      { outcome: 'failed', reason: 'recipient.unknown', detail: '550 5.1.1 who?' },
    ],
    [
      'recipient unknown, without detail',
      { rcpt: '550 no such user' },
      { outcome: 'failed', reason: 'recipient.unknown' },
    ],
    ['recipient misspelt', { rcpt: '553 syntax' }, { outcome: 'failed', reason: 'recipient.unknown' }],
    ['recipient not local', { rcpt: '551 elsewhere' }, { outcome: 'failed', reason: 'recipient.unknown' }],
    ['mailbox full', { rcpt: '552 5.2.2 full' }, { outcome: 'failed', reason: 'recipient.refused' }],
    ['refused by policy', { rcpt: '550 5.7.1 blocked' }, { outcome: 'failed', reason: 'recipient.refused' }],
    [
      'greylisted',
      { rcpt: '450 4.7.1 come back' },
      { outcome: 'retry', reason: 'channel.refused', detail: '450 4.7.1 come back' },
    ],
    ['dropped at RCPT', { rcpt: 'drop' }, { outcome: 'retry', reason: 'channel.unreachable' }],
    ['DATA refused', { data: '554 no' }, { outcome: 'failed', reason: 'channel.refused' }],
    ['DATA deferred', { data: '451 later' }, { outcome: 'retry', reason: 'channel.refused' }],
    ['dropped at DATA', { data: 'drop' }, { outcome: 'retry', reason: 'channel.unreachable' }],
    [
      'message refused',
      { message: '554 5.6.0 spam' },
      { outcome: 'failed', reason: 'channel.refused', detail: '554 5.6.0 spam' },
    ],
    ['message deferred', { message: '452 4.3.1 disk full' }, { outcome: 'retry', reason: 'channel.refused' }],
    ['relay stopping after the message', { message: '421 bye' }, { outcome: 'retry', reason: 'channel.unreachable' }],
    ['dropped after the whole message', { message: 'drop' }, { outcome: 'unknown' }],
  ];

  it.each(PHASES)('%s', async (_case, script, outcome) => {
    relay.script = script;
    expect(await channelTo(url).send(outgoing())).toMatchObject(outcome);
    if (!script.message) expect(relay.messages).toEqual([]);
  });

  it('is known not to have arrived when the line broke in the middle of the message', async () => {
    relay.script = { breakAfter: 100_000 };
    const attachments = [await stored(randomBytes(7_000_000), 'grande.bin', 'application/octet-stream')];
    expect(await channelTo(url).send(outgoing({ attachments }))).toMatchObject({
      outcome: 'retry',
      reason: 'channel.unreachable',
    });
    expect(relay.messages).toEqual([]);
  });

  it('is never sent a second time by itself when nobody knows whether it arrived', async () => {
    relay.script = { message: 'drop' };
    const channel = channelTo(url);
    expect(await channel.send(outgoing())).toMatchObject({ outcome: 'unknown' });
    relay.script = {};
    expect(await channel.send(outgoing())).toMatchObject({ outcome: 'sent' });
    expect(relay.messages).toHaveLength(2);
  });

  it('leaves on a new line when the relay has closed the idle one', async () => {
    const channel = channelTo(url);
    expect(await channel.send(outgoing())).toMatchObject({ outcome: 'sent' });
    relay.hangUp();
    expect(await channel.send(outgoing())).toMatchObject({ outcome: 'sent' });
    expect([relay.connections, relay.messages.length]).toEqual([2, 2]);
  });

  it('is a retry while nobody listens, and while the relay says nothing', async () => {
    const port = await freePort();
    expect(await channelTo(`smtp://127.0.0.1:${port}`).send(outgoing())).toMatchObject({
      outcome: 'retry',
      reason: 'channel.unreachable',
      detail: expect.stringContaining('ECONNREFUSED') as string,
    });
    const silent = createServer();
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port: mute } = silent.address() as AddressInfo;
    const channel = channelTo(`smtp://127.0.0.1:${mute}?greetingTimeout=200`);
    expect(await channel.send(outgoing())).toMatchObject({ outcome: 'retry', reason: 'channel.unreachable' });
    silent.close();
  });

  it('has failed when one of its attachments is gone from storage', async () => {
    const file = await stored(Buffer.from('x'), 'x.txt', 'text/plain');
    const gone = { ...file, storageKey: `00/00/${'0'.repeat(64)}` };
    expect(await channelTo(url).send(outgoing({ attachments: [file, gone] }))).toMatchObject({
      outcome: 'failed',
      reason: 'attachment.gone',
    });
    expect(relay.messages).toEqual([]);
  });

  it('is not even tried without a relay or an address', async () => {
    expect(await channelTo().send(outgoing())).toMatchObject({ outcome: 'failed', reason: 'channel.not_configured' });
    const nowhere = { ...outgoing().to, value: null };
    expect(await channelTo(url).send(outgoing({ to: nowhere }))).toMatchObject({
      outcome: 'failed',
      reason: 'recipient.unknown',
    });
    expect(relay.connections).toBe(0);
  });

  it('cannot be asked for afterwards', async () => {
    expect(await channelTo(url).settle(outgoing())).toMatchObject({ outcome: 'unknown' });
    expect(channelTo(url).settles).toBe(false);
  });
});
