import { knotsOf } from './stage.rules.js';

const openedAt = '2026-11-16T08:12:00Z';

describe('knotsOf', () => {
  it('shows waiting inside the solution', () => {
    const stages = [{ status: 'understood' as const, at: '2026-11-16T08:20:00Z' }];
    const knots = knotsOf({ status: 'waiting', stages, openedAt });
    expect(knots.map(({ state }) => state)).toEqual(['done', 'done', 'now', 'future', 'future']);
    expect(knots[0]?.at).toBe(openedAt);
  });
  it('fills every knot of a closed case', () => {
    expect(knotsOf({ status: 'closed', stages: [], openedAt }).every(({ state }) => state === 'done')).toBe(true);
  });
  it('forgets the time of a knot the case went back behind', () => {
    const stages = [{ status: 'restored' as const, at: '2026-11-17T08:00:00Z' }];
    expect(knotsOf({ status: 'in_solution', stages, openedAt })[3]).toEqual({
      stage: 'restored',
      state: 'future',
      at: null,
    });
  });
});
