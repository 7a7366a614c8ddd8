import fc from 'fast-check';
import { newLegCode, readLegCode } from './leg-codes.js';

const codes = fc.array(fc.nat(28), { minLength: 7, maxLength: 7 }).map((drawn) => {
  const rest = [...drawn];
  return newLegCode(() => rest.shift() ?? 0);
});

it('is read back however it was typed or scanned', () => {
  fc.assert(
    fc.property(codes, (code) => {
      expect(code).toMatch(/^L-[0-9A-Z]{4}-[0-9A-Z]{4}$/u);
      for (const typed of [code, code.toLowerCase(), ` ${code.replaceAll('-', ' ')} `, code.replaceAll('-', "'")])
        expect(readLegCode(typed)).toBe(code);
    }),
  );
});

it('one wrong letter is noticed', () => {
  fc.assert(
    fc.property(codes, fc.integer({ min: 2, max: 10 }), fc.constantFrom(...'3479ACFKX'), (code, at, letter) => {
      const typed = code.slice(0, at) + letter + code.slice(at + 1);
      fc.pre(typed !== code && code.charAt(at) !== '-');
      expect(readLegCode(typed)).toBeNull();
    }),
  );
});

it.each(['', 'L-', 'H-7K2F-9Q', 'L-0000-0000', '356938035643809', 'L'.repeat(60)])('%j is none', (typed) => {
  expect(readLegCode(typed)).toBeNull();
});
