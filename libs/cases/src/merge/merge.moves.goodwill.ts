import type { Move } from './merge.move.js';

/** What somebody was given and is owed goes where they go. */
export const GOODWILL_MOVES: readonly Move[] = [
  {
    table: 'benefit',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    clash: ['rule_id'],
    why: 'what was given to them stands; of one rule nobody is proposed something twice',
  },
  { table: 'benefit', column: 'customer_id', of: 'customer', how: 'moves', why: 'limits are of all they were given' },
  {
    table: 'benefit_accrual',
    column: 'customer_id',
    of: 'customer',
    how: 'moves',
    key: ['benefit_id', 'day'],
    clash: ['line', 'day'],
    why: 'a day of a line counts once: of two discounts the kept side has it',
  },
  {
    table: 'legal_compensation',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    why: 'what the law says is owed, whoever they are now',
  },
  {
    table: 'legal_compensation',
    column: 'customer_id',
    of: 'customer',
    how: 'moves',
    why: 'time that is in two of them counts in one when its amount is worked out',
  },
];
