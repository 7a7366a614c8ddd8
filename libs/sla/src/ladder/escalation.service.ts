import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Rung } from '#contracts';
import { moveMany, recordMany, SYSTEM, type CaseMove, type NewEvent } from '#cases';
import { CLOCK, newId, type Clock as Time } from '#platform';
import { countingOf, isLive } from '../clocks/clock.rules.js';
import { RuleBook } from '../clocks/rule-book.js';
import { byHalves } from '../halves.js';
import { ALONE } from '../lane.js';
import type { Climber } from './climber.js';
import { after, decide, reasonOf, type Decision, type Reached, type Staff, type Standing } from './escalation.rules.js';
import {
  claimReached,
  claimUnheard,
  endEscalations,
  markClimbed,
  putOffClimb,
  putOffRung,
  queuesOf,
  readStaff,
  reopenEscalations,
  writeClimbs,
  writeEscalations,
  type NewEscalation,
  type Unheard,
} from './escalation.store.js';
import { orNever } from './or-never.js';
import { isToReopen, nextRung, rungAbove, withRaised } from './ladder.rules.js';

/** Clocks looked at in one transaction. */
const PORTION = 1000;

/** Raises the rungs clocks have reached, each once and in order, and ends them with their clock. */
@Injectable()
export class EscalationService {
  private readonly log = new Logger(EscalationService.name);

  constructor(
    private readonly book: RuleBook,
    @Inject(CLOCK) private readonly time: Time,
  ) {}

  /**
   * What time has reached. Cases that somebody has in hand, or in which something happened that nobody has read yet, are left
   * to the next look. One that cannot be raised is put off and keeps no other from climbing.
   * @returns whether anything was done, and whether there may be more
   */
  async raise(tx: EntityManager, lane = ALONE): Promise<{ done: boolean; more: boolean }> {
    const now = this.time.now();
    const { climbers, more } = await claimReached(tx, now, PORTION, lane);
    await byHalves(
      tx,
      climbers,
      (some) => this.raiseThese(tx, now, some),
      async (one, error) => {
        this.log.error(`ladder of ${keyOf(one)}: ${String(error)}`);
        await putOffRung(tx, now, one);
      },
    );
    return { done: climbers.length > 0, more };
  }

  private async raiseThese(tx: EntityManager, now: Date, climbers: readonly Climber[]): Promise<void> {
    const next = await this.pathfinder(tx, climbers);
    const reached: Reached[] = [];
    const moved = climbers.map((climber): Climber => {
      const { clock, climb } = climber;
      if (!isLive(clock)) return { ...climber, climb: { ...climb, next: null, at: null } };
      let { raised } = climb;
      let rung = next.byTime(climber, raised);
      for (; rung !== null && rung.at <= now.getTime(); rung = next.byTime(climber, raised)) {
        reached.push(next.reached(climber, rung.rung, rung.at));
        raised = withRaised(raised, rung.rung);
      }
      return { ...climber, climb: { ...climb, raised, next: rung?.rung ?? null, at: rung?.at ?? null } };
    });
    await writeClimbs(tx, moved);
    await this.end(
      tx,
      now,
      climbers.filter(({ clock }) => !isLive(clock)),
    );
    await this.reopen(
      tx,
      now,
      climbers.filter(({ clock, climb }) => isLive(clock) && isToReopen(climb)),
    );
    await this.act(tx, now, reached, standingsOf(climbers));
  }

  /** Who did not acknowledge in time: the next rung is reached at once. */
  async climb(tx: EntityManager): Promise<{ done: boolean; more: boolean }> {
    const now = this.time.now();
    const { unheard, more } = await claimUnheard(tx, now, PORTION);
    await byHalves(
      tx,
      unheard,
      (some) => this.climbThese(tx, now, some),
      async (one, error) => {
        this.log.error(`ladder of ${keyOf(one)}: ${String(error)}`);
        await putOffClimb(tx, now, one);
      },
    );
    return { done: unheard.length > 0, more };
  }

  private async climbThese(tx: EntityManager, now: Date, unheard: readonly Unheard[]): Promise<void> {
    const next = await this.pathfinder(tx, unheard);
    const raised = new Map<string, number>();
    const reached: Reached[] = [];
    const moved = new Map<string, Climber>();
    for (const climber of unheard) {
      const key = keyOf(climber);
      const before = raised.get(key) ?? climber.climb.raised;
      const rung = next.above(climber, before);
      if (rung === null) continue;
      reached.push({ ...next.reached(climber, rung, Date.parse(climber.acknowledgeBy)), reason: 'unacknowledged' });
      raised.set(key, withRaised(before, rung));
      const byTime = next.byTime(climber, withRaised(before, rung));
      const climb = {
        ...climber.climb,
        raised: withRaised(before, rung),
        next: byTime?.rung ?? null,
        at: byTime?.at ?? null,
      };
      moved.set(key, { ...climber, climb });
    }
    await writeClimbs(tx, [...moved.values()]);
    await markClimbed(
      tx,
      now,
      unheard.map(({ escalationId }) => escalationId),
    );
    await this.act(tx, now, reached, standingsOf(unheard));
  }

  /** Where these clocks go from where they are. */
  private async pathfinder(tx: EntityManager, climbers: readonly Climber[]) {
    const rules = await this.book.of(
      tx,
      climbers.map(({ policyVersionId }) => policyVersionId),
    );
    return {
      byTime: ({ clock, climb, policyVersionId }: Climber, raised: number) => {
        const counting = countingOf(clock, orNever(rules.of(policyVersionId)));
        return nextRung(clock, rules.ladders.rungsOf(climb.versionId), raised, counting);
      },
      above: ({ clock, climb, rung }: Unheard, raised: number) =>
        rungAbove(clock, rules.ladders.rungsOf(climb.versionId), raised, rung),
      reached: ({ caseId, clock, climb: { versionId } }: Climber, rung: number, at: number): Reached => {
        const { metric, side, round, handoff } = clock;
        const does = rules.ladders.rungsOf(versionId)[rung];
        if (!does) throw new Error(`no rung ${rung} in ${versionId}`);
        return { ...{ caseId, metric, side, round, handoff, versionId, rung, does, at }, reason: reasonOf(does) };
      },
    };
  }

  private async end(tx: EntityManager, now: Date, over: readonly Climber[]): Promise<void> {
    const ended = await endEscalations(tx, now, over);
    await recordMany(
      tx,
      SYSTEM,
      'ladder',
      now,
      ended.map(({ id, caseId, why }) => ({
        caseId,
        events: [{ type: 'escalation.ended', data: { escalationId: id, why } }],
      })),
    );
  }

  /** Their cases are their own again: what was raised goes on as it was, acknowledged or not, and by the same time. */
  private async reopen(tx: EntityManager, now: Date, alive: readonly Climber[]): Promise<void> {
    const reopened = await reopenEscalations(tx, alive);
    await recordMany(
      tx,
      SYSTEM,
      'ladder',
      now,
      reopened.map(({ caseId, ...data }) => ({ caseId, events: [{ type: 'escalation.reopened', data }] })),
    );
  }

  /** Does what these rungs say, in the order they were reached. */
  private async act(tx: EntityManager, now: Date, reached: Reached[], standings: Map<string, Standing>): Promise<void> {
    if (reached.length === 0) return;
    const staff = await readStaff(tx);
    const queues = await queuesOf(tx, reached);
    const deeds = inOrder(reached).map((rung) => {
      const before = standings.get(rung.caseId) ?? NOWHERE;
      const decision = decide(inQueues(rung.does, queues), before, staff);
      const standing = after(before, decision);
      standings.set(rung.caseId, standing);
      return { before, decision, escalation: escalationOf(rung, now, decision, standing) };
    });
    const fresh = await writeEscalations(
      tx,
      deeds.map(({ escalation }) => escalation),
    );
    const real = deeds.filter(({ escalation }) => fresh.has(escalation.id));
    await moveMany(tx, now, movesOf(real));
    await recordMany(
      tx,
      SYSTEM,
      'ladder',
      now,
      real.map((deed) => ({ caseId: deed.escalation.reached.caseId, events: eventsOf(deed, staff, queues) })),
    );
  }
}

interface Deed {
  before: Standing;
  decision: Decision;
  escalation: NewEscalation;
}

const NOWHERE: Standing = { assigneeId: null, queueId: null, priority: 'normal' };

const keyOf = ({ caseId, clock: { metric, side, round } }: Climber): string => `${caseId}/${metric}/${side}/${round}`;

const standingsOf = (climbers: readonly Climber[]): Map<string, Standing> =>
  new Map(climbers.map(({ caseId, standing }) => [caseId, standing]));

const inOrder = (reached: Reached[]): Reached[] =>
  reached.toSorted(
    (a, b) => a.at - b.at || (a.caseId < b.caseId ? -1 : a.caseId > b.caseId ? 1 : 0) || a.rung - b.rung,
  );

function escalationOf(
  reached: Reached,
  now: Date,
  { accountableId, told }: Decision,
  { queueId }: Standing,
): NewEscalation {
  const minutes = reached.does.acknowledgeMinutes;
  // Nobody can acknowledge what they have not been told: counted from now on, however late it is said.
  const acknowledgeBy = minutes === null ? null : new Date(now.getTime() + minutes * 60_000).toISOString();
  return { id: newId(), reached, raisedAt: now, accountableId, queueId, told, acknowledgeBy };
}

/** One move of each case: the last of each kind. */
function movesOf(deeds: Deed[]): CaseMove[] {
  const moves = new Map<string, CaseMove>();
  for (const { decision, escalation } of deeds) {
    const { caseId } = escalation.reached;
    const { assigneeId, queueId, priority } = moves.get(caseId) ?? NO_MOVE;
    const { move } = decision;
    moves.set(caseId, {
      caseId,
      assigneeId: move.assigneeId ?? assigneeId,
      queueId: move.queueId ?? queueId,
      priority: move.priority ?? priority,
    });
  }
  return [...moves.values()];
}
const NO_MOVE = { assigneeId: null, queueId: null, priority: null };

/** A version goes on naming a queue that was taken away: nobody would look for a case there. */
const inQueues = (does: Rung, queues: Map<string, string>): Rung =>
  does.queueId === null || queues.has(does.queueId) ? does : { ...does, queueId: null };

function eventsOf({ before, decision, escalation }: Deed, { names }: Staff, queues: Map<string, string>): NewEvent[] {
  const { accountableId, move, told } = decision;
  const { metric, round, rung, reason, handoff } = escalation.reached;
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  const events: NewEvent[] = [
    {
      type: 'escalation.raised',
      data: {
        ...{ escalationId: escalation.id, metric, round, rung, reason, accountableId, toldIds: told },
        ...{ accountableName: nameOf(accountableId), queueId: move.queueId, acknowledgeBy: escalation.acknowledgeBy },
        ...(handoff && { handoffId: handoff.id, partnerName: handoff.partner }),
      },
    },
  ];
  if (move.assigneeId !== null)
    events.push({
      type: 'case.assigned',
      data: {
        ...{ assigneeId: move.assigneeId, assigneeName: nameOf(move.assigneeId) },
        ...{ previousId: before.assigneeId, previousName: nameOf(before.assigneeId) },
      },
    });
  if (move.queueId !== null)
    events.push({ type: 'case.queued', data: { queueId: move.queueId, queueName: queues.get(move.queueId) ?? '' } });
  if (move.priority !== null)
    events.push({ type: 'case.priority_changed', data: { from: before.priority, to: move.priority } });
  return events;
}
