import fc from 'fast-check';
import { parseReference } from './reference.rules.js';

const LETTERS = '023456789ACDEFGJKLMNPQRTUVWXY';
/** The check letter counted anew, from its definition: weights 1…n on the places in the alphabet, plus 4, modulo 29. */
const oracle = (body: string) =>
  LETTERS.charAt([...body].reduce((sum, letter, index) => sum + (index + 1) * LETTERS.indexOf(letter), 4) % 29);
const body = fc.array(fc.constantFrom(...LETTERS), { minLength: 5, maxLength: 6 }).map((letters) => letters.join(''));
const reference = body.map((letters) => {
  const code = letters + oracle(letters);
  return `H-${code.slice(0, -2)}-${code.slice(-2)}`;
});

describe('parseReference', () => {
  it.each([
    ['H-7K2F-9Q', 'H-7K2F-9Q'],
    ['h7k2f9q', 'H-7K2F-9Q'],
    [' h 7k2f 9q ', 'H-7K2F-9Q'],
    ['7K2F-9Q', 'H-7K2F-9Q'],
    ['#H-7K2F-9Q.', 'H-7K2F-9Q'],
    ['H–7K2F–9Q', 'H-7K2F-9Q'],
    ['H-7KZF-9Q', 'H-7K2F-9Q'],
    ['H-7K2F-9A', null],
    ['H-7K2F', null],
    ['612407718', null],
    ['lucia.ferrer@correo.test', null],
    ['', null],
  ])('reads %j as %j', (typed, expected) => {
    expect(parseReference(typed)).toBe(expected);
  });

  it('reads every reference back however it is written', () => {
    fc.assert(
      fc.property(reference, fc.boolean(), fc.constantFrom('-', ' ', ''), (code, lower, dash) => {
        const typed = code.replaceAll('-', dash);
        expect(parseReference(lower ? typed.toLowerCase() : typed)).toBe(code);
      }),
    );
  });

  it('notices every single wrong letter and every swap of neighbours', () => {
    fc.assert(
      fc.property(body, fc.nat(), fc.constantFrom(...LETTERS), (letters, at, wrong) => {
        const code = letters + oracle(letters);
        const index = at % code.length;
        const mistyped = code.slice(0, index) + wrong + code.slice(index + 1);
        if (mistyped !== code) expect(parseReference(`H-${mistyped}`)).not.toBe(parseReference(`H-${code}`));
        const next = (index + 1) % letters.length;
        const [low, high] = [Math.min(index % letters.length, next), Math.max(index % letters.length, next)];
        const swapped = [...code];
        [swapped[low], swapped[high]] = [code.charAt(high), code.charAt(low)];
        if (high - low === 1 && swapped.join('') !== code) expect(parseReference(`H-${swapped.join('')}`)).toBeNull();
      }),
    );
  });
});
