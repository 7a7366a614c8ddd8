import type { Move } from './merge.move.js';
import { GOODWILL_MOVES } from './merge.moves.goodwill.js';
import { MOVES_OF_THINGS } from './merge.moves.things.js';
import { LOANER_MOVES } from './merge.moves.loaners.js';
import { MOVES_OF_WORDS } from './merge.moves.words.js';
import { hadTo, workedOn } from './merge.stores.js';

export type { Move } from './merge.move.js';

/**
 * Every column of the database that says whose something is, and what a merge does with it: the one place where that is
 * listed. Whoever adds a table with such a column adds its line; a test asks the database for all of them.
 */
export const MOVES: readonly Move[] = [
  { table: 'customer', column: 'merged_into', of: 'customer', how: 'stays', why: 'the pointer of the merge itself' },
  {
    table: 'customer_name',
    column: 'customer_id',
    of: 'customer',
    how: 'stays',
    why: 'kept by triggers of its customer; who was taken in is not found by name',
  },
  {
    table: 'contact_point',
    column: 'customer_id',
    of: 'customer',
    how: 'moves',
    why: 'what comes in by it is theirs, whoever they are now',
  },
  { table: 'cases', column: 'merged_into', of: 'case', how: 'stays', why: 'the pointer of the merge itself' },
  {
    table: 'cases',
    column: 'customer_id',
    of: 'customer',
    how: 'moves',
    only: `r.status <> 'merged'`,
    why: 'what is over stays what it was; two open cases become one first, and one that points elsewhere keeps its customer',
  },
  {
    table: 'case_store',
    column: 'case_id',
    of: 'case',
    how: 'copies',
    key: ['store_id'],
    unless: `select from interaction i where i.case_id = r.case_id and i.store_id = r.store_id union all select where ${hadTo('r.case_id', 'r.store_id')}`,
    why: 'stores keep seeing what came to them, under either reference',
  },
  {
    table: 'case_grant',
    column: 'case_id',
    of: 'case',
    how: 'copies',
    key: ['viewer', 'until'],
    unless: `select where ${workedOn('r.case_id', 'r.viewer')}`,
    why: 'who may look for a while goes on looking',
  },
  { table: 'break_glass', column: 'case_id', of: 'case', how: 'stays', why: 'history' },
  { table: 'case_link', column: 'case_id', of: 'case', how: 'stays', why: 'read through living_case' },
  { table: 'case_link', column: 'contact_point_id', of: 'contact_point', how: 'stays', why: 'where it was sent' },
  { table: 'problem', column: 'case_id', of: 'case', how: 'moves', why: 'the kept case lists the problems of both' },
  {
    table: 'impact',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    clash: ['kind'],
    why: 'what they cannot do; of one kind there is one: the kept one goes on as the graver of the two stood (merge.impacts)',
  },
  {
    table: 're_explanation',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    clash: ['entry_id'],
    why: 'how often they had to repeat it, in all',
  },
  {
    table: 'closing_question',
    column: 'case_id',
    of: 'case',
    how: 'stays',
    why: 'asked about that case; one that has become another asks no more',
  },
  {
    table: 'channel_thread',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    clash: ['contact_point_id', 'channel'],
    why: 'the reply paths of both; of twins the kept one goes on as the newer stood (merge.threads)',
  },
  {
    table: 'channel_thread',
    column: 'contact_point_id',
    of: 'contact_point',
    how: 'stays',
    why: 'goes where its case goes',
  },
  { table: 'interaction', column: 'case_id', of: 'case', how: 'moves', why: 'one story' },
  { table: 'interaction', column: 'contact_point_id', of: 'contact_point', how: 'stays', why: 'who said it' },
  { table: 'note', column: 'case_id', of: 'case', how: 'moves', why: 'one story' },
  {
    table: 'case_event',
    column: 'case_id',
    of: 'case',
    how: 'stays',
    why: 'append-only: what happened to a case happened to that one',
  },
  { table: 'entry_review', column: 'case_id', of: 'case', how: 'stays', why: 'read through living_case' },
  { table: 'entry_move', column: 'from_case', of: 'case', how: 'stays', why: 'history' },
  { table: 'entry_move', column: 'to_case', of: 'case', how: 'stays', why: 'history' },
  { table: 'entry_move', column: 'sender_from', of: 'customer', how: 'stays', why: 'read through living_customer' },
  { table: 'delivery', column: 'recipient_id', of: 'contact_point', how: 'stays', why: 'whom it is sent to' },
  { table: 'system_mail', column: 'contact_point_id', of: 'contact_point', how: 'stays', why: 'whom it was sent to' },
  { table: 'automatic_mail', column: 'case_id', of: 'case', how: 'stays', why: 'counts mails of two days' },
  {
    table: 'contact_handle',
    column: 'contact_point_id',
    of: 'contact_point',
    how: 'stays',
    why: 'goes along with its address',
  },
  {
    table: 'proof',
    column: 'case_id',
    of: 'case',
    how: 'stays',
    why: 'was given for that case and who its customer was',
  },
  {
    table: 'proof',
    column: 'customer_id',
    of: 'customer',
    how: 'stays',
    why: 'was given by them; counts again once undone',
  },
  { table: 'proof', column: 'contact_point_id', of: 'contact_point', how: 'stays', why: 'the address it was given by' },
  { table: 'one_time_code', column: 'case_id', of: 'case', how: 'stays', why: 'read through living_case' },
  { table: 'one_time_code', column: 'contact_point_id', of: 'contact_point', how: 'stays', why: 'where it was sent' },
  {
    table: 'match_suggestion',
    column: 'newcomer_id',
    of: 'customer',
    how: 'stays',
    why: 'of whom it was said, read through living_customer',
  },
  {
    table: 'match_suggestion',
    column: 'known_id',
    of: 'customer',
    how: 'stays',
    why: 'of whom it was said, read through living_customer',
  },
  { table: 'handover', column: 'case_id', of: 'case', how: 'moves', why: 'whoever was handed it has not said so yet' },
  { table: 'warm_redirect', column: 'case_id', of: 'case', how: 'moves', why: 'they are on their way all the same' },
  {
    table: 'draft',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    key: ['agent_id', 'channel'],
    clash: ['agent_id', 'channel'],
    why: 'what somebody has begun to write is for that customer',
  },
  { table: 'decision_lock', column: 'case_id', of: 'case', how: 'stays', why: 'runs out within a minute' },
  {
    table: 'customer_account',
    column: 'customer_id',
    of: 'customer',
    how: 'moves',
    why: 'the contracts of both are theirs; each is one by its source and number',
  },
  {
    table: 'customer_preference',
    column: 'customer_id',
    of: 'customer',
    how: 'moves',
    key: ['field'],
    clash: ['field'],
    why: 'what only the taken side had said goes on; of two, the kept one stands',
  },
  { table: 'customer_import_row', column: 'customer_id', of: 'customer', how: 'stays', why: 'history' },
  {
    table: 'incident_case',
    column: 'case_id',
    of: 'case',
    how: 'moves',
    only: `r.state <> 'out'`,
    clash: ['incident_id'],
    why: 'it goes on being part of what it was part of; of both, the kept one is it for both (merge.incidents). What it was taken out of is history',
  },
  {
    table: 'incident_update_item',
    column: 'case_id',
    of: 'case',
    how: 'stays',
    why: 'whose turn it was, read through living_case; one reply is enough for both',
  },
  {
    table: 'case_ledger',
    column: 'case_id',
    of: 'case',
    how: 'stays',
    why: 'clocks of the taken case end with it, and go on when they are parted',
  },
  { table: 'clock_audit', column: 'after_case', of: 'case', how: 'stays', why: 'how far the audit has got' },
  { table: 'clock', column: 'case_id', of: 'case', how: 'stays', why: 'as its ledger' },
  { table: 'clock_line', column: 'case_id', of: 'case', how: 'stays', why: 'history' },
  {
    table: 'policy_reapply_item',
    column: 'case_id',
    of: 'case',
    how: 'stays',
    why: 'whose turn comes when it is over is left as it is',
  },
  {
    table: 'escalation',
    column: 'case_id',
    of: 'case',
    how: 'stays',
    why: 'clocks of the taken case end with it, and what was escalated of them, until they are parted; those of the kept one go on as they were',
  },
  ...MOVES_OF_THINGS,
  ...LOANER_MOVES,
  ...MOVES_OF_WORDS,
  ...GOODWILL_MOVES,
  { table: 'merge', column: 'kept_customer', of: 'customer', how: 'stays', why: 'history' },
  { table: 'merge', column: 'taken_customer', of: 'customer', how: 'stays', why: 'history' },
  { table: 'merge', column: 'kept_case', of: 'case', how: 'stays', why: 'history' },
  { table: 'merge', column: 'taken_case', of: 'case', how: 'stays', why: 'history' },
];

/**
 * What becomes of each column of the kept customer. chosen: a person says whose word stands (MergeField) · filled: where it says
 * nothing (null), the taken side's word stands · own: each keeps theirs. Undone, all go back that nobody has changed since.
 */
export const CUSTOMER_COLUMNS: Record<string, 'chosen' | 'filled' | 'own'> = {
  id: 'own',
  display_name: 'chosen',
  language: 'chosen',
  // Somebody has chosen it, or it is what the other one said of themselves.
  language_known: 'own',
  tier: 'chosen',
  // A person has spoken with one of them, so with both.
  provisional: 'own',
  merged_into: 'own',
  created_at: 'own',
  city: 'filled',
  postcode: 'filled',
};

/** The key of a row among those of one owner, as text (SQL). */
export const keyOf = ({ key = ['id'] }: Move, row: string): string =>
  `concat_ws('|', ${key.map((column) => `${row}.${column}`).join(', ')})`;

/** How the journal calls a column. */
export const placeOf = ({ table, column }: Move): string => `${table}.${column}`;
