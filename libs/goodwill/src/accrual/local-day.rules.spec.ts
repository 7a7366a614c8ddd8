import fc from 'fast-check';
import { dayBegins, firstDayAfter, localDay, wholeDays } from './local-day.rules.js';

it.each([
  ['2026-03-02T22:59:59Z', 'Europe/Madrid', '2026-03-02'],
  ['2026-03-02T23:00:00Z', 'Europe/Madrid', '2026-03-03'],
  ['2026-03-02T23:30:00Z', 'Atlantic/Canary', '2026-03-02'],
  ['2026-07-01T22:00:00Z', 'Europe/Madrid', '2026-07-02'],
])('%s in %s is %s', (at, zone, day) => {
  expect(localDay(new Date(at), zone)).toBe(day);
});

it.each([
  ['in the morning: the day counts whole', '2026-03-05T09:00:00Z', '2026-03-06'],
  ['at midnight: the day that begins does not', '2026-03-04T23:00:00Z', '2026-03-05'],
  ['a moment after midnight: it does', '2026-03-04T23:00:00.001Z', '2026-03-06'],
])('restored %s', (_, at, to) => {
  expect(firstDayAfter(new Date(at), 'Europe/Madrid')).toBe(to);
});

it.each([
  ['two days of 24 hours', '2026-03-02T10:00:00Z', '2026-03-04T10:00:00Z', 2],
  ['a minute less', '2026-03-02T10:00:00Z', '2026-03-04T09:59:00Z', 1],
  ['the night the clocks are put forward: 23 hours are a day', '2026-03-28T10:00:00Z', '2026-03-29T09:00:00Z', 1],
  ['the night they are put back: 24 hours are none yet', '2026-10-24T10:00:00Z', '2026-10-25T10:00:00Z', 0],
  ['the other way round', '2026-03-04T10:00:00Z', '2026-03-02T10:00:00Z', 0],
])('%s', (_, from, to, days) => {
  expect(wholeDays(new Date(from), new Date(to), 'Europe/Madrid')).toBe(days);
});

const zone = fc.constantFrom('Europe/Madrid', 'Atlantic/Canary', 'America/Santiago', 'Pacific/Apia', 'UTC');
const moment = fc.date({ min: new Date('2010-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
it('each instant lies in the day that has begun and has not ended', () => {
  fc.assert(
    fc.property(moment, zone, (at, timeZone) => {
      expect(dayBegins(localDay(at, timeZone), timeZone).getTime()).toBeLessThanOrEqual(at.getTime());
      const next = firstDayAfter(new Date(at.getTime() + 1), timeZone);
      expect(dayBegins(next, timeZone).getTime()).toBeGreaterThan(at.getTime());
    }),
  );
});
