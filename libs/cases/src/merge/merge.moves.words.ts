import type { Move } from './merge.move.js';
import { handoffBack, repairBack } from './merge.moves.things.js';

/**
 * Facts that tell of what went back, with what each of them took the place of while the two were one: what a case was told before
 * that is its own, as is what tells of a decision that stays.
 */
const TOLD_OF_IT = `with recursive told (id) as (
    (select n.fact_id from loan n where n.case_id = $1 union select d.fact_id from loan_decision d where d.case_id = $1 union select w.fact_id from warranty_decision w where w.case_id = $1)
    union select f.id from story_fact f join told on f.superseded_by = told.id
      where not exists (select from loan_decision d where d.fact_id = f.id and d.case_id <> $1)
        and f.created_at >= (select max(m.at) from merge m where m.taken_case = $1 and m.undone_at is null)
  ) select id from told`;

/** What was promised, told and shown of things goes where they go. */
export const MOVES_OF_WORDS: readonly Move[] = [
  {
    table: 'promise',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    // Of the day a repair is to be back.
    returns: `exists (select from repair_order o where o.case_id = $1 and r.id in (o.return_promise, o.update_promise))`,
    why: 'what was promised to them is owed',
  },
  {
    table: 'story_fact',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    clash: ['origin'],
    // What another company said of its work is known of whoever it works for.
    returns: `r.origin like 'handoff:%' and ${handoffBack(`split_part(r.origin, ':', 2)`)}
      or r.origin like 'quote:%' and exists (select from quote q join repair_order o on o.id = q.repair_order_id where o.case_id = $1 and q.id::text = split_part(r.origin, ':', 2))
      or exists (select from promise p where p.case_id = $1 and p.id = r.promise_id) or r.id in (${TOLD_OF_IT})`,
    why: 'one story; what both were told from the same thing stands once',
  },
  {
    table: 'case_file',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    key: ['attachment_id'],
    // What went to another company, or came from it; how a phone came in and went out, theirs or ours.
    returns: `(exists (select from handoff h where h.case_id = $1 and (r.attachment_id = any(h.attachment_ids)
        or exists (select from handoff_entry e where e.handoff_id = h.id and r.attachment_id = any(e.attachment_ids))))
      or exists (select from repair_order o where o.case_id = $1 and strpos(concat(o.intake, o.hand_back), r.attachment_id::text) > 0)
      or exists (select from loan n where n.case_id = $1 and (strpos(concat(n.went_out, n.came_in), r.attachment_id::text) > 0
        or exists (select from loan_charge c where c.loan_id = n.id and r.attachment_id = any(c.photo_ids)))))`,
    why: 'pictures of a phone are of its case',
  },
  {
    table: 'customer_news',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    only: 'r.interaction_id is null and r.settled_at is null',
    // Of a repair or handoff that goes back, and came up while they were one: it is its customer who has to know.
    returns: `r.interaction_id is null and r.settled_at is null and (r.subject ~ '^(repair|quotes):' and ${repairBack(`split_part(r.subject, ':', 2)`)}
      or r.subject like 'handoff:%' and ${handoffBack(`split_part(r.subject, ':', 2)`)})`,
    why: 'what they were told they were told; what nobody could tell them is still to be said',
  },
  {
    table: 'notification',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    // After the news above: whom to call is said of the case that has them.
    returns: `r.kind = 'untold' and exists (select from customer_news n where n.case_id = $1 and n.id::text = r.values ->> 'newsId')`,
    why: 'what people are told of it is told of the kept one',
  },
];
