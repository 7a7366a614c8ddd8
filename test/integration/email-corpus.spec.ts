import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import type { z } from 'zod';
import { parseMail } from '#channels';
import { InboundInteraction, noticeText } from '#contracts';
import { openFileStore, type FileStore } from '#platform';
import { ExpectedArrival } from '../fixtures/email/expected.js';
import { forgetful, mailOf, mails, names } from './email.corpus.js';
import { CARE, NOW, sha256 } from './email.world.js';

/** Largest file kept by itself in these tests, in bytes. */
const MAX_FILE = 100_000;

let folder: string;
let storage: FileStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'email-corpus-'));
  storage = await openFileStore(pathToFileURL(folder));
});
afterAll(() => rm(folder, { recursive: true }));

const parse = (source: Buffer | Readable, into = storage) =>
  parseMail(source, {
    storage: into,
    ownAddress: CARE,
    receivedAt: new Date(NOW),
    rawKey: 'original',
    maxFileBytes: MAX_FILE,
  });

const said = <T extends object>(expected: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(expected).filter(([, value]) => value !== undefined && value !== null),
  ) as Partial<T>;

/** What an entry shows, of what the corpus says about it. */
function expectArrival(arrival: z.output<typeof InboundInteraction>, expected: z.output<typeof ExpectedArrival>): void {
  const { outcome: _outcome, address, attachments, quotes, notices, says, htmlIncludes, ...rest } = expected;
  expect(arrival).toMatchObject({ ...rest, contact: { kind: 'email', value: address } });
  expect(arrival.notices.map(({ code }) => code)).toEqual(notices);
  if (says !== undefined) expect(arrival.notices[0] && noticeText(arrival.notices[0], 'en')).toBe(says);
  if (quotes === null) expect(arrival.quoted).toBeNull();
  else expect(arrival.quoted).toContain(quotes);
  if (htmlIncludes === undefined) expect(arrival.html).toBeNull();
  else expect(arrival.html).toContain(htmlIncludes);
  expect(arrival.attachments).toMatchObject(attachments.map(said));
}

/** Milliseconds to read it, the best of five: what else the machine is doing is no property of a mail. */
async function bestTime(raw: Buffer, enough: number): Promise<number> {
  let best = Infinity;
  for (let run = 0; run < 5 && best > enough; run += 1) {
    const begun = performance.now();
    await parse(raw, forgetful);
    best = Math.min(best, performance.now() - begun);
  }
  return best;
}

describe('the corpus', () => {
  it('has enough to say', () => {
    expect(names.length).toBeGreaterThanOrEqual(120);
    expect(new Set([...mails.values()].map(({ raw }) => raw.toString('latin1'))).size).toBe(names.length);
  });

  it.each(names)('%s', async (name) => {
    const { raw, expected } = mailOf(name);
    const parsed = await parse(raw);
    if (expected.outcome !== 'arrival' || parsed.outcome !== 'arrival') return expect(parsed).toMatchObject(expected);
    const arrival = InboundInteraction.parse(parsed.arrival);
    expectArrival(arrival, ExpectedArrival.parse(expected));
    for (const file of arrival.attachments) {
      const content = await buffer(await storage.get(file.storageKey));
      expect({ size: content.length, sha256: sha256(content) }).toEqual({ size: file.size, sha256: file.sha256 });
    }
  });

  const small = names.filter((name) => mailOf(name).raw.length < 6000);
  it.each(small)('%s is the same mail in one piece or in many', async (name) => {
    const { raw } = mailOf(name);
    const bytes = Array.from(raw, (_byte, at) => raw.subarray(at, at + 1));
    const [whole, pieces] = [await parse(raw), await parse(Readable.from(bytes, { objectMode: false }))];
    const named = (parsed: typeof whole) => (parsed.outcome === 'arrival' ? parsed.arrival.externalId : parsed);
    expect(named(pieces)).toEqual(named(whole));
  });

  it('tells two mails apart that differ in the name of a file', async () => {
    const externalId = async (name: string) => {
      const parsed = await parse(mailOf(name).raw);
      return parsed.outcome === 'arrival' ? parsed.arrival.externalId : parsed.outcome;
    };
    const [one, other] = [await externalId('file named with quotes'), await externalId('file named with a semicolon')];
    expect(one.startsWith('<1@example.com>/')).toBe(true);
    expect(other.startsWith('<1@example.com>/')).toBe(true);
    expect(one).not.toBe(other);
  });

  it('is read in 250 ms a mail', async () => {
    for (const [name, { raw }] of mails) {
      const time = await bestTime(raw, 250);
      if (time > 250) throw new Error(`${name} took ${Math.round(time)} ms`);
    }
  });
});

describe('a damaged mail', () => {
  interface Blow {
    kind: 'cut' | 'double' | 'noise' | 'flip' | 'stop' | 'lines' | 'shuffle';
    from: number;
    length: number;
    noise: Uint8Array;
  }
  const blow = fc.record({
    kind: fc.constantFrom<Blow['kind'][]>('cut', 'double', 'noise', 'flip', 'stop', 'lines', 'shuffle'),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 1, max: 200 }),
    noise: fc.uint8Array({ minLength: 1, maxLength: 200 }),
  });

  /** Lines doubled, or what stands between boundaries in another order. */
  const rearranged = (raw: Buffer, { kind, from, length }: Blow): Buffer => {
    const pieces = raw.toString('latin1').split(kind === 'lines' ? /(?<=\n)/u : /(?=\r?\n--)/u);
    const start = Math.floor(from * pieces.length);
    const [before, some, after] = [
      pieces.slice(0, start),
      pieces.slice(start, start + length),
      pieces.slice(start + length),
    ];
    const turned = kind === 'lines' ? [...some, ...some] : some.toReversed();
    return Buffer.from([...before, ...turned, ...after].join(''), 'latin1');
  };

  const damaged = (raw: Buffer, hit: Blow): Buffer => {
    const { kind, from, length, noise } = hit;
    const start = Math.floor(from * raw.length);
    const [before, piece, after] = [
      raw.subarray(0, start),
      raw.subarray(start, start + length),
      raw.subarray(start + length),
    ];
    if (kind === 'lines' || kind === 'shuffle') return rearranged(raw, hit);
    if (kind === 'stop') return before;
    if (kind === 'cut') return Buffer.concat([before, after]);
    if (kind === 'flip')
      return Buffer.concat([before, piece.map((byte, at) => byte ^ (noise[at % noise.length] ?? 0)), after]);
    return Buffer.concat(kind === 'double' ? [before, piece, piece, after] : [before, noise, after]);
  };

  it('is an entry intake takes, a report, or a reject with a reason: never an error, never slow', async () => {
    const slow: string[] = [];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.array(blow, { minLength: 1, maxLength: 4 }),
        async (name, blows) => {
          const raw = blows.reduce(damaged, mailOf(name).raw);
          const begun = performance.now();
          const parsed = await parse(raw, forgetful);
          if (performance.now() - begun > 1000 && (await bestTime(raw, 1000)) > 1000) slow.push(name);
          if (parsed.outcome !== 'arrival')
            return expect('reason' in parsed ? parsed.reason : `mail.${parsed.outcome}`).toMatch(/^mail\./u);
          const arrival = InboundInteraction.parse(parsed.arrival);
          expect(JSON.stringify(arrival)).not.toContain('\\u0000');
          expect(arrival.rawKey).toBe('original');
        },
      ),
      { numRuns: 1500, seed: 20261121 },
    );
    expect(slow).toEqual([]);
  }, 120_000);
});
