import type { EntityManager } from 'typeorm';
import type { EventData } from '#contracts';
import { isLive } from '../clocks/clock.rules.js';
import { UNREAD } from '../clocks/ledger.store.js';
import { inLane, type Lane } from '../lane.js';
import { CLIMBER, climberOf, type Climber, type ClimberRow } from './climber.js';
import { isReminder, type Reached, type Staff } from './escalation.rules.js';

/** Clocks on their ladders and escalations as rows, many at once. */

/** What happened in the case was read: whoever did in time what was asked for is not passed over. */
const IS_READ = `(l.stuck is not null or not ${UNREAD})`;

const HELD = `select case_id as id from case_ledger where case_id = any($1) order by case_id for update skip locked`;

/** Locks those of these cases that nobody has in hand, in the order everybody does. */
async function hold(tx: EntityManager, caseIds: string[]): Promise<string[]> {
  if (caseIds.length === 0) return [];
  const cases: { id: string }[] = await tx.query(
    'select id from cases where id = any($1) order by id for no key update skip locked',
    [[...new Set(caseIds)]],
  );
  const held: { id: string }[] = await tx.query(HELD, [cases.map(({ id }) => id)]);
  return held.map(({ id }) => id);
}

/**
 * Clocks that have reached a rung, or are over and were escalated; locked with their cases. Who looks at the same time gets others.
 * @returns them, and whether there may be more
 */
export async function claimReached(
  tx: EntityManager,
  now: Date,
  portion: number,
  lane: Lane,
): Promise<{ climbers: Climber[]; more: boolean }> {
  const due: ClimberRow[] = await tx.query(REACHED, [now, portion, lane.at, lane.of]);
  const read = await readOnes(
    tx,
    due.map(({ caseId }) => caseId),
  );
  return { climbers: due.filter(({ caseId }) => read.has(caseId)).flatMap(climberOf), more: due.length >= portion };
}

/** Case, ledger and clock as they are once they are locked; nobody waits for anybody. */
const REACHED = `select ${CLIMBER} from clock k join case_ledger l on l.case_id = k.case_id join cases c on c.id = k.case_id
  where k.rung_at <= $1 and ${inLane('k.case_id', '$3', '$4')} and ${IS_READ} order by k.rung_at limit $2 for no key update of c, l, k skip locked`;

/** Of these cases those in which nothing happened that nobody has read: now that they are locked, nothing more will. */
async function readOnes(tx: EntityManager, caseIds: string[]): Promise<Set<string>> {
  if (caseIds.length === 0) return new Set();
  const rows: { id: string }[] = await tx.query(
    `select l.case_id as id from case_ledger l where l.case_id = any($1) and ${IS_READ}`,
    [caseIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** An escalation nobody acknowledged in time. */
export interface Unheard extends Climber {
  escalationId: string;
  rung: number;
  acknowledgeBy: string;
}

export async function claimUnheard(
  tx: EntityManager,
  now: Date,
  portion: number,
): Promise<{ unheard: Unheard[]; more: boolean }> {
  const silent = `x.acknowledge_by <= $2 and x.climbed_at is null and x.acknowledged_at is null and x.ended_at is null`;
  const due: { id: string }[] = await tx.query(
    `select x.case_id as id from escalation x where ${silent.replace('$2', '$1')} order by x.acknowledge_by limit $2`,
    [now, portion],
  );
  const held = await hold(
    tx,
    due.map(({ id }) => id),
  );
  if (held.length === 0) return { unheard: [], more: false };
  const rows: (ClimberRow & Pick<Unheard, 'escalationId' | 'rung' | 'acknowledgeBy'>)[] = await tx.query(
    `select ${CLIMBER}, x.id as "escalationId", x.rung, iso(x.acknowledge_by) as "acknowledgeBy"
     from escalation x join clock k on k.case_id = x.case_id and k.metric = x.metric and k.side = x.side and k.round = x.round
       join case_ledger l on l.case_id = x.case_id join cases c on c.id = x.case_id
     where x.case_id = any($1) and ${silent} and ${IS_READ} order by x.acknowledge_by, x.case_id, x.metric, x.rung`,
    [held, now],
  );
  const unheard = rows.flatMap(({ escalationId, rung, acknowledgeBy, ...row }) =>
    climberOf(row).map((climber) => ({ ...climber, escalationId, rung, acknowledgeBy })),
  );
  return { unheard: unheard.filter(({ clock }) => isLive(clock)), more: due.length >= portion };
}

export async function readStaff(tx: EntityManager): Promise<Staff> {
  const people: { id: string; name: string; role: string; onShift: boolean; open: number; queueIds: string[] }[] =
    await tx.query(
      // A store's queue without members is worked by whoever works there.
      `select a.id, a.display_name as name, a.role, a.on_shift as "onShift", case when a.role = 'supervisor' then (select count(*)::int from escalation x
         where x.accountable_id = a.id and x.acknowledged_at is null and x.ended_at is null) else 0 end as open,
       array(select queue_id::text from queue_member where agent_id = a.id
         union all select q.id::text from queue q where q.store_id = a.store_id and q.removed_at is null
           and not exists (select from queue_member o where o.queue_id = q.id)) as "queueIds"
     from agent a where a.active order by a.id`,
    );
  const memberIds = new Map<string, string[]>();
  for (const { id, queueIds } of people)
    for (const queueId of queueIds) memberIds.set(queueId, [...(memberIds.get(queueId) ?? []), id]);
  return {
    names: new Map(people.map(({ id, name }) => [id, name])),
    supervisors: people.filter(({ role }) => role === 'supervisor'),
    adminIds: people.filter(({ role }) => role === 'admin').map(({ id }) => id),
    memberIds,
  };
}

/** The names of the queues these rungs name that there still are; none is taken away while cases come to it. */
export async function queuesOf(tx: EntityManager, reached: Reached[]): Promise<Map<string, string>> {
  const ids = new Set(reached.flatMap(({ does }) => does.queueId ?? []));
  if (ids.size === 0) return new Map();
  const rows: { id: string; name: string }[] = await tx.query(
    'select id, name from queue where id = any($1) and removed_at is null order by id for share',
    [[...ids]],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export interface NewEscalation {
  id: string;
  reached: Reached;
  raisedAt: Date;
  accountableId: string | null;
  queueId: string | null;
  told: string[];
  acknowledgeBy: string | null;
}

/** @returns the ids of those that are new: a rung is raised once, whoever else did */
export async function writeEscalations(tx: EntityManager, escalations: NewEscalation[]): Promise<Set<string>> {
  const rows = escalations.map(({ id, reached, raisedAt, accountableId, queueId, told, acknowledgeBy }) => ({
    ...{ id, case_id: reached.caseId, metric: reached.metric, side: reached.side, round: reached.round },
    ...{ rung: reached.rung, ladder_version_id: reached.versionId, reason: reached.reason, told },
    ...{ due_at: new Date(reached.at).toISOString(), raised_at: raisedAt.toISOString() },
    ...{
      accountable_id: accountableId,
      queue_id: queueId,
      acknowledge_by: acknowledgeBy,
      is_shown: !isReminder(reached.does),
    },
  }));
  const written: { id: string }[] = await tx.query(
    `insert into escalation select * from jsonb_populate_recordset(null::escalation, $1::jsonb)
     on conflict on constraint escalation_once do nothing returning id`,
    [JSON.stringify(rows)],
  );
  const ids = written.map(({ id }) => id);
  // One for each clock waits to be acknowledged: with it what was raised before.
  await tx.query(
    `update escalation x set is_shown = false from escalation y
     where y.id = any($1) and y.is_shown and x.case_id = y.case_id and x.metric = y.metric and x.side = y.side and x.round = y.round
       and x.is_shown and (x.due_at, x.rung) < (y.due_at, y.rung)`,
    [ids],
  );
  return new Set(ids);
}

/** Writes where clocks are on their ladders. */
export async function writeClimbs(tx: EntityManager, climbers: Climber[]): Promise<void> {
  if (climbers.length === 0) return;
  const rows = climbers.map(({ caseId, clock: { metric, side, round }, climb }) => ({
    ...{ case_id: caseId, metric, side, round, raised: climb.raised, next: climb.next },
    at: climb.at === null ? null : new Date(climb.at).toISOString(),
  }));
  await tx.query(
    `update clock k set rungs_raised = w.raised, next_rung = w.next, rung_at = w.at
     from jsonb_to_recordset($1::jsonb) as w (case_id uuid, metric text, side text, round int, raised int, next smallint, at timestamptz)
     where k.case_id = w.case_id and k.metric = w.metric and k.side = w.side and k.round = w.round`,
    [JSON.stringify(rows)],
  );
}

/** The clocks of these escalations are over. @returns what ended with them */
export async function endEscalations(
  tx: EntityManager,
  now: Date,
  climbers: readonly Climber[],
): Promise<{ id: string; caseId: string; why: 'met' | 'dropped' }[]> {
  if (climbers.length === 0) return [];
  const rows = climbers.map(({ caseId, clock: { metric, side, round, metAt } }) => ({
    ...{ case_id: caseId, metric, side, round, why: metAt === null ? 'dropped' : 'met' },
  }));
  const [ended]: [{ id: string; caseId: string; why: 'met' | 'dropped' }[], number] = await tx.query(
    `update escalation x set ended_at = $2, ended_why = w.why
     from jsonb_to_recordset($1::jsonb) as w (case_id uuid, metric text, side text, round int, why text)
     where x.case_id = w.case_id and x.metric = w.metric and x.side = w.side and x.round = w.round and x.ended_at is null
     returning x.id, x.case_id as "caseId", x.ended_why as why`,
    [JSON.stringify(rows), now],
  );
  return ended.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

type Reopened = { caseId: string } & EventData<'escalation.reopened'>;

/**
 * The clocks of these escalations had ended without being met, and run again.
 * @returns what is open again; whoever has acknowledged it has nobody to be told
 */
export async function reopenEscalations(tx: EntityManager, climbers: readonly Climber[]): Promise<Reopened[]> {
  if (climbers.length === 0) return [];
  const rows = climbers.map(({ caseId, clock: { metric, side, round, handoff } }) => ({
    ...{
      case_id: caseId,
      metric,
      side,
      round,
      whose: handoff && { handoffId: handoff.id, partnerName: handoff.partner },
    },
  }));
  const [reopened]: [(Reopened & { whose: object | null })[], number] = await tx.query(
    `update escalation x set ended_at = null, ended_why = null
     from jsonb_to_recordset($1::jsonb) as w (case_id uuid, metric text, side text, round int, whose jsonb)
     where x.case_id = w.case_id and x.metric = w.metric and x.side = w.side and x.round = w.round and x.ended_why = 'dropped'
     returning x.case_id as "caseId", x.id as "escalationId", x.metric, x.round, x.rung, x.reason,
       case when x.acknowledged_at is null then x.accountable_id end as "accountableId",
       case when x.acknowledged_at is null then x.told::text[] else '{}' end as "toldIds", iso(x.acknowledge_by) as "acknowledgeBy", w.whose`,
    [JSON.stringify(rows)],
  );
  const known = reopened.map(({ whose, ...one }) => ({ ...one, ...whose }));
  return known.toSorted((a, b) => (a.escalationId < b.escalationId ? -1 : 1));
}

/** Nobody heard these: the rung above was raised, or there is none. */
export async function markClimbed(tx: EntityManager, now: Date, ids: string[]): Promise<void> {
  if (ids.length > 0) await tx.query('update escalation set climbed_at = $2 where id = any($1)', [ids, now]);
}

/** After so many minutes a rung that could not be raised is tried again. */
const PUT_OFF = `$1::timestamptz + interval '15 minutes'`;

export async function putOffRung(tx: EntityManager, now: Date, { caseId, clock }: Climber): Promise<void> {
  await tx.query(
    `update clock set rung_at = ${PUT_OFF} where case_id = $2 and metric = $3 and side = $4 and round = $5 and rung_at <= $1`,
    [now, caseId, clock.metric, clock.side, clock.round],
  );
}

export async function putOffClimb(tx: EntityManager, now: Date, { escalationId }: Unheard): Promise<void> {
  await tx.query(`update escalation set acknowledge_by = ${PUT_OFF} where id = $2`, [now, escalationId]);
}
