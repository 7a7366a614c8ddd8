import { spansOf, spansText, typedOf, versionsFrom, weekOf } from './week.rules.js';

it('reads the spans of a day as people write them', () => {
  expect(spansOf('9:00-14:00, 16.30 – 20:30')).toEqual([
    { from: '09:00', to: '14:00' },
    { from: '16:30', to: '20:30' },
  ]);
  expect(spansOf('22:00-6:00')).toEqual([{ from: '22:00', to: '06:00' }]);
  expect(spansOf(' ')).toEqual([]);
});

it.each(['9-14', '9:00', '25:00-26:00', '9:00-9:00', '9:00-14:00 y 16:00-20:00'])('does not read %s', (text) => {
  expect(spansOf(text)).toBeNull();
});

it('what is shown is read as what it was', () => {
  const weekly = { mon: [{ from: '09:00', to: '14:00' }], sun: [{ from: '00:00', to: '24:00' }] };
  expect(weekOf(typedOf(weekly))).toEqual({ weekly, unread: [] });
  expect(spansText([])).toBe('');
  expect(weekOf({ ...typedOf(weekly), tue: 'siempre' }).unread).toEqual(['tue']);
});

it('finds the version that holds today, and those to come', () => {
  const version = (validFrom: string) => ({ validFrom, timeZone: 'UTC', weekly: {}, by: null, at: '' });
  const all = [version('2026-01-01'), version('2026-06-01'), version('2027-01-01')];
  expect(versionsFrom(all, '2026-08-01')).toEqual({ now: all[1], later: [all[2]] });
  expect(versionsFrom(all, '2025-01-01').now).toBe(all[0]);
});
