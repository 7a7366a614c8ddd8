import type { Move } from './merge.move.js';
import { ITS_PHONE, repairBack } from './merge.moves.things.js';

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
      or r.repair_order_id is null and exists (select from loan_decision d where d.case_id = $1 and d.loan_id in (r.id, r.swapped_from)))`,
    why: 'what they have of ours keeps the kept case open; of two loaners each is brought back (slot stays where it was made)',
  },
];
