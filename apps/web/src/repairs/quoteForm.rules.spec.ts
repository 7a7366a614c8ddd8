import fc from 'fast-check';
import { priced } from '#contracts';
import { bodyOf, centsOf, EMPTY_LINE, EMPTY_QUOTE, typedOf } from './quoteForm.rules.js';

describe('amounts', () => {
  it.each([
    ['200', 'EUR', 20_000],
    ['200,5', 'EUR', 20_050],
    ['1.234,50', 'EUR', 123_450],
    ['1,234.50', 'EUR', 123_450],
    ['1.234', 'EUR', 123_400],
    ['€ 12.00', 'EUR', 1200],
    ['20,000', 'JPY', 20_000],
    ['12,345', 'KWD', 12_345],
    ['', 'EUR', 0],
    ['doce', 'EUR', null],
    ['-3', 'EUR', null],
    ['1,2,3', 'EUR', null],
  ])('%s in %s', (typed, currency, cents) => {
    expect(centsOf(typed, currency)).toBe(cents);
  });

  it('are read as they are written, in both languages', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999_999 }),
        fc.constantFrom('EUR', 'JPY', 'USD'),
        fc.constantFrom('es-ES', 'en-GB'),
        (cents, currency, locale) => {
          expect(centsOf(typedOf(cents, currency, locale), currency)).toBe(cents);
        },
      ),
    );
  });
});

describe('the form', () => {
  const line = { ...EMPTY_LINE, description: 'Placa', list: '400', agreed: '200', agreement: 'Convenio' };
  const typed = {
    ...EMPTY_QUOTE,
    lines: [line],
    carrier: '100',
    months: '6',
    what: 'La placa',
    until: '2026-03-09T10:00',
  };
  const moment = (text: string) => `${text}:00.000Z`;

  it('says what it costs while it is written', () => {
    const body = bodyOf(typed, moment);
    expect(body && priced(body)).toMatchObject({ totalCents: 20_000, shares: { carrier: 10_000, customer: 10_000 } });
    expect(body).toMatchObject({ cover: { months: 6 }, validUntil: '2026-03-09T10:00:00.000Z' });
  });

  it('without an agreed price has the one of the list', () => {
    const body = bodyOf({ ...typed, lines: [{ ...line, agreed: '' }] }, moment);
    expect(body?.lines[0]?.agreedCents).toBe(40_000);
  });

  it.each([
    ['a price that is none', { lines: [{ ...line, list: 'x' }] }],
    ['more than the list', { lines: [{ ...line, agreed: '500' }] }],
    ['a line without words', { lines: [{ ...line, description: ' ' }] }],
    ['half a piece', { lines: [{ ...line, quantity: '0.5' }] }],
    ['a share that is none', { carrier: '?' }],
  ])('is no quote with %s', (_what, change) => {
    expect(bodyOf({ ...typed, ...change }, moment)).toBeNull();
  });
});
