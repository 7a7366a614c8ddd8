import { updateChoices } from './updateChoices.js';

const MADRID = { timeZone: 'Europe/Madrid' };

describe('when one may promise to write again', () => {
  it('in the morning: tomorrow at noon, this evening, the day after', () => {
    expect(updateChoices(MADRID, new Date('2026-11-23T09:00:00Z'))).toEqual([
      '2026-11-24T11:00:00.000Z',
      '2026-11-23T18:00:00.000Z',
      '2026-11-25T11:00:00.000Z',
    ]);
  });
  it('late in the day nobody promises this evening', () => {
    expect(updateChoices(MADRID, new Date('2026-11-23T16:30:00Z'))[1]).toBe('2026-11-24T18:00:00.000Z');
  });
  it('by the clock of the house, also in the night the clocks change', () => {
    expect(updateChoices(MADRID, new Date('2026-10-24T08:00:00Z'))[0]).toBe('2026-10-25T11:00:00.000Z');
    expect(updateChoices(MADRID, new Date('2026-10-23T08:00:00Z'))[0]).toBe('2026-10-24T10:00:00.000Z');
  });
});
