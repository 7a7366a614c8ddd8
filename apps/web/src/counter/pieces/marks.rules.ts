import type { Condition, ConditionMark } from '#contracts';

export type Side = ConditionMark['side'];

/** Columns and rows by which a keyboard walks over the outline, and by which places are named. */
export const COLUMNS = 3;
export const ROWS = 5;

export const NO_CONDITION: Condition = { marks: [], powersOn: 'unknown', screen: 'unknown', note: '' };

const PLACES = ['left', 'centre', 'right'] as const;
const HEIGHTS = ['top', 'upper', 'middle', 'lower', 'bottom'] as const;

/** The field of the grid a mark lies in, by its words. */
export const placeOf = ({ x, y }: Pick<ConditionMark, 'x' | 'y'>) => ({
  column: PLACES[Math.min(COLUMNS - 1, Math.floor(x * COLUMNS))] ?? 'right',
  row: HEIGHTS[Math.min(ROWS - 1, Math.floor(y * ROWS))] ?? 'bottom',
});

/** The middle of a field of the grid. */
export const middleOf = (column: number, row: number): Pick<ConditionMark, 'x' | 'y'> => ({
  x: (column + 0.5) / COLUMNS,
  y: (row + 0.5) / ROWS,
});

/** Marks closer than this are the same one, in shares of the outline. */
const NEAR = 0.07;

/** A tap on a mark takes it away; a tap elsewhere makes one. */
export const tapped = (marks: readonly ConditionMark[], mark: ConditionMark): ConditionMark[] => {
  const hit = marks.findIndex(
    ({ side, x, y }) => side === mark.side && Math.hypot(x - mark.x, (y - mark.y) * 2) < NEAR * 2,
  );
  return hit < 0 ? [...marks, mark] : marks.filter((_, index) => index !== hit);
};
