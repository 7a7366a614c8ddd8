import type { Clock } from '../clocks/clock.rules.js';
import { MS } from '../clocks/milliseconds.js';
import type { Climb } from './climb.js';
import type { Standing } from './escalation.rules.js';

/** A clock on its ladder, with how its case stands. */
export interface Climber {
  caseId: string;
  clock: Clock;
  climb: Climb;
  policyVersionId: string | null;
  standing: Standing;
}

type Columns = Omit<Clock, 'startedBy' | 'climb' | 'handoff'> & Omit<Climb, 'versionId'> & { versionId: string | null };

/** As it is read, column by column. */
export interface ClimberRow extends Columns, Standing {
  caseId: string;
  policyVersionId: string | null;
  startedKind: Clock['startedBy']['kind'];
  startedId: string | null;
  startedName: string;
  handoffId: string | null;
  partnerName: string | null;
}

/** Of `clock k`, `case_ledger l` and `cases c`. Columns: as JSON a clock costs more than all else its claim does. */
export const CLIMBER = `k.case_id as "caseId", k.metric, k.side, k.round, ${MS('k.started_at')} as "startedAt", k.started_kind as "startedKind",
  k.started_id as "startedId", k.started_name as "startedName", k.minutes, k.counted, ${MS('k.runs_since')} as "runsSince", k.paused_for as "pausedFor",
  ${MS('k.due_at')} as "dueAt", ${MS('k.breached_at')} as "breachedAt", k.is_told as "isTold", ${MS('k.met_at')} as "metAt", ${MS('k.ended_at')} as "endedAt", k.calendar,
  k.handoff_id as "handoffId", k.partner_name as "partnerName",
  k.ladder_version_id as "versionId", k.rungs_raised as raised, k.next_rung as next, ${MS('k.rung_at')} as at,
  l.policy_version_id as "policyVersionId", c.assignee_id as "assigneeId", c.queue_id as "queueId", c.priority`;

/** @returns none: nobody watches it */
export function climberOf(row: ClimberRow): Climber[] {
  const { caseId, policyVersionId, assigneeId, queueId, priority, ...rest } = row;
  const { versionId, raised, next, at, startedKind, startedId, startedName, handoffId, partnerName, ...columns } = rest;
  if (versionId === null) return [];
  const climb = { versionId, raised, next, at };
  const handoff = handoffId !== null && partnerName !== null ? { id: handoffId, partner: partnerName } : null;
  const clock = { ...columns, handoff, startedBy: { kind: startedKind, id: startedId, name: startedName }, climb };
  return [{ caseId, clock, climb, policyVersionId, standing: { assigneeId, queueId, priority } }];
}
