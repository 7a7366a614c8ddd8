import { scrub, type Scrub } from './scrub.rules.js';

const IMEI = '353912110000015';
const of: Scrub = {
  known: [
    { kind: 'phone', value: '+34612407755' },
    { kind: 'document', value: '12345678Z' },
    { kind: 'customer_number', value: 'NX-4471820' },
    { kind: 'imei', value: IMEI },
  ],
  names: ['Lucía Ferrer Gil'],
  told: [],
  somebody: '(cliente)',
};

describe('what people wrote, without what a partner is not told', () => {
  it.each([
    ['Lucía dice que no enciende', '(cliente) dice que no enciende'],
    ['lucia ferrer gil llamó', '(cliente) llamó'],
    ['FERRER trajo el móvil', '(cliente) trajo el móvil'],
    ['escribe a lucia.ferrer@correo.test', 'escribe a …'],
    ['o a @lucia_f por X', 'o a … por X'],
    ['su 612 407 755 no suena', 'su … no suena'],
    ['llama al +34 612-40-77-55.', 'llama al ….'],
    ['al 0034612407755', 'al …'],
  ])('%s', (text, told) => {
    expect(scrub(text, of)).toBe(told);
  });

  it.each(['12345678Z', '12.345.678-Z', 'NX-4471820', IMEI, '35 391211 000001 5'])('hides %s', (number) => {
    expect(scrub(`Es ${number} y nada más`, of).replace(/\D/gu, '')).not.toBe(number.replace(/\D/gu, ''));
  });

  it('leaves days, amounts, models and part numbers as they are', () => {
    const text = 'Caído el 2026-11-23 a las 09:15; placa SM-G991B/DS 4471, 400,00 € (v14.6.1)';
    expect(scrub(text, of)).toBe(text);
  });

  it('leaves what is told whole, and only that', () => {
    const told = { ...of, told: [IMEI, '+34612407755', 'lucia@correo.test'], names: [] };
    expect(scrub(`Lucía, 612 407 755, lucia@correo.test, ${IMEI}`, told)).toBe(
      `Lucía, 612 407 755, lucia@correo.test, ${IMEI}`,
    );
    const other = scrub('otro@correo.test, 699 111 222, 490154203237518', told);
    expect(other).not.toMatch(/otro@|699|490154203237518/u);
  });

  it('takes no longer for a long text of digits than for one of letters', () => {
    const began = performance.now();
    scrub('1 '.repeat(20_000), of);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
