import fc from 'fast-check';
import { maskOf } from '#contracts';
import {
  identifierOf,
  normaliseCustomerNumber,
  normaliseDocument,
  normaliseImei,
  normaliseNie,
  normaliseNif,
} from './identifier.rules.js';

describe('documents', () => {
  it.each([
    ['12345678Z', '12345678Z'],
    [' 12.345.678-z ', '12345678Z'],
    ['1234567L', '01234567L'],
    ['00000000T', '00000000T'],
  ])('reads the NIF %j as %j', (typed, value) => expect(normaliseNif(typed)).toBe(value));

  it.each(['12345678A', '123456789Z', '12345678', 'Z12345678', ''])('refuses %j as a NIF', (typed) =>
    expect(normaliseNif(typed)).toBeNull(),
  );

  it.each([
    ['X1234567L', 'X1234567L'],
    ['y-1234567-x', 'Y1234567X'],
    ['Z1234567R', 'Z1234567R'],
  ])('reads the NIE %j as %j', (typed, value) => expect(normaliseNie(typed)).toBe(value));

  it('has one right letter among 23 for every number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (number) => {
        const digits = String(number).padStart(8, '0');
        const right = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].filter((letter) => normaliseNif(digits + letter) !== null);
        expect(right).toHaveLength(1);
        // No mistyped digit keeps its letter.
        const wrong = String((number + 1) % 100_000_000).padStart(8, '0') + (right[0] ?? '');
        expect(normaliseNif(wrong)).toBeNull();
      }),
    );
  });

  it('takes passports as they are, and nothing that is a NIF with a slip', () => {
    expect(normaliseDocument('ab 123456')).toBe('AB123456');
    expect(normaliseDocument('12345678A')).toBeNull();
    expect(normaliseDocument('X1234567A')).toBeNull();
    expect(normaliseDocument('PASAPORTE')).toBeNull();
    expect(normaliseDocument('X1234567L', 'nif')).toBeNull();
  });
});

describe('IMEI', () => {
  it.each(['490154203237518', '49-015420-323751-8', '49 015420 323751 8'])('reads %j', (typed) =>
    expect(normaliseImei(typed)).toBe('490154203237518'),
  );
  it.each(['490154203237519', '49015420323751', '000000000000000', 'abc'])('refuses %j', (typed) =>
    expect(normaliseImei(typed)).toBeNull(),
  );
  it('catches every wrong digit and almost every swap of neighbours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const digits = [...'490154203237518'];
        digits[at] = String((Number(digits[at]) + by) % 10);
        expect(normaliseImei(digits.join(''))).toBeNull();
      }),
    );
  });
});

it('reads each kind by its own rule', () => {
  expect(identifierOf('line', '612 40 77 18')).toMatchObject({ kind: 'line', value: '+34612407718' });
  expect(identifierOf('phone', '123')).toBeNull();
  expect(identifierOf('twitter', '@Ana_M')).toEqual({
    kind: 'twitter',
    value: null,
    handle: 'ana_m',
    display: '@ana_m',
  });
  expect(identifierOf('email', 'Ana@Correo.test')).toMatchObject({ value: 'ana@correo.test' });
  expect(normaliseCustomerNumber(' c-00412 7 ')).toBe('C-004127');
  expect(normaliseCustomerNumber('CLIENTE')).toBeNull();
});

it('masks what is to be proven first, whatever its length, and nothing else', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 9, maxLength: 20 }), (value) => {
      expect(maskOf('document', value).length).toBeLessThanOrEqual(8);
      expect(maskOf('email', value)).toBe(value);
    }),
  );
  expect(maskOf('document', '12345678Z')).toBe('•••• 78Z');
});
