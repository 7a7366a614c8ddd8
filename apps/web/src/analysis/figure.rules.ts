import { SMALL_SAMPLE, type Figure, type MetricKind } from '#contracts';

/** How a figure compares and what it looks like. */

/** Steps below the target at which a share is not near it any more. */
const FAR = 0.1;

export type Look = 'plain' | 'near' | 'far' | 'none';

/** A share by its target; what has none, or no rows, is plain. */
export const lookOf = (value: number | null, kind: MetricKind, target: number | null): Look => {
  if (value === null) return 'none';
  if (kind !== 'share' || target === null || value >= target) return 'plain';
  return value < target - FAR ? 'far' : 'near';
};

export interface Change {
  /** Of a share: points; of a count: rows; else the part it rose by. */
  by: number;
  /** `other`: it changed, and neither more nor less of it is better. */
  is: 'better' | 'worse' | 'same' | 'other';
}

/** Points or percent that come and go by themselves: nobody did better or worse. */
const NOISE = 2;

/** From the period before to this one; null where there is nothing to compare. */
export function changeOf(
  now: Figure,
  before: Figure | null,
  kind: MetricKind,
  better: 'high' | 'low' | null,
): Change | null {
  if (now.value === null || !before || before.value === null) return null;
  const difference = now.value - before.value;
  const isRelative = kind === 'duration' || kind === 'mean' || kind === 'money';
  if (isRelative && before.value === 0) return null;
  const by =
    kind === 'share'
      ? Math.round(difference * 100)
      : isRelative
        ? Math.round((difference / before.value) * 100)
        : difference;
  if (Math.abs(by) < (kind === 'count' ? 1 : NOISE)) return { by, is: 'same' };
  if (better === null) return { by, is: 'other' };
  return { by, is: by > 0 === (better === 'high') ? 'better' : 'worse' };
}

/** So few rows say little, and the screen says so. */
export const isSmall = ({ n }: Figure, kind: MetricKind): boolean =>
  kind !== 'count' && kind !== 'money' && n > 0 && n < SMALL_SAMPLE;

export interface Line {
  path: string;
  area: string;
  points: { x: number; y: number }[];
}

/** Days as a line within a box; a day without a value leaves a gap. @param top what the upper edge stands for */
export function lineOf(values: (number | null)[], width: number, height: number, top: number): Line {
  const step = width / Math.max(1, values.length - 1);
  const at = values.map((value, index) =>
    value === null ? null : { x: round(index * step), y: round(height - (Math.min(value, top) / (top || 1)) * height) },
  );
  const path = at.map((point, index) => (point ? `${at[index - 1] ? 'L' : 'M'}${point.x} ${point.y}` : '')).join('');
  const points = at.filter((point) => point !== null);
  const [first, last] = [points[0], points.at(-1)];
  const isWhole = at.every((point) => point !== null);
  return { path, points, area: first && last && isWhole ? `${path}L${last.x} ${height}L${first.x} ${height}Z` : '' };
}

const round = (value: number): number => Math.round(value * 10) / 10;
