import { selection } from './selection.js';

const rows = Array.from({ length: 260 }, (_, at) => ({ id: `case ${at}`, version: at }));
const [first, second, third] = rows as [(typeof rows)[0], (typeof rows)[0], (typeof rows)[0]];
const chosen = () => [...selection.now().chosen.keys()];
beforeEach(() => selection.clear());

describe('chosen rows', () => {
  it('are chosen and left one by one, with the version that was seen', () => {
    selection.toggle(second);
    selection.toggle(first);
    expect([...selection.now().chosen]).toEqual([
      [second.id, 1],
      [first.id, 0],
    ]);
    selection.toggle(second);
    expect(chosen()).toEqual([first.id]);
  });

  it('are chosen in a range, in either direction; without a beginning it is one', () => {
    selection.extend(rows, third.id);
    expect(chosen()).toEqual([third.id]);
    selection.extend(rows, first.id);
    expect(chosen().toSorted()).toEqual([first.id, second.id, third.id].toSorted());
    selection.extend(rows, 'case 5');
    expect(chosen()).toHaveLength(6);
    selection.extend(rows, 'of another list');
    expect(chosen()).toHaveLength(6);
  });

  it('are no more than can be done at once, and say so', () => {
    selection.toggle(first);
    selection.extend(rows, 'case 250');
    expect(chosen()).toHaveLength(200);
    expect(selection.now().isFull).toBe(true);
    selection.toggle(first);
    expect(selection.now()).toMatchObject({ isFull: false });
    expect(chosen()).toHaveLength(199);
  });
});
