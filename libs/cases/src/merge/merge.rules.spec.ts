import fc from 'fast-check';
import { chosenColumns, settle, unseenOf, type SettledCase, type SettledEntry } from './merge.rules.js';

const said = (displayName: string, tier = 'standard') => ({ displayName, language: 'es', tier });

describe('whose word stands', () => {
  it('is the kept side’s unless the other one is chosen, and only where they differ', () => {
    const [kept, taken] = [said('Ana'), said('Ana María', 'gold')];
    expect(chosenColumns(kept, taken, {})).toEqual({});
    expect(chosenColumns(kept, taken, { tier: 'kept' })).toEqual({});
    expect(chosenColumns(kept, taken, { displayName: 'taken', language: 'taken' })).toEqual({
      display_name: 'Ana María',
    });
  });
});

describe('what nobody has looked at', () => {
  it('is the last, as many as are counted', () => {
    expect(unseenOf(['a', 'b', 'c'], 2)).toEqual(['b', 'c']);
    expect(unseenOf(['a', 'b'], 0)).toEqual([]);
    expect(unseenOf(['a'], 4)).toEqual(['a']);
  });
});

const aCase = (id: string, customerId: string, part: Partial<SettledCase> = {}): SettledCase => ({
  id,
  customerId,
  isOpen: true,
  takes: true,
  openedAt: 0,
  isNew: false,
  ...part,
});
const entry = (id: string, caseId: string, ownerId: string | null, stood = false): SettledEntry => ({
  id,
  caseId,
  ownerId,
  stood,
});

describe('two people who are two again', () => {
  const both = ['k', 't'] as const;

  it('each get what came by their addresses; what stood, and what has none, stays', () => {
    const cases = [aCase('K', 'k'), aCase('T', 't')];
    const entries = [
      entry('old', 'K', 't', true),
      entry('visit', 'K', null),
      entry('mine', 'K', 'k'),
      entry('theirs', 'K', 't'),
    ];
    expect(settle(both, cases, entries)).toEqual({
      cases: [],
      entries: [{ entryId: 'theirs', customerId: 't', toCase: 'T' }],
    });
  });

  it('without an open case: the last one when that it came onto is over, else a new one', () => {
    const past = [aCase('P1', 't', { isOpen: false, openedAt: 1 }), aCase('P2', 't', { isOpen: false, openedAt: 2 })];
    const [theirs] = [entry('theirs', 'K', 't')];
    expect(settle(both, [aCase('K', 'k'), ...past], [theirs]).entries).toEqual([
      { entryId: 'theirs', customerId: 't', toCase: null },
    ]);
    expect(settle(both, [aCase('K', 'k', { isOpen: false }), ...past], [theirs]).entries).toEqual([
      { entryId: 'theirs', customerId: 't', toCase: 'P2' },
    ]);
  });

  it('a case opened since goes whole to whom all of it is from, unless they have an open one', () => {
    const since = aCase('N', 'k', { isNew: true });
    const entries = [entry('a', 'N', 't'), entry('visit', 'N', null)];
    expect(settle(both, [since], entries)).toEqual({ cases: [{ caseId: 'N', customerId: 't' }], entries: [] });
    expect(settle(both, [since, aCase('T', 't')], entries)).toEqual({
      cases: [],
      entries: [{ entryId: 'a', customerId: 't', toCase: 'T' }],
    });
    expect(settle(both, [since], [...entries, entry('b', 'N', 'k')]).cases).toEqual([]);
  });

  it('of whatever came: nothing is lost or moved twice, nobody has two open cases, all of it is with its owner', () => {
    const customer = fc.constantFrom('k', 't');
    const cases = fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('A', 'B', 'C', 'D'),
        customerId: customer,
        isOpen: fc.boolean(),
        isNew: fc.boolean(),
        openedAt: fc.nat(9),
      }),
      { selector: ({ id }) => id, minLength: 1 },
    );
    fc.assert(
      fc.property(
        cases,
        fc.array(fc.tuple(fc.nat(3), fc.option(customer), fc.boolean()), { maxLength: 12 }),
        (drawn, what) => {
          const open = new Set<string>();
          const known = drawn.map((one): SettledCase => {
            const isOpen = one.isOpen && !open.has(one.customerId);
            if (isOpen) open.add(one.customerId);
            return { ...one, isOpen, takes: true };
          });
          const entries = what.map(([at, ownerId, stood], n) =>
            entry(`e${n}`, known[at % known.length]?.id ?? '', ownerId, stood),
          );
          const { cases: whole, entries: moved } = settle(both, known, entries);
          const ownerOf = new Map(known.map(({ id, customerId }) => [id, customerId]));
          for (const { caseId, customerId } of whole) ownerOf.set(caseId, customerId);
          for (const id of both)
            expect(known.filter((one) => one.isOpen && ownerOf.get(one.id) === id).length).toBeLessThanOrEqual(1);
          expect(new Set(moved.map(({ entryId }) => entryId)).size).toBe(moved.length);
          for (const one of entries) {
            const move = moved.find(({ entryId }) => entryId === one.id);
            if (move) expect(one.stood || one.ownerId === null).toBe(false);
            const on = move ? move.customerId : ownerOf.get(one.caseId);
            if (move?.toCase) expect(ownerOf.get(move.toCase)).toBe(move.customerId);
            if (one.ownerId !== null && !one.stood) expect(on).toBe(one.ownerId);
          }
        },
      ),
    );
  });
});
