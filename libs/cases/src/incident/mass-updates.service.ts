import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  unknownPlaceholders,
  type UpdateBody,
  type UpdatePreview,
  type UpdateSkip,
  type UpdateState,
} from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, CONFIG, DomainError, newId, sqlState, type Clock, type Config } from '#platform';
import { readable } from '../intake.rules.js';
import { candidatesOf } from './candidates.sql.js';
import { incidentOf } from './incident-cases.service.js';
import { chooseRecipients, wallTime, type Candidate, type Choice, type Recipient } from './recipients.rules.js';

const EXAMPLES = 3;
/** So many of those who get none are named. */
const NAMED = 100;

/**
 * One text to everybody whose case is part of an incident. Asked for, it is a row and one item of each case; whoever does
 * the items (`MassUpdateRun`) may die at any of them.
 */
@Injectable()
export class MassUpdates {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Who would get it, how, and who would not; nothing is written. @throws DomainError as `send` */
  async preview(tx: EntityManager, principal: Principal, incidentId: string, body: UpdateBody): Promise<UpdatePreview> {
    demand(principal, 'supervise');
    await incidentOf(tx, incidentId, 'share');
    this.refuse(body);
    const candidates = await candidatesOf(tx, await membersOf(tx, incidentId));
    const choices = chooseRecipients(candidates, body.text, wallTime(this.clock.now(), this.config.timeZone));
    return summary(candidates, choices);
  }

  /**
   * @returns the id of the mass update, whose items are done from now on
   * @throws DomainError permission.denied, incident.not_found, incident.unknown_placeholder, incident.due_passed, incident.nobody,
   * update.still_running
   */
  async send(tx: EntityManager, principal: Principal, incidentId: string, body: UpdateBody): Promise<string> {
    const { reached } = await this.preview(tx, principal, incidentId, body);
    if (reached === 0) throw new DomainError('incident.nobody');
    const id = newId();
    const caseIds = await membersOf(tx, incidentId);
    try {
      await tx.query(
        `insert into incident_update (id, incident_id, kind, text_es, text_en, next_update_at, state, created_by, created_at, total)
         values ($1, $2, $3, $4, $5, $6, 'running', $7, $8, $9)`,
        [
          ...[id, incidentId, body.kind, readable(body.text.es), readable(body.text.en), body.nextUpdateAt ?? null],
          ...[principal.id, this.clock.now(), caseIds.length],
        ],
      );
    } catch (error) {
      if (sqlState(error) === '23505') throw new DomainError('update.still_running');
      throw error;
    }
    await tx.query(`insert into incident_update_item (update_id, case_id) select $1, unnest($2::uuid[])`, [
      id,
      caseIds,
    ]);
    return id;
  }

  /**
   * What has not been written is not written any more; what has, and has not left, is taken back from now on.
   * @throws DomainError permission.denied, update.not_found, update.over
   */
  async stop(tx: EntityManager, principal: Principal, incidentId: string, updateId: string): Promise<void> {
    demand(principal, 'supervise');
    const rows: { state: UpdateState }[] = await tx.query(
      'select state from incident_update where id = $1 and incident_id = $2 for update',
      [updateId, incidentId],
    );
    if (!rows[0]) throw new DomainError('update.not_found');
    if (rows[0].state === 'stopping') return;
    if (rows[0].state === 'stopped' || !(await this.canStop(tx, updateId))) throw new DomainError('update.over');
    const now = this.clock.now();
    await tx.query(
      `update incident_update set state = 'stopping', stopped_by = $2, stopped_at = $3, finished_at = null where id = $1`,
      [updateId, principal.id, now],
    );
    await stopWaiting(tx, updateId, now);
  }

  /** Also once all is written: a reply can be taken back as long as it has not left. */
  private async canStop(tx: EntityManager, updateId: string): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      `select from incident_update_item i left join delivery d on d.interaction_id = i.interaction_id
       where i.update_id = $1 and (i.state = 'waiting' or (i.state = 'made' and ${CAN_BE_TAKEN_BACK})) limit 1`,
      [updateId],
    );
    return rows.length > 0;
  }

  private refuse({ text, nextUpdateAt }: UpdateBody): void {
    const unknown = [...new Set([...unknownPlaceholders(text.es), ...unknownPlaceholders(text.en)])];
    if (unknown.length > 0) throw new DomainError('incident.unknown_placeholder', { unknown });
    if (nextUpdateAt !== undefined && new Date(nextUpdateAt) <= this.clock.now())
      throw new DomainError('incident.due_passed');
  }
}

/** Whether a reply whose delivery is `d` has surely not left; as ReplyService has it. */
export const CAN_BE_TAKEN_BACK = `(d.state = 'held' or (d.state = 'pending' and d.attempts = 0 and d.transmitting_at is null))`;

/** What waits is not written any more. What a worker has in hand is passed over, and is looked at again once it is written or waits again. */
export async function stopWaiting(tx: EntityManager, updateId: string, now: Date): Promise<void> {
  await tx.query(
    `update incident_update_item i set state = 'stopped', at = $2
     from (select case_id from incident_update_item where update_id = $1 and state = 'waiting' for update skip locked) w
     where i.update_id = $1 and i.case_id = w.case_id`,
    [updateId, now],
  );
}

/** In the order their turns come. */
async function membersOf(tx: EntityManager, incidentId: string): Promise<string[]> {
  const rows: { caseId: string }[] = await tx.query(
    `select case_id as "caseId" from incident_case where incident_id = $1 and state = 'in' order by case_id`,
    [incidentId],
  );
  return rows.map(({ caseId }) => caseId);
}

function summary(candidates: readonly Candidate[], choices: readonly Choice[]): UpdatePreview {
  const by = new Map<string, UpdatePreview['by'][number]>();
  const skipped = new Map<UpdateSkip, number>();
  const skippedCases: UpdatePreview['skippedCases'] = [];
  const written: { one: Candidate; to: Recipient }[] = [];
  choices.forEach((choice, at) => {
    const one = candidates[at];
    if (!one) return;
    if (choice.to) {
      const { channel, language } = choice.to;
      const count = by.get(`${channel} ${language}`)?.count ?? 0;
      by.set(`${channel} ${language}`, { channel, language, count: count + 1 });
      written.push({ one, to: choice.to });
      return;
    }
    skipped.set(choice.skip, (skipped.get(choice.skip) ?? 0) + 1);
    const { caseId, reference, customer } = one;
    if (skippedCases.length < NAMED)
      skippedCases.push({ caseId, reference, customer: customer.displayName, reason: choice.skip });
  });
  return {
    total: candidates.length,
    reached: written.length,
    by: [...by.values()].toSorted((a, b) => b.count - a.count),
    skipped: [...skipped].map(([reason, count]) => ({ reason, count })).toSorted((a, b) => b.count - a.count),
    skippedCases,
    examples: examplesOf(written),
  };
}

/** As different as they come: one of each channel and language before a second of any. */
function examplesOf(written: readonly { one: Candidate; to: Recipient }[]): UpdatePreview['examples'] {
  const first = [
    ...new Map(written.toReversed().map((each) => [`${each.to.channel} ${each.to.language}`, each])).values(),
  ];
  const rest = written.slice(0, EXAMPLES * 3).filter((each) => !first.includes(each));
  return [...first, ...rest].slice(0, EXAMPLES).map(({ one: { caseId, reference, customer }, to }) => ({
    ...{ caseId, reference, customer: customer.displayName },
    ...{ channel: to.channel, language: to.language, text: to.text },
  }));
}
