import { maskIdentifiers } from './masking.rules.js';

const KNOWN = ['+34612407718', 'lucia.ferrer@correo.test', '356938035643809', '12345678Z'];
const mask = (text: string) => maskIdentifiers(text, KNOWN);

it.each([
  ['Llámame al 612 40 77 18', 'Llámame al ••• 718'],
  ['mi número es 612407718.', 'mi número es ••• 718.'],
  ['+34 612-407-718', '••• 718'],
  ['El IMEI es 35 693803 564380 9', 'El IMEI es ••• 809'],
  ['otro IMEI: 490154203237518', 'otro IMEI: ••• 518'],
  ['Escribe a Lucia.Ferrer@correo.test', 'Escribe a L•••@correo.test'],
  ['DNI 12345678Z', 'DNI ••• 78Z'],
  ['NIE X-1234567-L', 'NIE ••• 67L'],
  ['ES91 2100 0418 4502 0005 1332', '••• 332'],
  ['tarjeta 4111 1111 1111 1111', 'tarjeta ••• 111'],
])('%s', (text, shown) => expect(mask(text)).toBe(shown));

it.each([
  'Llámanos al 910 000 000',
  'Escribe a care@hilo.test',
  'Son 1.200,00 € en 12 meses, hasta el 20/11/2026',
  'Tu caso es H-7K2F-9Q',
])('leaves alone: %s', (text) => expect(mask(text)).toBe(text));

it('nothing of a known number of nine digits or more is left but its end', () => {
  for (const separator of ['', ' ', '.', '-']) {
    const shown = mask(`antes ${[...'612407718'].join(separator)} después`);
    expect(shown.replace(/\D/gu, '').length).toBeLessThanOrEqual(3);
  }
});

it.each(['a', 'a.', '1', '1 ', 'AB12 ', 'a@'])('reads a mail of nothing but «%s» in no time', (piece) => {
  const began = performance.now();
  mask(piece.repeat(50_000));
  expect(performance.now() - began).toBeLessThan(2_000);
});
