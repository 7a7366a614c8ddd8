import type { ClockMetric, ClockSide, EscalationReason, Priority, Rung } from '#contracts';
import type { Clock } from '../clocks/clock.rules.js';

/** What a rung that was reached brings about. Pure: the same people and cases make the same decisions. */

/** A rung of one clock of a case that was reached. */
export interface Reached {
  caseId: string;
  metric: ClockMetric;
  side: ClockSide;
  round: number;
  /** Of a partner: of which handoff, and whose. */
  handoff: Clock['handoff'];
  versionId: string;
  rung: number;
  does: Rung;
  reason: EscalationReason;
  /** Milliseconds since the epoch. */
  at: number;
}

/** How a case stands, as far as rungs change it. */
export interface Standing {
  assigneeId: string | null;
  queueId: string | null;
  priority: Priority;
}

/** Who may be told or made accountable; only people who may sign in. */
export interface Staff {
  names: Map<string, string>;
  /** With the open escalations each answers for; kept up to date while rungs are decided. */
  supervisors: { id: string; onShift: boolean; open: number }[];
  adminIds: string[];
  memberIds: Map<string, string[]>;
}

export interface Decision {
  accountableId: string | null;
  /** Null: it stays where it is. */
  move: { assigneeId: string | null; queueId: string | null; priority: Priority | null };
  told: string[];
}

/** Which reason a rung is reached for by time. */
export function reasonOf({ when }: Rung): EscalationReason {
  if ('share' in when) return 'share';
  if ('elapsedMinutes' in when) return 'elapsed';
  return 'unacknowledged' in when ? 'unacknowledged' : 'breach';
}

/** It tells who has the case, and changes nothing: nobody else has to know. */
export const isReminder = ({ tell, accountable, queueId, priority, acknowledgeMinutes }: Rung): boolean =>
  tell.every((whom) => whom === 'owner') && !accountable && !queueId && !priority && acknowledgeMinutes === null;

/** Decides one rung, and counts it for who answers for it. */
export function decide(rung: Rung, standing: Standing, staff: Staff): Decision {
  const accountable = accountableFor(rung, standing, staff);
  const assigneeId = accountable ?? standing.assigneeId;
  const queueId = rung.queueId ?? standing.queueId;
  const counted = staff.supervisors.find(({ id }) => id === assigneeId);
  if (counted) counted.open += 1;
  return {
    accountableId: assigneeId,
    move: {
      assigneeId: assigneeId === standing.assigneeId ? null : assigneeId,
      queueId: queueId === standing.queueId ? null : queueId,
      priority: rung.priority === standing.priority ? null : rung.priority,
    },
    told: toldOf(rung, standing.assigneeId, queueId, staff),
  };
}

export const after = (standing: Standing, { move }: Decision): Standing => ({
  assigneeId: move.assigneeId ?? standing.assigneeId,
  queueId: move.queueId ?? standing.queueId,
  priority: move.priority ?? standing.priority,
});

/** Who has the case already and is a supervisor on shift keeps it. Without anybody on shift: any supervisor. */
function accountableFor({ accountable }: Rung, { assigneeId }: Standing, staff: Staff): string | null {
  if (accountable === null) return null;
  if (accountable !== 'supervisor') return staff.names.has(accountable) ? accountable : null;
  const present = staff.supervisors.filter(({ onShift }) => onShift);
  if (present.some(({ id }) => id === assigneeId)) return assigneeId;
  const [least] = (present.length > 0 ? present : staff.supervisors).toSorted(
    (a, b) => a.open - b.open || (a.id < b.id ? -1 : 1),
  );
  return least?.id ?? null;
}

/** @param ownerId who had it until now: they are told, and who has it from now on knows by that */
function toldOf({ tell }: Rung, ownerId: string | null, queueId: string | null, staff: Staff): string[] {
  const supervisors = staff.supervisors.map(({ id }) => id);
  const told = tell.flatMap((whom) => {
    if (whom === 'owner') return ownerId === null ? supervisors : [ownerId];
    if (whom === 'supervisors') return supervisors;
    if (whom === 'admins') return staff.adminIds;
    if (whom === 'queue') return queueId === null ? [] : (staff.memberIds.get(queueId) ?? []);
    return [whom];
  });
  return [...new Set(told)].filter((id) => staff.names.has(id)).toSorted();
}
