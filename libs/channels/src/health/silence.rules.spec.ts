import fc from 'fast-check';
import { floorId, isSilent, SILENCE_USUAL, SILENCE_WEEKS } from './silence.rules.js';

describe('isSilent', () => {
  it.each([
    ['nothing where there always was something', [0, 5, 9, 40, 6], true],
    ['one message is enough', [1, 5, 9, 40, 6], false],
    ['one quiet week before (a holiday, a Sunday)', [0, 5, 4, 40, 6], false],
    ['too young to know what is usual', [0, 50, 50], false],
    ['nothing at all', [], false],
  ])('%s', (_what, counts, silent) => {
    expect(isSilent(counts)).toBe(silent);
  });

  it('is never said of a channel that spoke, nor without a usual', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { maxLength: 8 }), (counts) => {
        const quiet = counts.slice(1).some((count) => count < SILENCE_USUAL) || counts.length <= SILENCE_WEEKS;
        if ((counts[0] ?? 0) > 0 || quiet) expect(isSilent(counts)).toBe(false);
      }),
    );
  });
});

it('floorId runs with time', () => {
  const instant = fc.integer({ min: 0, max: 4_000_000_000_000 });
  fc.assert(
    fc.property(instant, instant, (one, other) => {
      const [a, b] = [floorId(new Date(one)), floorId(new Date(other))];
      expect(Math.sign(a < b ? -1 : a > b ? 1 : 0)).toBe(Math.sign(one - other));
    }),
  );
});
