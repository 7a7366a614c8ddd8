import { maskTold, wholeAgain, type KnownName } from './told.rules.js';

const KNOWN: KnownName[] = [
  { kind: 'line', value: '+34612407718' },
  { kind: 'customer_number', value: 'NX-00812' },
  { kind: 'document', value: 'AAB12345' },
  { kind: 'imei', value: '356938035643809' },
  { kind: 'phone', value: '+34911222333' },
];

it.each([
  ['Su línea 612 40 77 18 sin datos', 'Su línea •••• 718 sin datos'],
  ['+34 612-407-718', '•••• 718'],
  ['0034612407718', '•••• 718'],
  ['Cliente nx 00812.', 'Cliente •••• 812.'],
  ['pasaporte AAB 12345', 'pasaporte •••• 345'],
  ['IMEI 35-693803-564380-9', 'IMEI •••• 809'],
  ['otro IMEI: 490154203237518', 'otro IMEI: •••• 518'],
  ['DNI 12.345.678-Z de su padre', 'DNI •••• 78Z de su padre'],
])('%s', (text, told) => {
  expect(maskTold(text, KNOWN)).toBe(told);
  expect(wholeAgain(told, text, KNOWN)).toBe(text);
  expect(maskTold(maskTold(text, KNOWN), KNOWN)).toBe(told);
});

it.each([
  'Llámala al 911 222 333',
  'Nokia 3310, 24 meses, 1.200,00 €',
  'Pedido 49015420323751',
  'NX-008123',
  'Caso H-7K2F-9Q',
])('leaves alone: %s', (text) => expect(maskTold(text, KNOWN)).toBe(text));

it('keeps what somebody wrote around what they did not see', () => {
  const whole = 'IMEI 356938035643809, DNI 12345678Z';
  expect(wholeAgain('No enciende. IMEI •••• 809', whole, KNOWN)).toBe('No enciende. IMEI 356938035643809');
  expect(wholeAgain('Otro texto', whole, KNOWN)).toBe('Otro texto');
});

it('reads a long text in no time', () => {
  const began = performance.now();
  maskTold('1 '.repeat(20_000), KNOWN);
  expect(performance.now() - began).toBeLessThan(1_000);
});
