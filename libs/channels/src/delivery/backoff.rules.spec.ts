import { nextTry } from './backoff.rules.js';

const start = new Date('2026-03-02T09:00:00Z');
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);

it.each([
  [1, 5],
  [2, 30],
  [3, 120],
  [8, 14_400],
  [50, 14_400],
])('after %d tries it waits %d s', (attempts, seconds) => {
  expect(nextTry(start, start, attempts)).toEqual(later(seconds));
});

it('never before the channel allows', () => {
  expect(nextTry(start, start, 1, later(900))).toEqual(later(900));
  expect(nextTry(start, start, 3, later(1))).toEqual(later(120));
});

it('gives up after a day', () => {
  expect(nextTry(later(86_399), start, 9)).not.toBeNull();
  expect(nextTry(later(86_400), start, 9)).toBeNull();
});
