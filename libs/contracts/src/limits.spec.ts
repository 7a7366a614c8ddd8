import fc from 'fast-check';
import { attachedAndLinked, MAIL_ATTACH_BYTES, mailSizeOf } from './limits.js';

const file = (size: number) => ({ size });

it.each([0, 1, 2, 3, 56, 57, 58, 1000, 100_000])('a file of %d bytes takes up what its base64 does', (size) => {
  const lines =
    Buffer.alloc(size)
      .toString('base64')
      .match(/.{1,76}/gu) ?? [];
  expect(mailSizeOf(size)).toBe(lines.map((line) => `${line}\r\n`).join('').length);
});

it('what fits is attached, the small ones first; the rest is linked, each in the order given', () => {
  const files = [file(9_000_000), file(100), file(4_000_000), file(2_000_000)];
  expect(attachedAndLinked(files)).toEqual({
    attached: [file(100), file(4_000_000), file(2_000_000)],
    linked: [file(9_000_000)],
  });
  expect(attachedAndLinked(files, 0)).toEqual({ attached: [], linked: files });
  expect(attachedAndLinked([])).toEqual({ attached: [], linked: [] });
});

it('no file is lost, none is there twice, and a mail is never larger than it may be', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20_000_000 }).map(file), { maxLength: 20 }), (files) => {
      const { attached, linked } = attachedAndLinked(files);
      expect(new Set([...attached, ...linked])).toEqual(new Set(files));
      expect(attached.length + linked.length).toBe(files.length);
      const total = attached.reduce((sum, { size }) => sum + mailSizeOf(size), 0);
      expect(total).toBeLessThanOrEqual(MAIL_ATTACH_BYTES);
      for (const { size } of linked) expect(total + mailSizeOf(size)).toBeGreaterThan(MAIL_ATTACH_BYTES);
    }),
  );
});
