import type { CaseStatus, MergeChoices, WaitReason } from '#contracts';

/** Columns of `cases` a merge changes on the side that is kept; undone, each goes back unless somebody changed it since. */
export const KEPT_COLUMNS = ['status', 'wait_reason', 'assignee_id', 'priority', 'problem', 'lacks'] as const;

/** What the row of the inbox says of the last word, restored as one where nothing has been said since. */
export const LAST_WORD = [
  'channels',
  'preview',
  'last_channel',
  'last_direction',
  'last_interaction_at',
  'next_action',
  'next_action_text',
  'next_action_values',
  'next_action_due_at',
  'next_action_no_due',
  'next_action_by',
  'next_action_at',
  'next_action_id',
  'next_action_parked',
] as const;

export type Columns = Record<string, unknown>;

/** The entries of one case as they stood: what has come since is what is not among them. */
export interface Stood {
  caseId: string;
  entryIds: string[];
  /** Those of them nobody had looked at. */
  unreadIds: string[];
  /** LAST_WORD. */
  words: Columns;
}

/** A reply path of an address on both cases: the kept one goes on as the newer stood. */
export interface Twins {
  keptId: string;
  takenId: string;
  before: Columns;
  after: Columns;
  /** Entries of the taken one, which go on in the kept one. */
  entryIds: string[];
}

/** An impact both cases had, graver on the taken one: the kept one goes on as that one stood. */
export interface ImpactTwins {
  keptId: string;
  takenId: string;
  before: Columns;
  after: Columns;
}

/**
 * All that a merge has changed. Rows that only moved are told by their keys, for all of them had the taken side's id; of rows
 * that changed, what stood in the columns that did.
 */
export interface MergeJournal {
  /** By `table.column` (`placeOf`): keys (`keyOf`) of rows that were the taken customer's, or on the taken case. */
  customerRows: Record<string, string[]>;
  caseRows: Record<string, string[]>;
  /** Keys of rows the kept case got a copy of. */
  copies: Record<string, string[]>;
  stood: Stood[];
  twins: Twins[];
  /** Not there in merges of before it was written down. */
  impacts?: ImpactTwins[];
  /** Of the kept case: what it was proposed to be part of, and is because the taken one was. */
  incidents?: string[];
  /** Of the kept customer; empty where the taken side's word was not chosen. */
  customer: { before: Columns; after: Columns };
  /** KEPT_COLUMNS; null when there were not two cases to join. */
  kept: { before: Columns; after: Columns } | null;
  taken: { status: CaseStatus; waitReason: WaitReason | null; closedAt: string | null } | null;
  /** Which of the two waited for another company that had work of it. */
  waited?: { kept: boolean; taken: boolean };
  /** Which stores saw the kept case, and who did for a while. */
  stores?: string[];
  expecting?: string[];
}

export interface MergeRow {
  id: string;
  seq: string;
  kind: 'customer' | 'case';
  keptCustomer: string;
  takenCustomer: string;
  keptCase: string | null;
  takenCase: string | null;
  choices: MergeChoices;
  journal: MergeJournal;
  undoUntil: Date;
  undoneAt: Date | null;
}

export const MERGE_ROW = `m.id, m.seq, m.kind, m.kept_customer as "keptCustomer", m.taken_customer as "takenCustomer", m.kept_case as "keptCase",
  m.taken_case as "takenCase", m.choices, m.journal, m.undo_until as "undoUntil", m.undone_at as "undoneAt"`;
