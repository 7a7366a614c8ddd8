import { dayTyped, eveningOf, likelyReturn, returnAfter, returnDecided } from './returnChoices.js';

const MADRID = { timeZone: 'Europe/Madrid' };

describe('when a phone may be promised back', () => {
  it.each([
    // Monday: Thursday, the Monday after, Wednesday, the Monday after that.
    ['2026-11-23T09:00:00Z', 3, '2026-11-26T18:00:00.000Z'],
    ['2026-11-23T09:00:00Z', 5, '2026-11-30T18:00:00.000Z'],
    ['2026-11-23T09:00:00Z', 7, '2026-12-02T18:00:00.000Z'],
    ['2026-11-23T09:00:00Z', 10, '2026-12-07T18:00:00.000Z'],
    // Friday evening, Saturday, Sunday: nobody works on it before Monday.
    ['2026-11-27T18:30:00Z', 3, '2026-12-02T18:00:00.000Z'],
    ['2026-11-28T10:00:00Z', 3, '2026-12-02T18:00:00.000Z'],
    ['2026-11-29T10:00:00Z', 3, '2026-12-02T18:00:00.000Z'],
    // Late at night it is tomorrow already where the shop is.
    ['2026-11-23T23:30:00Z', 3, '2026-11-27T18:00:00.000Z'],
    // Over the night the clocks change, still in the evening.
    ['2026-10-22T08:00:00Z', 3, '2026-10-27T18:00:00.000Z'],
    ['2026-10-19T08:00:00Z', 3, '2026-10-22T17:00:00.000Z'],
  ])('asked %s, %i working days: %s', (now, days, at) => expect(returnAfter(MADRID, new Date(now), days)).toBe(at));

  it('is later the more hands it goes through', () => {
    const now = new Date('2026-11-23T09:00:00Z');
    const days = (['store', 'lab', 'partner'] as const).map((by) => likelyReturn(MADRID, now, by));
    expect(days).toEqual([3, 5, 10].map((count) => returnAfter(MADRID, now, count)));
  });

  it('on the day somebody picks', () => expect(eveningOf(MADRID, '2026-12-24')).toBe('2026-12-24T18:00:00.000Z'));

  it.each([
    ['2026-11-23', '2026-11-23'],
    ['2026-12-24', '2026-12-24'],
    ['2026-11-22', null],
    // A year as it is being typed.
    ['0002-11-26', null],
    ['0202-11-26', null],
    ['22026-11-26', null],
    ['', null],
  ])('typed %s on the 23rd of November: %s', (typed, day) => expect(dayTyped(typed, '2026-11-23')).toBe(day));

  describe('once it is decided who answers for it', () => {
    const now = new Date('2026-11-23T09:00:00Z');
    const likely = likelyReturn(MADRID, now, 'lab');
    const chosen = eveningOf(MADRID, '2026-12-24');
    const asked = { by: 'lab', stays: 'here', at: undefined, outcome: 'covered' } as const;
    it.each([
      ['a yes proposes a day', asked, likely],
      ['only for a phone that stays here', { ...asked, stays: 'with_customer' as const }, undefined],
      ['what was chosen stays', { ...asked, at: chosen }, undefined],
      ['so does no day', { ...asked, at: null }, undefined],
      ['a no takes back what nobody chose', { ...asked, at: likely, outcome: 'not_covered' as const }, null],
      ['so does a part', { ...asked, at: likely, outcome: 'partial' as const }, null],
      ['but not what was chosen', { ...asked, at: chosen, outcome: 'not_covered' as const }, undefined],
      ['a no proposes none', { ...asked, outcome: 'not_covered' as const }, undefined],
    ])('%s', (_why, said, at) => expect(returnDecided(MADRID, now, said)).toBe(at));
  });
});
