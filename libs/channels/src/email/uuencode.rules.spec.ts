import fc from 'fast-check';
import { uuencoded } from '../../../../test/fixtures/email/made/uuencoded.js';
import { MAIL_LIMITS } from './mail.limits.rules.js';
import { UuencodeSieve } from './uuencode.rules.js';

/** What becomes of a text that comes in pieces cut at these places. */
function sieved(text: Buffer, cuts: readonly number[] = []) {
  const sieve = new UuencodeSieve();
  const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
  const pieces = places.slice(1).map((to, at) => sieve.take(text.subarray(places[at], to)));
  return { text: Buffer.concat([...pieces, sieve.rest()]), files: sieve.files, hasLost: sieve.hasLost };
}

const LINES = ['begin 644 x.txt', '#0V%T', '`', 'end', 'begin', 'begin 7', 'begin 644 ', '', ' ', '"HI"', 'M', 'Hola'];
const lines = fc.array(fc.oneof(fc.constantFrom(...LINES), fc.string()), { maxLength: 30 });
const words = fc.array(fc.constantFrom('Hola', '', 'un saludo', 'begin', '> end'), { maxLength: 5 });

/** Of the processor: what else the machine has to do counts for nothing. */
const millisecondsSince = (before: NodeJS.CpuUsage): number => process.cpuUsage(before).user / 1000;

describe('UuencodeSieve', () => {
  it('finds every file, byte for byte, wherever the text is cut, and leaves the words around it', () => {
    const file = fc.record({
      content: fc.uint8Array({ maxLength: 400 }),
      before: words,
      zero: fc.constantFrom('`', ' '),
    });
    fc.assert(
      fc.property(
        fc.array(file, { maxLength: 4 }),
        words,
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.nat(3000), { maxLength: 20 }),
        (files, last, end, cuts) => {
          const said = (some: string[]) => some.map((line) => line + end).join('');
          const whole = files.map(
            ({ content, before, zero }, at) =>
              said(before) + uuencoded(`${at}.bin`, Buffer.from(content), { zero, end }),
          );
          const bytes = Buffer.from(whole.join('') + said(last));
          const found = sieved(
            bytes,
            cuts.map((cut) => cut % (bytes.length + 1)),
          );
          expect(found.text.toString()).toBe(files.map(({ before }) => said(before)).join('') + said(last));
          expect(found.files.map(({ name, content }) => [name, content?.toString('hex')])).toEqual(
            files.map(({ content }, at) => [`${at}.bin`, Buffer.from(content).toString('hex')]),
          );
        },
      ),
      { seed: 20261122 },
    );
  });

  it('finds the same in one piece as in many, and gives back what is no file as it was', () => {
    fc.assert(
      fc.property(lines, fc.array(fc.nat(400), { maxLength: 10 }), (some, cuts) => {
        const bytes = Buffer.from(some.join('\n'));
        const whole = sieved(bytes);
        expect(
          sieved(
            bytes,
            cuts.map((cut) => cut % (bytes.length + 1)),
          ),
        ).toEqual(whole);
        if (whole.files.length === 0) expect(whole.text.equals(bytes)).toBe(true);
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });

  it('names a file that is too large to be held, and its size', () => {
    const { text, files } = sieved(Buffer.from(uuencoded('g.bin', Buffer.alloc(MAIL_LIMITS.uuencodedBytes + 1))));
    expect(files).toEqual([{ name: 'g.bin', size: MAIL_LIMITS.uuencodedBytes + 1, content: null }]);
    expect(text.length).toBe(0);
  });

  it('leaves in the text what comes after the last file it takes', () => {
    const one = uuencoded('x', 'Cat');
    const { text, files } = sieved(Buffer.from(one.repeat(MAIL_LIMITS.uuencodedFiles + 1)));
    expect(files).toHaveLength(MAIL_LIMITS.uuencodedFiles);
    expect(text.toString()).toBe(one);
  });

  it('says when it had to let go of what was no file after all', () => {
    const begun = `begin 644 x\n${`M${'A'.repeat(60)}\n`.repeat(600_000)}`;
    expect(sieved(Buffer.from(begun))).toMatchObject({ files: [], hasLost: true });
  });

  it.each([
    ['first lines', 'begin 644 x\n'],
    ['first lines that are none', 'begin 644 \n'],
    ['lines of data', `M${'A'.repeat(60)}\n`],
    ['files that break off', `begin 644 x\nM${'A'.repeat(60)}\n`],
    ['one line without end', 'begin '],
    ['one letter a line', 'b\n'],
  ])('reads four megabytes of %s in one pass', (_case, line) => {
    const bytes = Buffer.from(line.repeat(4_000_000 / line.length));
    const cuts = Array.from({ length: 60 }, (_, n) => n * 65_536).filter((cut) => cut < bytes.length);
    const before = process.cpuUsage();
    const { text } = sieved(bytes, cuts);
    expect(millisecondsSince(before)).toBeLessThan(3000);
    expect(text.equals(bytes)).toBe(true);
  });

  it.each([
    ['nothing', '\n'],
    ['a letter that stands for nothing', '`\n'],
    ['the promise of one byte', '!\n'],
  ])('reads lines of %s for as long as they come, without holding each', (_case, line) => {
    const sieve = new UuencodeSieve();
    const piece = Buffer.from(line.repeat(65_536 / line.length));
    const [before, begun] = [process.memoryUsage().rss, process.cpuUsage()];
    let most = 0;
    let letters = sieve.take(Buffer.from('begin 644 x\n')).length;
    for (let n = 0; n < 100; n += 1) {
      letters += sieve.take(piece).length;
      most = Math.max(most, process.memoryUsage().rss);
    }
    letters += sieve.rest().length;
    expect(most - before).toBeLessThan(120_000_000);
    expect(millisecondsSince(begun)).toBeLessThan(5000);
    expect(letters).toBe('begin 644 x\n'.length + 100 * piece.length);
  });
});
