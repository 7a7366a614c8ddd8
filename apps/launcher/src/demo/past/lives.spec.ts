import fc from 'fast-check';
import { livesUntil } from './lives.js';

const DAY = 86_400_000;
const NOON = Date.UTC(2026, 10, 19, 12);
const midnightsUntil = (now: number) => Array.from({ length: 31 }, (_, ago) => Math.floor(now / DAY) * DAY - ago * DAY);
const livesAt = (now: number) => livesUntil(now, midnightsUntil(now));

it('is the same story every time', () => expect(livesAt(NOON)).toEqual(livesAt(NOON)));

it('tells, at whatever hour, nothing that has not happened, and each case in its order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 48 * 60 }), (minutes) => {
      const now = NOON + minutes * 60_000;
      for (const { happenings } of livesAt(now)) {
        const times = happenings.map(({ at }) => at);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(times.at(-1)).toBeLessThanOrEqual(now);
        expect(happenings.findIndex(({ does }) => /^(?:asks|visits|calls)$/u.test(does))).toBe(0);
      }
    }),
    { numRuns: 30 },
  );
});

it('fills four ways and a month of days, with most of it over and nobody called the same', () => {
  const lives = livesAt(NOON);
  const count = (way: string) => lives.filter((life) => life.way === way).length;
  expect(Math.min(count('twitter'), count('email'), count('phone'), count('store'))).toBeGreaterThan(90);
  const closed = lives.filter(({ happenings }) =>
    happenings.some((one) => one.does === 'moves' && one.to === 'closed'),
  );
  expect(closed.length / lives.length).toBeGreaterThan(0.75);
  expect(lives.length - closed.length).toBeLessThan(110);
  expect(new Set(lives.map(({ customer }) => customer.email)).size).toBe(lives.length);
});
