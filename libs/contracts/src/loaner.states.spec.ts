import fc from 'fast-check';
import {
  canMoveLoan,
  canMoveLoaner,
  isLiveLoan,
  LOAN_TRANSITIONS,
  LOANER_OF_LOAN,
  LOANER_TRANSITIONS,
} from './loaner.states.js';
import { LoanerState, LoanState } from './loaners.js';

/** The tables once more, by hand: everything that is not here must be refused. */
const LOANER =
  'available>reserved available>hygiene available>in_transfer available>in_repair available>lost available>retired reserved>on_loan reserved>available on_loan>hygiene on_loan>lost hygiene>available hygiene>in_repair hygiene>lost hygiene>retired in_transfer>available in_transfer>lost in_repair>hygiene in_repair>lost in_repair>retired lost>hygiene lost>retired';
const LOAN = 'reserved>active reserved>released reserved>cancelled active>returned active>lost lost>returned';

const all = <T extends string>(states: readonly T[]): [T, T][] =>
  states.flatMap((from) => states.map((to): [T, T] => [from, to]));

describe('where a loaner may go', () => {
  const allowed = new Set(LOANER.split(' '));
  it.each(all(LoanerState.options))('%s → %s', (from, to) =>
    expect(canMoveLoaner(from, to)).toBe(allowed.has(`${from}>${to}`)),
  );
  it('knows every state and no other', () =>
    expect(Object.keys(LOANER_TRANSITIONS).sort()).toEqual([...LoanerState.options].sort()));
});

describe('what a loan may become', () => {
  const allowed = new Set(LOAN.split(' '));
  it.each(all(LoanState.options))('%s → %s', (from, to) =>
    expect(canMoveLoan(from, to)).toBe(allowed.has(`${from}>${to}`)),
  );
  it('knows every state and no other', () =>
    expect(Object.keys(LOAN_TRANSITIONS).sort()).toEqual([...LoanState.options].sort()));
});

it('whatever becomes of a loan, its loaner may go along', () => {
  for (const [from, to] of all(LoanState.options))
    if (canMoveLoan(from, to))
      expect({ from, to, may: canMoveLoaner(LOANER_OF_LOAN[from], LOANER_OF_LOAN[to]) }).toEqual({
        from,
        to,
        may: true,
      });
});

it('however long it lasts, a loaner is with nobody unless a loan holds it', () => {
  const steps = fc.array(fc.nat(9), { maxLength: 12 });
  fc.assert(
    fc.property(steps, (choices) => {
      let state: LoanState = 'reserved';
      for (const choice of choices) {
        const next: readonly LoanState[] = LOAN_TRANSITIONS[state];
        const to: LoanState | undefined = next[choice % Math.max(1, next.length)];
        if (to) state = to;
      }
      const held = ['reserved', 'on_loan'].includes(LOANER_OF_LOAN[state]);
      return held === isLiveLoan(state);
    }),
  );
});
