import fc from 'fast-check';
import { normaliseImei } from '../identity/identifier.rules.js';
import { mentionsIn, READ_CHARACTERS } from './mentions.rules.js';

const IMEI = '356938035643809';

describe('mentionsIn', () => {
  it.each([
    ['a number as people write it', 'Llámame al 612 40 77 18 por favor', 'phones', ['+34612407718']],
    ['a number from abroad', 'my number is +44 20 7946 0958.', 'phones', ['+442079460958']],
    ['two numbers in one line', '612345678 / 623456789', 'phones', ['+34612345678', '+34623456789']],
    ['an IMEI in groups', 'IMEI: 35-693803-564380-9', 'imeis', [IMEI]],
    ['an IMEI and nothing else', IMEI, 'imeis', [IMEI]],
    ['an IMEI is no telephone number', `imei ${IMEI}`, 'phones', []],
    ['a wrong check digit is no IMEI', '356938035643808', 'imeis', []],
    [
      'an address at the end of a sentence',
      'Escríbeme a Lucia.Ferrer@Correo.test.',
      'emails',
      ['lucia.ferrer@correo.test'],
    ],
    ['an NIF', 'mi DNI es 12.345.678-Z', 'documents', ['12345678Z']],
    ['an NIE', 'NIE X-1234567-L', 'documents', ['X1234567L']],
    ['an NIF with a wrong letter', '12345678A', 'documents', []],
    ['a customer number', 'cliente NX-004711', 'customerNumbers', ['NX-004711']],
    ['a date is no telephone number', 'el 12.11.2026 a las 10:30', 'phones', []],
    ['nothing', 'Se me ha muerto el móvil y no puedo llamar', 'phones', []],
    ['a link', 'https://hilo.test/t/AbCdEfGhIjKlMnOpQrStUvWxYz012345', 'links', ['AbCdEfGhIjKlMnOpQrStUvWxYz012345']],
  ] as const)('%s', (_, text, kind, expected) => {
    expect(mentionsIn(text)[kind]).toEqual(expected);
  });

  it.each(['H-7K2F-9Q', 'h 7k2f 9q', 'H7K2F9Q', '7K2F-9Q', '(h-7k2f-9q)'])('a case code as it is said: %s', (typed) => {
    expect(mentionsIn(`Mi caso es ${typed}, gracias`).caseCodes).toEqual(['H-7K2F-9Q']);
  });

  it('whatever is written: every IMEI in it is a right one, and nothing is named twice', () => {
    const text = fc
      .array(fc.oneof(fc.string(), fc.constantFrom(IMEI, ' 612 40 77 18 ', 'a@b.test', '12345678Z')))
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(text, (said) => {
        const mentions = mentionsIn(said);
        for (const imei of mentions.imeis) expect(normaliseImei(imei)).toBe(imei);
        for (const found of Object.values(mentions)) expect(new Set(found).size).toBe(found.length);
      }),
    );
  });

  it('reads no more than a message is long, whatever it is made of', () => {
    const far = `${' '.repeat(READ_CHARACTERS)} 612 40 77 18`;
    expect(mentionsIn(far).phones).toEqual([]);
    // Of what is made to be slow: a thousand times as much is read as fast as a hundredth of it.
    for (const part of ['1 ', 'a@', 'h-', '6.1.', '(1', '1-', 'x1', 'a.a@a.'])
      expect(Object.values(mentionsIn(part.repeat(200_000))).flat().length).toBeLessThanOrEqual(70);
  });
});
