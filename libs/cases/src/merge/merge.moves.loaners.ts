import type { Move } from './merge.move.js';
import { ITS_PHONE, repairBack } from './merge.moves.things.js';

/** It, or the one whose place it took, however often they were exchanged, was decided on the case it would go back to. */
const DECIDED_THERE = `exists (
  with recursive given (id, for_id) as (
    select r.id, r.swapped_from union all select n.id, n.swapped_from from given join loan n on n.id = given.for_id)
  select from given join loan_decision d on d.loan_id = given.id where d.case_id = $1)`;

/** What a merge does with loans. */
export const LOANER_MOVES: readonly Move[] = [
  {
    table: 'loan_decision',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    // Of somebody whose phone or repair goes back.
    returns: `(case when r.repair_order_id is not null then ${repairBack('r.repair_order_id::text')} else ${ITS_PHONE} end)`,
    why: 'what was decided of lending holds for both',
  },
  {
    table: 'loan',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    // What was given in exchange meanwhile has the place of the one it was given for; what was lent meanwhile is of the repair, or of the phone it was decided for.
    returns: `(r.slot is not null and living_case(r.slot) = $1 or ${repairBack('r.repair_order_id::text')}
      or r.repair_order_id is null and ${DECIDED_THERE})`,
    why: 'what they have of ours keeps the kept case open; of two loaners each is brought back (slot stays where it was made)',
  },
];
