import fc from 'fast-check';
import { groups, SMALL_BYTES, wayOf, type ListedMail } from './imap.intake.rules.js';

const mail = (uid: number, size: number): ListedMail => ({ uid, size, seen: false, arrivedAt: null, headers: '' });

describe('mails fetched together', () => {
  it('are runs of small ones; a large one is alone', () => {
    const sizes = [10, 20, SMALL_BYTES + 1, 30, 40, SMALL_BYTES * 9, SMALL_BYTES * 9];
    const made = groups(
      sizes.map((size, at) => mail(at + 1, size)),
      50,
    );
    expect(made.map((group) => group.map(({ uid }) => uid))).toEqual([[1, 2], [3], [4, 5], [6], [7]]);
  });

  it('keep their order, leave none out, and are never more than allowed', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: SMALL_BYTES * 2 }));
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 60 }), (given, together) => {
        const mails = given.map((size, at) => mail(at + 1, size));
        const made = groups(mails, together);
        expect(made.flat()).toEqual(mails);
        for (const group of made) {
          expect(group.length).toBeLessThanOrEqual(together);
          if (group.length > 1) expect(Math.max(...group.map(({ size }) => size))).toBeLessThanOrEqual(SMALL_BYTES);
        }
      }),
    );
  });
});

it('gives a mail up in steps when its fetching breaks off each time', () => {
  expect([0, 4, 5, 7, 8, 100].map(wayOf)).toEqual(['whole', 'whole', 'remains', 'remains', 'none', 'none']);
});
