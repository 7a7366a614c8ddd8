import fc from 'fast-check';
import { barsOf } from './code128.rules.js';

const sum = (numbers: number[]): number => numbers.reduce((one, other) => one + other, 0);

it('writes eleven modules for each sign, two more to end with', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 }), (text) => {
      const bars = barsOf(text);
      expect(sum(bars)).toBe(11 * (text.length + 3) + 2);
      // A bar at both ends.
      expect(bars.length % 2).toBe(1);
    }),
  );
});

it('is what the standard has for an example', () => {
  // "PJJ123C" has the check value 54 in code set A, which begins with 103; in B it is one more.
  const bars = barsOf('PJJ123C').join('');
  expect(bars.startsWith('211214')).toBe(true);
  expect(bars.endsWith('3113212331112')).toBe(true);
});

it('refuses what it cannot write', () => {
  expect(() => barsOf('ñ')).toThrow(RangeError);
});
