import { everyDay, periodOf, readSearch } from './period.rules.js';

describe('the period of an address', () => {
  it.each([
    [{}, { from: '2026-03-26', to: '2026-04-01' }],
    [{ days: 30 }, { from: '2026-03-03', to: '2026-04-01' }],
    [{ days: 31 }, { from: '2026-03-26', to: '2026-04-01' }],
    [
      { days: 30, from: '2026-01-01', to: '2026-01-02' },
      { from: '2026-01-01', to: '2026-01-02' },
    ],
    [
      { from: '2026-01-02', to: '2026-01-01' },
      { from: '2026-03-26', to: '2026-04-01' },
    ],
    [
      { from: 'yesterday', to: 7 },
      { from: '2026-03-26', to: '2026-04-01' },
    ],
  ])('%j', (search, period) => {
    expect(periodOf(readSearch(search), '2026-04-01')).toEqual(period);
  });

  it('has every day, also those on which the clocks change', () => {
    expect(everyDay('2026-03-28', '2026-03-30')).toEqual(['2026-03-28', '2026-03-29', '2026-03-30']);
    expect(everyDay('2026-10-24', '2026-10-26')).toHaveLength(3);
  });
});
