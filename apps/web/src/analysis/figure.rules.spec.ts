import { changeOf, isSmall, lineOf, lookOf } from './figure.rules.js';

const figure = (value: number | null, n = 50) => ({ value, n, sum: 0, average: null, median: null, p90: null });

it.each([
  [0.95, 'plain'],
  [0.9, 'plain'],
  [0.88, 'near'],
  [0.8, 'near'],
  [0.79, 'far'],
  [null, 'none'],
] as const)('a share of %s looks %s where nine in ten are aimed for', (value, look) => {
  expect(lookOf(value, 'share', 0.9)).toBe(look);
});

it('what is no share, or has no target, is plain', () => {
  expect([lookOf(3, 'count', 0), lookOf(0.1, 'share', null)]).toEqual(['plain', 'plain']);
});

it.each([
  ['share', 'high', 0.95, 0.9, { by: 5, is: 'better' }],
  ['share', 'high', 0.9, 0.95, { by: -5, is: 'worse' }],
  ['share', 'high', 0.901, 0.9, { by: 0, is: 'same' }],
  ['count', 'low', 3, 0, { by: 3, is: 'worse' }],
  ['duration', 'low', 60, 120, { by: -50, is: 'better' }],
  ['duration', 'low', 60, 0, null],
  ['mean', 'low', 2, null, null],
  ['money', null, 1500, 1000, { by: 50, is: 'other' }],
  ['money', null, 1000, 1000, { by: 0, is: 'same' }],
] as const)('%s, better when %s: %s after %s', (kind, better, now, before, change) => {
  expect(changeOf(figure(now), figure(before), kind, better)).toEqual(change);
});

it('few rows are said to be few, but a count is what it is', () => {
  expect([isSmall(figure(1, 3), 'share'), isSmall(figure(1, 10), 'share')]).toEqual([true, false]);
  expect([isSmall(figure(3, 3), 'count'), isSmall(figure(null, 0), 'share')]).toEqual([false, false]);
});

it('a day without a value leaves a gap in the line', () => {
  expect(lineOf([0, 1, null, 2], 30, 10, 2)).toMatchObject({ path: 'M0 10L10 5M30 0', area: '' });
  expect(lineOf([2, 2], 30, 10, 2).area).toBe('M0 0L30 0L30 10L0 10Z');
  expect(lineOf([], 30, 10, 0)).toEqual({ path: '', area: '', points: [] });
});
