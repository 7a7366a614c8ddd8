import { withCode } from './code.rules.js';

const told = (text: string, language: 'es' | 'en') =>
  withCode(text, { reference: 'H-7K2F-9Q', customer: { id: 'c', displayName: 'Ana', tier: 'standard', language } });

it('tells the code in the language of the customer, on a line of its own, once', () => {
  const es = 'Tu código es H-7K2F-9Q: enséñalo en tienda o dilo por teléfono.';
  expect(told('', 'es')).toBe(es);
  expect(told('Hola, Ana. \n', 'es')).toBe(`Hola, Ana.\n${es}`);
  expect(told(`Hola\n${es}`, 'es')).toBe(`Hola\n${es}`);
  expect(told(' ', 'en')).toBe('Your code is H-7K2F-9Q: show it at a store or say it on the phone.');
});
