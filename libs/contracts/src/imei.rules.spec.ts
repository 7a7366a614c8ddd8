import fc from 'fast-check';
import { checkDigit, readDeviceNumber, readImei, tacOf } from './imei.rules.js';

/** The annex of 3GPP TS 23.003 in its own words: every other digit doubled, its digits summed, filled up to ten. */
function annexB(body: string): string {
  let sum = 0;
  for (let place = 1; place <= 14; place += 1) {
    const digit = Number(body[place - 1]);
    sum += place % 2 === 0 ? Math.trunc((digit * 2) / 10) + ((digit * 2) % 10) : digit;
  }
  return String((10 - (sum % 10)) % 10);
}

const digit = fc.integer({ min: 0, max: 9 });
const body = fc
  .array(digit, { minLength: 14, maxLength: 14 })
  .map((digits) => digits.join(''))
  .filter((digits) => new Set(digits + annexB(digits)).size > 1);

describe('an IMEI', () => {
  it.each([
    ['490154203237518', '490154203237518'],
    ['49-015420-323751-8', '490154203237518'],
    [' IMEI: 49 015420 323751 8 ', '490154203237518'],
    ['IMEI1: 490154203237518', '490154203237518'],
    ['356938035643809', '356938035643809'],
    // IMEISV: the last two are a software version, the check digit is ours to work out.
    ['4901542032375101', '490154203237518'],
    ['49-015420-323751-01', '490154203237518'],
    // As the phone itself shows it: the number, and its version behind a slash.
    ['490154203237518 / 01', '490154203237518'],
  ])('%j is read as %s', (typed, value) => expect(readDeviceNumber(typed)).toEqual({ kind: 'imei', value }));

  it.each([
    ['', 'empty', 0, undefined],
    ['abc', 'letters', 3, undefined],
    ['49015420323', 'too_short', 11, undefined],
    ['490154203237518000', 'too_long', 18, undefined],
    ['490154203237519', 'check_digit', 15, '490154203237518'],
    ['49015420323751', 'check_missing', 14, '490154203237518'],
    ['000000000000000', 'same_digit', 15, undefined],
  ])('%j is none: %s', (typed, problem, digits, meant) =>
    expect(readDeviceNumber(typed)).toEqual({ kind: null, problem, digits, ...(meant && { meant }) }),
  );

  it('has the check digit of the standard, whatever its digits', () => {
    fc.assert(
      fc.property(body, (digits) => {
        const whole = digits + annexB(digits);
        expect(checkDigit(digits)).toBe(annexB(digits));
        expect(readImei(whole)).toBe(whole);
        expect(tacOf(whole)).toBe(digits.slice(0, 8));
      }),
    );
  });

  it('is none with any other check digit, and says which it would be', () => {
    fc.assert(
      fc.property(body, fc.integer({ min: 1, max: 9 }), (digits, by) => {
        const right = digits + annexB(digits);
        const wrong = digits + String((Number(annexB(digits)) + by) % 10);
        expect(readDeviceNumber(wrong)).toMatchObject({ kind: null, problem: 'check_digit', meant: right });
      }),
    );
  });

  it('is the same with any software version behind it, and however it is grouped', () => {
    const version = fc.tuple(digit, digit).map((two) => two.join(''));
    const mark = fc.constantFrom('', ' ', '-', '.', '/');
    fc.assert(
      fc.property(body, version, mark, (digits, sv, between) => {
        const grouped = [digits.slice(0, 2), digits.slice(2, 8), digits.slice(8)].join(between);
        expect(readImei(grouped + between + sv)).toBe(digits + annexB(digits));
        expect(readImei(grouped + between + annexB(digits))).toBe(digits + annexB(digits));
      }),
    );
  });

  it('is never read from what has other letters in it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readDeviceNumber(text);
        if (read.kind === 'imei') expect(read.value).toMatch(/^\d{15}$/u);
      }),
    );
  });
});

describe('a MEID', () => {
  it.each([
    ['A0000000123456', 'A0000000123456'],
    ['a0 000000 123456', 'A0000000123456'],
    ['MEID: FF000001A2B3C4', 'FF000001A2B3C4'],
  ])('%j is read as %s', (typed, value) => expect(readDeviceNumber(typed)).toEqual({ kind: 'meid', value }));

  it('is the same in decimal, 10 digits and 8', () => {
    const high = fc.bigInt({ min: 0xa0000000n, max: 0xffffffffn });
    fc.assert(
      fc.property(high, fc.bigInt({ min: 0n, max: 0xffffffn }), (first, second) => {
        const hex = (first * 0x1000000n + second).toString(16).toUpperCase();
        const decimal = `${first.toString().padStart(10, '0')}${second.toString().padStart(8, '0')}`;
        expect(readDeviceNumber(decimal)).toEqual({ kind: 'meid', value: hex });
      }),
    );
  });
});
