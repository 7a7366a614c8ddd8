import { middleOf, placeOf, tapped } from './marks.rules.js';

describe('marks on the outline', () => {
  it('a tap makes one, a tap on it takes it away', () => {
    const mark = { side: 'front' as const, kind: 'crack' as const, x: 0.5, y: 0.5 };
    const once = tapped([], mark);
    expect(once).toEqual([mark]);
    expect(tapped(once, { ...mark, x: 0.52 })).toEqual([]);
    expect(tapped(once, { ...mark, side: 'back' })).toHaveLength(2);
  });
  it('every field of the keyboard has its own words', () => {
    const words = [0, 1, 2].flatMap((column) => [0, 1, 2, 3, 4].map((row) => placeOf(middleOf(column, row))));
    expect(new Set(words.map(({ column, row }) => `${column}/${row}`)).size).toBe(15);
    expect(placeOf({ x: 1, y: 1 })).toEqual({ column: 'right', row: 'bottom' });
  });
});
