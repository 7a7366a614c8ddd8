import { CASE_TRANSITIONS, CaseStatus } from '#contracts';
import { knotsOf, offeredFrom } from './stage.rules.js';

const openedAt = '2026-11-16T08:12:00Z';
const passed = (...statuses: CaseStatus[]) =>
  statuses.map((status, hour) => ({ status, at: `2026-11-17T0${hour}:00:00Z` }));

describe('knotsOf', () => {
  it('shows waiting inside the solution', () => {
    const stages = [{ status: 'understood' as const, at: '2026-11-16T08:20:00Z' }];
    const knots = knotsOf({ status: 'waiting', stages, openedAt });
    expect(knots.map(({ state }) => state)).toEqual(['done', 'done', 'now', 'future', 'future']);
    expect(knots[0]?.at).toBe(openedAt);
  });
  it('ticks every knot of a closed case that was in each', () => {
    const stages = passed('understood', 'in_solution', 'restored', 'closed');
    expect(knotsOf({ status: 'closed', stages, openedAt }).every(({ state }) => state === 'done')).toBe(true);
  });
  it('ticks nothing the case was never in', () => {
    const states = (status: CaseStatus, ...through: CaseStatus[]) =>
      knotsOf({ status, stages: passed(...through), openedAt }).map(({ state }) => state);
    expect(states('closed', 'closed')).toEqual(['done', 'skipped', 'skipped', 'skipped', 'done']);
    expect(states('waiting', 'waiting')).toEqual(['done', 'skipped', 'now', 'future', 'future']);
    expect(states('restored', 'waiting', 'restored')).toEqual(['done', 'skipped', 'done', 'now', 'future']);
    expect(states('spam', 'understood', 'spam')).toEqual(['done', 'done', 'skipped', 'skipped', 'done']);
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

it('offers every move of the table and no other', () => {
  for (const status of CaseStatus.options) expect(offeredFrom(status)).toEqual(CASE_TRANSITIONS[status]);
});
