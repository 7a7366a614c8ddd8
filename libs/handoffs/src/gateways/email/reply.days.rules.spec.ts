import { dayIn } from './reply.days.rules.js';
import { folded } from './reply.text.rules.js';

/** A Monday evening in Madrid. */
const AT = new Date('2026-11-23T18:30:00.000Z');
const day = (text: string, at = AT, timeZone = 'Europe/Madrid') => dayIn(folded(text), at, timeZone);

it.each([
  ['2026-12-01', '2026-12-01T17:00:00.000Z'],
  ['el 1/12', '2026-12-01T17:00:00.000Z'],
  ['on 12/25/2026', '2026-12-25T17:00:00.000Z'],
  ['1.12.2026', '2026-12-01T17:00:00.000Z'],
  ['01-12-26', '2026-12-01T17:00:00.000Z'],
  ['el 3 de enero', '2027-01-03T17:00:00.000Z'],
  ['January 3rd, 2027', '2027-01-03T17:00:00.000Z'],
  ['3rd of Jan', '2027-01-03T17:00:00.000Z'],
  ['hoy', '2026-11-23T17:00:00.000Z'],
  ['mañana por la mañana a las 9:30', '2026-11-24T08:30:00.000Z'],
  ['pasado mañana', '2026-11-25T17:00:00.000Z'],
  ['tomorrow at 3:15 pm', '2026-11-24T14:15:00.000Z'],
  ['el lunes', '2026-11-30T17:00:00.000Z'],
  ['next Wednesday', '2026-11-25T17:00:00.000Z'],
  ['en 5 días laborables', '2026-11-30T17:00:00.000Z'],
  ['within two weeks', '2026-12-07T17:00:00.000Z'],
  ['dentro de diez días', '2026-12-03T17:00:00.000Z'],
  ['48 horas', '2026-11-25T17:00:00.000Z'],
  ['a finales de semana', '2026-11-27T17:00:00.000Z'],
  ['next week', '2026-12-04T17:00:00.000Z'],
])('%s', (text, instant) => {
  expect(day(text)).toBe(instant);
});

it.each([
  '400,50 €',
  '1.234 €',
  'esta mañana',
  'el 31/02',
  'ayer',
  'el 20/11',
  '2020-01-01',
  'RMA 12-34-5678901',
  '50/50',
  '31.31.2026',
])('%s is no day to come', (text) => {
  expect(day(text)).toBeNull();
});

it('a day is one where the partner is, over the night the clocks go back too', () => {
  expect(day('1/12', AT, 'America/New_York')).toBe('2026-12-01T23:00:00.000Z');
  expect(day('mañana', new Date('2026-10-24T10:00:00.000Z'))).toBe('2026-10-25T17:00:00.000Z');
});
