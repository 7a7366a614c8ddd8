import fc from 'fast-check';
import { chartOf, HEIGHT, stepOf, WIDTH } from './chart.rules.js';

it.each([
  [0, 1],
  [4, 1],
  [5, 2],
  [9, 5],
  [20, 5],
  [21, 10],
  [999, 500],
])('up to %i goes in steps of %i', (most, step) => expect(stepOf(most)).toBe(step));

it('keeps every count inside the picture, the higher one higher, with at most five lines', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5000), { minLength: 1, maxLength: 15 }), (counts) => {
      const { points, ticks } = chartOf(counts);
      expect(ticks.length).toBeLessThanOrEqual(5);
      expect(Math.max(...ticks.map(({ value }) => value))).toBeGreaterThanOrEqual(Math.max(...counts));
      for (const [at, { x, y }] of points.entries()) {
        expect(x >= 0 && x <= WIDTH && y >= 0 && y <= HEIGHT).toBe(true);
        const other = points[at - 1];
        const before = counts[at - 1];
        if (other && before !== undefined) expect(Math.sign(other.y - y)).toBe(Math.sign((counts[at] ?? 0) - before));
      }
    }),
  );
});
