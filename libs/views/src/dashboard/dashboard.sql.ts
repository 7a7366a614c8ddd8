import { AT_RISK_MINUTES, type DashboardTile } from '#contracts';
import { HANDOVER_OPEN } from '../ownership.sql.js';

/** The rows behind each figure of the dashboard. Those of `case_ledger l` are the conditions of `dashboard_tiles`. */

export interface TileSource {
  /** With `case_ledger l` and `cases c` in it. */
  from: string;
  where: string;
  /** The instant its rows are ordered by, earliest first. */
  at: string;
  /** What tells two rows of one instant apart. */
  id: string;
  who: string;
  /** What is enough to count them, of all queues, where that is less. */
  counted?: string;
}

const LEDGER = 'case_ledger l join cases c on c.id = l.case_id';
const OWNER = `coalesce((select o.display_name from agent o where o.id = c.assignee_id), (select o.name from queue o where o.id = c.queue_id))`;

const onLedger = (where: string, at: string): TileSource => ({
  ...{ from: LEDGER, where: `not l.is_over and ${where}`, at, id: 'l.case_id', who: OWNER },
});

/** Of `case_ledger l`: nothing is late, nobody waits for an answer of ours, and the customer lacks something. */
export const ON_PAPER = 'l.on_paper';

/** What is due is marked within a second; so many minutes before now somebody may still have it in hand. */
const UNMARKED_MINUTES = 10;

/** @param now parameter of the time it is */
export const tileSources = (now: string): Record<DashboardTile, TileSource> => ({
  paper: onLedger(ON_PAPER, 'l.without_since'),
  without_service: onLedger('l.without_service', 'l.without_since'),
  without_loaner: onLedger(`l.lacks <> '{}' and not l.has_loaner`, 'l.without_since'),
  // One index has what is late and what will be, by when it is due: each says where its part of it ends.
  breached: onLedger(`l.next_is_late and l.next_due_at <= ${now}::timestamptz`, 'l.next_due_at'),
  at_risk: {
    ...onLedger(
      `not l.next_is_late and l.next_due_at between ${now}::timestamptz - interval '${UNMARKED_MINUTES} minutes' and ${now}::timestamptz + interval '${AT_RISK_MINUTES} minutes'`,
      'l.next_due_at',
    ),
    counted: 'case_ledger l',
  },
  update_late: {
    ...onLedger('l.update_late', 'k.due_at'),
    from: `${LEDGER} join clock k on k.case_id = l.case_id and k.metric = 'next_update' and k.side = 'customer' and k.met_at is null and k.ended_at is null and k.breached_at is not null`,
  },
  handovers: {
    from: `handover h join cases c on c.id = h.case_id join case_ledger l on l.case_id = c.id`,
    where: `${HANDOVER_OPEN} and c.is_open`,
    ...{ at: 'h.at', id: 'h.id' },
    who: `coalesce((select o.display_name from agent o where o.id = h.to_agent), (select o.name from queue o where o.id = h.to_queue))`,
  },
  escalations: {
    from: `escalation e join cases c on c.id = e.case_id join case_ledger l on l.case_id = c.id`,
    where: 'e.is_shown and e.acknowledged_at is null and e.ended_at is null',
    counted: 'escalation e',
    ...{ at: 'e.raised_at', id: 'e.id' },
    who: `(select o.display_name from agent o where o.id = e.accountable_id)`,
  },
});

/** Kept as rows, whatever time it is; the others are counted as they are asked for, so far. */
export const KEPT_TILES = ['paper', 'without_service', 'without_loaner', 'breached', 'update_late'] as const;
export const COUNTED_TILES = ['at_risk', 'handovers', 'escalations'] as const;
export const COUNT_CAP = 1000;

/** Every kept figure and what was added to it since, as `figure(tile, queue_id, count)`. */
export const FIGURES = `(select tile, queue_id, sum(count)::int as count from (select tile, queue_id, count from dashboard_count
  union all select tile, queue_id, delta from dashboard_delta) parts group by tile, queue_id)`;
