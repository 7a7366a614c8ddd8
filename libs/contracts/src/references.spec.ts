import { readCode, searchedAs } from './references.js';

const PROOF = 'abcdefghijklmnop';

it.each([
  ['H-7K2F-9Q', null],
  ['h7k2f9q', null],
  [' 7K2F-9Q ', null],
  ['https://hilo.test/c/H-7K2F-9Q', null],
  [`https://hilo.test/c/H-7K2F-9Q#${PROOF}`, PROOF],
  [`HTTPS://HILO.TEST/C/H-7K2F-9Q#${PROOF.toUpperCase()}`, PROOF],
  // A scanner that types for an American keyboard, on a Spanish one.
  [`httpsÑ--hilo.test-c-H'7K2F'9Q·${PROOF}`, PROOF],
])('%s is a code', (typed, proof) => expect(readCode(typed)).toEqual({ reference: 'H-7K2F-9Q', proof }));

it.each(['H-7K2F-9X', `https://hilo.test/t/H-7K2F-9Q`, 'hola', '', `/c/H-7K2F-9Q#${PROOF}x`, 'x'.repeat(300)])(
  '%s is none',
  (typed) => expect(readCode(typed)).toBeNull(),
);

it.each([
  ['h7k2f9q', 'H-7K2F-9Q'],
  [`https://hilo.test/c/H-7K2F-9Q#${PROOF}`, 'H-7K2F-9Q'],
  ['Herrera', 'Herrera'],
  ['612 40 77 18', '612 40 77 18'],
  ['no enciende', 'no enciende'],
])('%s is searched as %s', (typed, asked) => expect(searchedAs(typed)).toBe(asked));
