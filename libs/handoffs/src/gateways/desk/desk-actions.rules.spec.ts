import { HandoffState } from '#contracts';
import { offeredOf, type Standing } from './desk-actions.rules.js';

const standing = (more: Partial<Standing>): Standing => ({
  ...{ side: 'taker', state: 'sent', getsDevice: true, quoted: false, asked: false },
  ...more,
});
const actions = (more: Partial<Standing>) => offeredOf(standing(more)).actions;

describe('what the desk offers', () => {
  it('to whoever was just asked is first of all to say yes', () => {
    expect(offeredOf(standing({}))).toEqual({
      first: 'accepted',
      actions: ['accepted', 'asked', 'rejected', 'acknowledged', 'note'],
    });
    expect(offeredOf(standing({ state: 'accepted' })).first).toBeNull();
  });

  it('says nothing of a phone that does not go to them', () => {
    expect(actions({ state: 'accepted' })).toEqual(expect.arrayContaining(['received', 'dispatched']));
    expect(actions({ state: 'accepted', getsDevice: false }).filter((one) => /received|dispatched/u.test(one))).toEqual(
      [],
    );
  });

  it('never offers to go where it is already, and a note always', () => {
    for (const state of HandoffState.options)
      for (const side of ['giver', 'taker'] as const) {
        const offered = actions({ side, state });
        expect({ state, side, twice: offered.includes(state as (typeof offered)[number]) }).toEqual({
          state,
          side,
          twice: false,
        });
        expect(offered.at(-1)).toBe('note');
      }
  });

  it('of whoever gave the work are the answers that are waited for, and the end of it', () => {
    expect(actions({ side: 'giver', state: 'info_requested', asked: true })).toEqual([
      'info',
      'nudged',
      'cancelled',
      'recalled',
      'note',
    ]);
    expect(offeredOf(standing({ side: 'giver', state: 'in_progress', quoted: true })).first).toBe('quote_answered');
    expect(actions({ side: 'giver', state: 'resolved' })).toEqual(['closed', 'reopened', 'note']);
    expect(actions({ side: 'giver', state: 'cancelled' })).toEqual(['note']);
  });
});
