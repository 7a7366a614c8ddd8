import { centsTyped, nextDay, percentTyped, todayIn, typedOf } from './typed.rules.js';

it.each([
  ['30', 'EUR', 3000],
  ['29,90 €', 'EUR', 2990],
  ['29.9', 'EUR', 2990],
  ['3000', 'JPY', 3000],
  ['30,5', 'JPY', null],
  ['1,234', 'KWD', 1234],
  ['1,234', 'EUR', null],
  ['', 'EUR', null],
  ['-5', 'EUR', null],
  ['mucho', 'EUR', null],
])('%s in %s', (typed, currency, cents) => {
  expect(centsTyped(typed, currency)).toBe(cents);
  if (cents !== null) expect(centsTyped(typedOf(cents, currency), currency)).toBe(cents);
});

it.each([
  ['70', 70],
  ['33,33', 33.33],
  ['100', 100],
  ['0', null],
  ['101', null],
  ['7,123', null],
  ['', null],
])('%s of a hundred', (typed, percent) => {
  expect(percentTyped(typed)).toBe(percent);
});

it('knows the day somewhere and the one after', () => {
  expect(todayIn('Europe/Madrid', Date.UTC(2026, 10, 1, 23, 30))).toBe('2026-11-02');
  expect(nextDay('2026-02-28')).toBe('2026-03-01');
});
