import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseMail, SenderCheck } from '#channels';
import type { FileStore } from '#platform';
import { forgetful, mailOf } from './email.corpus.js';
import { CARE, NOW } from './email.world.js';

const parse = (source: Buffer | Readable, into: FileStore = forgetful, maxFileBytes?: number) =>
  parseMail(source, { storage: into, ownAddress: CARE, receivedAt: new Date(NOW), rawKey: 'original', maxFileBytes });

describe('a huge mail', () => {
  /** A mail in pieces: its beginning, then so many times 57,000 bytes in base64. */
  function* huge(head: string, times: number, given: (bytes: number) => void) {
    const line = `${Buffer.alloc(57, 7).toString('base64')}\r\n`.repeat(1000);
    yield head;
    for (let n = 0; n < times; n += 1) {
      given(57_000);
      yield line;
    }
    yield '--b--\r\n';
  }
  const head = (type: string) =>
    `From: ana@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  /** What is really held, in bytes: what is given back is given back a moment after it was collected. */
  const held = async (): Promise<number> => {
    let least = Infinity;
    for (let round = 0; round < 4; round += 1) {
      collect();
      await new Promise((resolve) => setImmediate(resolve));
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      least = Math.min(least, heapUsed + arrayBuffers);
    }
    return least;
  };

  it('of 57 MB never comes into memory with its attachment', async () => {
    let [given, taken, ahead, most, chunks] = [0, 0, 0, 0, 0];
    const before = await held();
    const slow: FileStore = {
      ...forgetful,
      put: async (body) => {
        for await (const chunk of body as AsyncIterable<Buffer>) {
          taken += chunk.length;
          ahead = Math.max(ahead, given - taken);
          chunks += 1;
          if (chunks % 400 === 0) most = Math.max(most, (await held()) - before);
          await new Promise((resolve) => setImmediate(resolve));
        }
        return { key: 'k', sha256: 's', size: taken };
      },
    };
    const raw = huge(head('application/zip; name=x.zip'), 1000, (bytes) => (given += bytes));
    const parsed = await parse(Readable.from(raw, { objectMode: false }), slow);
    expect(parsed).toMatchObject({
      outcome: 'arrival',
      arrival: { attachments: [{ fileName: 'x.zip', size: 57_000_000 }], notices: [] },
    });
    // Never more than a few chunks are between the original and storage.
    expect(ahead).toBeLessThan(2_000_000);
    expect(chunks).toBeGreaterThan(400);
    expect(most).toBeLessThan(16_000_000);
  });

  it.each([
    ['a file over the limit', 'application/zip; name=x.zip', 50 * 1024 * 1024, 'mail.file_too_large'],
    ['a text', 'text/plain', undefined, 'mail.text_cut'],
    ['an Outlook package', 'application/ms-tnef; name=winmail.dat', undefined, 'mail.winmail_unread'],
  ])('is read to its end when it is %s', async (_case, type, limit, notice) => {
    let given = 0;
    const raw = huge(head(type), 1000, (bytes) => (given += bytes));
    const parsed = await parse(Readable.from(raw, { objectMode: false }), forgetful, limit);
    if (parsed.outcome !== 'arrival') throw new Error(parsed.outcome);
    expect(given).toBe(57_000_000);
    expect(parsed.arrival.notices).toEqual([expect.objectContaining({ code: notice })]);
    expect(parsed.arrival.text.length).toBeLessThanOrEqual(1024 * 1024);
  });

  it('keeps the first megabyte of its text', async () => {
    const raw = Buffer.concat([
      Buffer.from('From: ana@example.com\r\nSubject: Largo\r\n\r\n'),
      Buffer.alloc(5_000_000, 'palabra \r\n'),
    ]);
    const parsed = await parse(raw, forgetful);
    expect(parsed.outcome === 'arrival' && parsed.arrival.text.length).toBeGreaterThan(1_000_000);
    expect(parsed.outcome === 'arrival' && parsed.arrival.text.length).toBeLessThanOrEqual(1024 * 1024);
  });

  it.each([
    ['ten thousand nested elements', `Content-Type: text/html\r\n\r\n${'<div>'.repeat(10_000)}hola`],
    ['ten thousand links', `Content-Type: text/html\r\n\r\n${'<a href="https://x.example">x</a> '.repeat(10_000)}`],
    [
      'a thousand recipients',
      `To: ${Array.from({ length: 1000 }, (_, n) => `c${n}@example.com`).join(',\r\n ')}\r\n\r\nhola`,
    ],
    [
      'five hundred parts',
      `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\nContent-Type: text/plain\r\n\r\nhola\r\n'.repeat(500)}--b--\r\n`,
    ],
    [
      'forty levels of parts',
      Array.from({ length: 40 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`).join(
        '',
      ) + '\r\nhola',
    ],
    ['a header of 900 kB', `X-Long: ${'x'.repeat(900_000)}\r\n\r\nhola`],
    ['a reference header of 500 kB', `References: ${'<a@b> '.repeat(80_000)}\r\n\r\nhola`],
    ['a line of 2 MB', `\r\n${'x'.repeat(2_000_000)}`],
    ['900,000 carriage returns in a header', `X-Returns: ${'\r'.repeat(900_000)}x\r\n\r\nhola`],
    ['an address of 900,000 dots', `Reply-To: ana@${'.'.repeat(900_000)}x\r\n\r\nhola`],
  ])('reads %s in bounded time', async (_case, rest) => {
    const begun = performance.now();
    const parsed = await parse(Buffer.from(`From: ana@example.com\r\n${rest}`), forgetful);
    expect(parsed.outcome).toBe('arrival');
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  it.each([
    ['Received', '[ '],
    ['Received', '?= '],
    ['DKIM-Signature', '\r\n\t'],
    ['X-Returns', '\r'],
    ['X-Small', ' x\r\nX-Small:'],
  ])('looks nobody up for a header of 900 kB in %s (%j)', async (name, words) => {
    const header = `${name}: ${words.repeat(900_000 / words.length)}x`;
    const raw = Buffer.from(`From: ana@example.com\r\n${header}\r\n\r\nhola`);
    const senders = new SenderCheck(() => Promise.reject(new Error('no such name')));
    const server = { ip: '93.184.216.34', helo: 'x.example', envelopeFrom: 'ana@example.com' };
    const begun = performance.now();
    const parsed = await parseMail(raw, {
      ...{ storage: forgetful, ownAddress: CARE, receivedAt: new Date(NOW), rawKey: 'original' },
      checkSender: (domain) => senders.check(raw, server, domain),
    });
    expect(parsed).toMatchObject({ arrival: { auth: { verified: null, spf: 'temperror', domain: 'example.com' } } });
    expect(performance.now() - begun).toBeLessThan(3000);
  });

  it('reads a report to 900,000 brackets in bounded time', async () => {
    const to = `Delivered-To: ${'>'.repeat(900_000)}\u2028x\r\n`;
    const raw = `From: MAILER-DAEMON@example.com\r\nReturn-Path: <>\r\nSubject: Undelivered\r\n${to}\r\nhola`;
    const begun = performance.now();
    expect((await parse(Buffer.from(raw), forgetful)).outcome).toBe('report');
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  it('takes an address that is none from dots without measure for none', async () => {
    const begun = performance.now();
    const parsed = await parse(Buffer.from(`From: ana@${'.'.repeat(900_000)}x\r\n\r\nhola`), forgetful);
    expect(parsed).toMatchObject({ outcome: 'reject', reason: 'mail.no_sender' });
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  it.each([
    ['at once', (raw: Buffer) => raw],
    ['as it comes', (raw: Buffer) => Readable.from([raw.subarray(0, 100_000), raw.subarray(100_000)])],
  ])('keeps what came before a header beyond any measure, read %s', async (_case, source) => {
    const photo = `--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n${'QUJD'.repeat(50_000)}\r\n`;
    const bomb = `--b\r\nX-Bomb: ${'x'.repeat(1_200_000)}\r\n\r\nz\r\n--b--\r\n`;
    const raw = `From: ana@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHola\r\n${photo}${bomb}`;
    const parsed = await parse(source(Buffer.from(raw)));
    if (parsed.outcome !== 'arrival') throw new Error(parsed.outcome);
    expect(parsed.arrival.text).toBe('Hola');
    expect(parsed.arrival.attachments).toMatchObject([{ size: 150_000 }]);
    expect(parsed.arrival.notices).toEqual([{ code: 'mail.headers_too_large', values: { limit: '1 MB' } }]);
  });

  it('keeps a thousand parts and says that there are more', async () => {
    const part = '--b\r\nContent-Type: image/png\r\n\r\nx\r\n';
    const raw = `From: ana@example.com\r\nSubject: Partes\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${part.repeat(2000)}--b--\r\n`;
    const parsed = await parse(Buffer.from(raw), forgetful);
    if (parsed.outcome !== 'arrival') throw new Error(parsed.outcome);
    expect(parsed.arrival.attachments).toHaveLength(999);
    expect(parsed.arrival.notices).toEqual([{ code: 'mail.too_many_parts', values: { limit: '1000' } }]);
  });
});

describe('when storage fails', () => {
  const failing: FileStore = { ...forgetful, put: () => Promise.reject(new Error('disk full')) };

  it('is an error to try again after, not a reject', async () => {
    await expect(parse(mailOf('tnef-winmail.eml').raw, failing)).rejects.toThrow('disk full');
  });

  it('is the same when the original cannot be read to its end', async () => {
    async function* breaking() {
      yield mailOf('tnef-winmail.eml').raw.subarray(0, 500);
      await Promise.resolve();
      throw new Error('connection reset');
    }
    await expect(parse(Readable.from(breaking(), { objectMode: false }))).rejects.toThrow('connection reset');
  });

  it('is the same when it breaks within an attachment', async () => {
    async function* breaking() {
      yield `From: a@b.c\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: image/png\r\n\r\n${'x'.repeat(500_000)}`;
      await Promise.resolve();
      throw new Error('connection reset');
    }
    await expect(parse(Readable.from(breaking(), { objectMode: false }))).rejects.toThrow('connection reset');
  });
});
