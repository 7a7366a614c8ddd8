import type { Move } from './merge.move.js';

/** What a merge does with loans, and with the pictures of phones. */
export const LOANER_MOVES: readonly Move[] = [
  {
    table: 'case_file',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    key: ['attachment_id'],
    // What went to another company, or came from it, about a handoff that goes back (it went before this).
    returns: `exists (select from handoff h where h.case_id = $1 and (r.attachment_id = any(h.attachment_ids)
      or exists (select from handoff_entry e where e.handoff_id = h.id and r.attachment_id = any(e.attachment_ids))))`,
    why: 'pictures of a phone are of its case',
  },
  {
    table: 'loan_decision',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    why: 'what was decided of lending holds for both',
  },
  {
    table: 'loan',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    // What was given in exchange meanwhile has the place of the one it was given for.
    returns: 'r.slot is not null and living_case(r.slot) = $1',
    why: 'what they have of ours keeps the kept case open; of two loaners each is brought back (slot stays where it was made)',
  },
];
