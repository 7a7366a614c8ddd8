/** A line of daily counts as a picture. */

export const WIDTH = 400;
export const HEIGHT = 236;
const [LEFT, RIGHT, TOP, BOTTOM] = [30, 28, 14, 30];

interface Point {
  x: number;
  y: number;
}

/** A round step so that at most four of them reach the highest count: 1, 2, 5, 10, 20, 50, … */
export function stepOf(most: number): number {
  for (let scale = 1; ; scale *= 10) for (const step of [1, 2, 5]) if (step * scale * 4 >= most) return step * scale;
}

/** @param counts the oldest first, at least one */
export function chartOf(counts: number[]) {
  const step = stepOf(Math.max(1, ...counts));
  const top = step * Math.max(1, Math.ceil(Math.max(...counts) / step));
  const floor = HEIGHT - BOTTOM;
  const y = (count: number) => floor - (count / top) * (floor - TOP);
  const x = (at: number) => LEFT + (at / Math.max(1, counts.length - 1)) * (WIDTH - LEFT - RIGHT);
  const points: Point[] = counts.map((count, at) => ({ x: x(at), y: y(count) }));
  const line = points.map((point, at) => `${at === 0 ? 'M' : 'L'}${point.x.toFixed(1)} ${point.y.toFixed(1)}`).join('');
  const ticks = Array.from({ length: top / step + 1 }, (_, at) => ({ value: at * step, y: y(at * step) }));
  return { points, ticks, line, area: `${line}L${points.at(-1)?.x} ${floor}L${LEFT} ${floor}Z` };
}
