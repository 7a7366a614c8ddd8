import { pauseAfter } from './pace.rules.js';

it('rings at once while there is time for it', () => {
  expect(pauseAfter(20, 0)).toBe(0);
  expect(pauseAfter(20, 0.5)).toBe(0);
});

it('takes a tenth of the time of a process that never rests, less and less on the way there', () => {
  expect(pauseAfter(20, 1)).toBe(180);
  expect(pauseAfter(20, 0.7)).toBeCloseTo(90);
});

it('is never silent for more than a second, however many listen', () => {
  expect(pauseAfter(5000, 1)).toBe(1000);
});
