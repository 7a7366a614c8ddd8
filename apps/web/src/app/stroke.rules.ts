/** Pixels of ink a signature has at least: less is where somebody laid a finger down. */
const LEAST_PX = 40;

interface Stroke {
  points: readonly { x: number; y: number }[];
}

/** Whether somebody signed, or only touched the paper. */
export const isSigned = (strokes: readonly Stroke[]): boolean => {
  const lengths = strokes.flatMap(({ points }) =>
    points.slice(1).map(({ x, y }, at) => Math.hypot(x - (points[at]?.x ?? x), y - (points[at]?.y ?? y))),
  );
  return lengths.reduce((sum, length) => sum + length, 0) >= LEAST_PX;
};
