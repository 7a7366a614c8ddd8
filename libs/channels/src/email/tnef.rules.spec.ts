import fc from 'fast-check';
import { rtfText, unpackRtf } from './rtf.rules.js';
import { readWinmail } from './tnef.rules.js';

const number = (value: number, length: 2 | 4): Buffer => {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntLE(value, 0, length);
  return bytes;
};
const attribute = (level: 1 | 2, id: number, data: Buffer): Buffer =>
  Buffer.concat([Buffer.from([level]), number(id, 4), number(data.length, 4), data, number(0, 2)]);
const binary = (id: number, value: Buffer): Buffer =>
  Buffer.concat([
    number(0x102, 2),
    number(id, 2),
    number(1, 4),
    number(value.length, 4),
    value,
    Buffer.alloc((4 - (value.length % 4)) % 4),
  ]);
const properties = (...all: Buffer[]): Buffer => Buffer.concat([number(all.length, 4), ...all]);
const packed = (...attributes: Buffer[]): Buffer => Buffer.concat([number(0x223e9f78, 4), number(1, 2), ...attributes]);
const file = (name: string, content: string): Buffer[] => [
  attribute(2, 0x0006_9002, Buffer.alloc(14)),
  attribute(2, 0x0001_8010, Buffer.from(`${name}\0`)),
  attribute(2, 0x0006_800f, Buffer.from(content)),
];

/** "hello hello" as the specification packs it (MS-OXRTFCP §4.1). */
const SAMPLE = Buffer.from(
  '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0',
  'hex',
);

const WINMAIL = packed(
  attribute(1, 0x0006_9003, properties(binary(0x1013, Buffer.from('<p>Hola</p>')), binary(0x1009, SAMPLE))),
  ...file('a.txt', 'uno'),
  ...file('b.txt', 'dos'),
);

describe('an Outlook package', () => {
  it('is opened', () => {
    expect(readWinmail(WINMAIL)).toMatchObject({ text: null, html: '<p>Hola</p>', isWhole: true });
    expect(readWinmail(WINMAIL)?.files.map(({ name, content }) => [name, content.toString()])).toEqual([
      ['a.txt', 'uno'],
      ['b.txt', 'dos'],
    ]);
  });

  it('is read in one pass when it is full of NULs', () => {
    const nuls = Buffer.concat([Buffer.alloc(5_000_000), Buffer.from('x\0\0')]);
    const before = performance.now();
    const winmail = readWinmail(packed(attribute(1, 0x0002_800c, nuls)));
    expect(winmail?.text?.length).toBe(5_000_001);
    expect(performance.now() - before).toBeLessThan(3000);
  });

  it('is none without its mark', () => {
    expect(readWinmail(Buffer.alloc(0))).toBeNull();
    expect(readWinmail(Buffer.from('nothing of the kind'))).toBeNull();
  });

  it('says so wherever it breaks off', () => {
    for (let length = 6; length < WINMAIL.length; length += 1) {
      const winmail = readWinmail(WINMAIL.subarray(0, length));
      const isBetween = winmail?.isWhole === true;
      // Whole it can only look where one attribute ends and the next would begin.
      if (isBetween) expect(winmail.files.length).toBeLessThan(2);
    }
  });

  it('gives out five hundred files at most, and says that there were more', () => {
    const many = packed(...Array.from({ length: 600 }, (_, n) => file(`${n}`, 'x')).flat());
    expect(readWinmail(many)?.files).toHaveLength(500);
    expect(readWinmail(many)?.isWhole).toBe(false);
  });

  it('reads anything a stranger sends, in bounded time, and gives out no more than came in', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }).map((some) => packed(Buffer.from(some))),
      fc
        .tuple(fc.nat({ max: WINMAIL.length - 1 }), fc.uint8Array({ minLength: 1, maxLength: 8 }))
        .map(([at, noise]) => Buffer.concat([WINMAIL.subarray(0, at), Buffer.from(noise), WINMAIL.subarray(at)])),
      fc.array(fc.tuple(fc.nat({ max: WINMAIL.length - 1 }), fc.nat({ max: 255 })), { maxLength: 12 }).map((hits) => {
        const copy = Buffer.from(WINMAIL);
        for (const [at, value] of hits) copy[at] = value;
        return copy;
      }),
    );
    fc.assert(
      fc.property(bytes, (stranger) => {
        const begun = performance.now();
        const winmail = readWinmail(stranger);
        expect(performance.now() - begun).toBeLessThan(500);
        const out = (winmail?.files ?? []).reduce((sum, one) => sum + one.content.length, 0);
        expect(out).toBeLessThanOrEqual(stranger.length);
      }),
      { seed: 20261122, numRuns: 2000 },
    );
  });
});

describe('rtf', () => {
  it('is unpacked', () => {
    expect(unpackRtf(SAMPLE).toString('latin1')).toBe('{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n');
    expect(rtfText(unpackRtf(SAMPLE))).toBe('hello world');
  });

  it.each([
    ['{\\rtf1 a\\par b\\tab c}', 'a\nb\tc'],
    ["{\\rtf1 a\\'f1o}", 'año'],
    ['{\\rtf1\\uc1 5 \\u8364?}', '5 €'],
    ['{\\rtf1{\\fonttbl{\\f0 Arial;}}{\\*\\generator X;}Hola}', 'Hola'],
    ['{\\rtf1 \\{a\\}\\~b\\\\}', '{a} b\\'],
    ['', ''],
  ])('%j says %j', (rtf, text) => {
    expect(rtfText(Buffer.from(rtf, 'latin1'))).toBe(text);
  });

  it('is read whatever is in it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (noise, isPacked) => {
        const bytes = isPacked
          ? Buffer.concat([SAMPLE.subarray(0, 16), Buffer.from(noise)])
          : Buffer.from(`{\\rtf1 ${Buffer.from(noise).toString('latin1')}`, 'latin1');
        const text = isPacked ? rtfText(unpackRtf(bytes)) : rtfText(bytes);
        expect(text.isWellFormed()).toBe(true);
      }),
      { seed: 20261122, numRuns: 1000 },
    );
  });
});
