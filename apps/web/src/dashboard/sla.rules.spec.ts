import { lastDays, lookOf } from './sla.rules.js';

it.each([
  [1, undefined],
  [0.9, undefined],
  [0.899, 'due'],
  [0.84, 'due'],
  [0.83, 'breached'],
  [0, 'breached'],
])('%d of nine tenths looks %s', (share, look) => expect(lookOf(share, 0.9)).toBe(look));

it('seven days end with the last one, over the end of a month and a change of clocks', () => {
  expect(lastDays('2026-11-02')).toEqual([
    '2026-10-27',
    '2026-10-28',
    '2026-10-29',
    '2026-10-30',
    '2026-10-31',
    '2026-11-01',
    '2026-11-02',
  ]);
  expect(lastDays('2026-03-30')[0]).toBe('2026-03-24');
});
