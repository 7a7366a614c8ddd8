import { CASE_TRANSITIONS, CaseStatus } from '#contracts';
import { canMove, isOpen } from './case.states.js';

/** The table once more, by hand: the moves that must be refused. */
const FORBIDDEN = [
  ['closed', 'new'],
  ['closed', 'waiting'],
  ['closed', 'spam'],
  ['spam', 'closed'],
  ['restored', 'new'],
  ['restored', 'spam'],
  ['waiting', 'new'],
  ['in_solution', 'new'],
] as const;

describe('case states', () => {
  it.each(FORBIDDEN)('%s cannot become %s', (from, to) => expect(canMove(from, to)).toBe(false));

  it('staying is always allowed; merged is final and nobody moves there', () => {
    for (const status of CaseStatus.options) {
      expect(canMove(status, status)).toBe(true);
      if (status !== 'merged') {
        expect(canMove(status, 'merged')).toBe(false);
        expect(canMove('merged', status)).toBe(false);
      }
    }
  });

  it('every open status can be closed, and closed can be opened again', () => {
    for (const status of CaseStatus.options.filter(isOpen)) expect(canMove(status, 'closed')).toBe(true);
    expect(CASE_TRANSITIONS.closed.every(isOpen)).toBe(true);
  });
});
