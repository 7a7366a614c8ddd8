import { centsOf, quoteIn } from './reply.prices.rules.js';
import { sentencesOf } from './reply.text.rules.js';

it.each([
  ['400', 40_000],
  ['400,5', 40_050],
  ['1.234,50', 123_450],
  ['1,234.50', 123_450],
  ['1.234', 123_400],
  ['12,345,678', 1_234_567_800],
  ['0,99', 99],
])('%s', (written, cents) => {
  expect(centsOf(written)).toBe(cents);
});

const prices = (text: string) =>
  quoteIn(sentencesOf(text), 'es')?.lines.map(({ listCents, priceCents }) => [listCents, priceCents]) ?? null;

it.each<[string, number[][] | null]>([
  ['Presupuesto 400 -> 200', [[40_000, 20_000]]],
  ['200 € instead of 400 €', [[40_000, 20_000]]],
  ['De 400 a 200 euros', [[40_000, 20_000]]],
  ['Our price is 200 (list 400)', [[40_000, 20_000]]],
  ['Tarifa: 400 €, precio para vosotros: 200 €', [[40_000, 20_000]]],
  ['400 € menos 50 %', [[40_000, 20_000]]],
  ['El precio es 129,90 €', [[12_990, 12_990]]],
  ['The cost is EUR 1,299.00', [[129_900, 129_900]]],
  ['El móvil costó 400 €', null],
  ['Llamad al 600 111 222', null],
  ['Hemos pasado de 4 a 2 personas', null],
  ['¿El presupuesto es de 400 €?', null],
])('%s', (text, lines) => {
  expect(prices(text)).toEqual(lines);
});
