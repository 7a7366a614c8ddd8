import { weekly } from './demand.rules.js';

const weeks = [
  { week: '2026-11-09', count: 2 },
  { week: '2026-11-23', count: 1 },
];

it.each([
  ['2026-11-23T00:00:00.000Z', [0, 2, 0, 1]],
  ['2026-11-29T23:59:59.000Z', [0, 2, 0, 1]],
  ['2026-11-30T08:00:00.000Z', [2, 0, 1, 0]],
])('weeks up to %s, with those in which nothing was wanted', (to, counts) => {
  const all = weekly(weeks, to, 4);
  expect(all.map(({ count }) => count)).toEqual(counts);
  for (const { week } of all) expect(new Date(week).getUTCDay()).toBe(1);
});
