import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Language, UpdateSkip } from '#contracts';
import type { Principal } from '#identity';
import {
  CLOCK,
  CONFIG,
  DomainError,
  isUnavailable,
  sqlState,
  Wake,
  withRetry,
  type Clock,
  type Config,
} from '#platform';
import { lockCase, type CaseRecord } from '../case-access.js';
import { ReplyService } from '../reply.service.js';
import { PromiseService } from '../story/promise.service.js';
import { candidatesOf } from './candidates.sql.js';
import { CAN_BE_TAKEN_BACK, stopWaiting } from './mass-updates.service.js';
import { chooseRecipient, wallTime, type Recipient } from './recipients.rules.js';

const PORTION = 25;
/** So often an item is tried that fails for no reason we know of. */
const MOST_TRIES = 5;
const TO_MANY = { toMany: true };

interface RunningUpdate {
  id: string;
  incidentId: string;
  state: 'running' | 'stopping';
  text: Record<Language, string>;
  nextUpdateAt: Date | null;
  by: Principal;
  stoppedBy: Principal | null;
}

const SKIP_OF: Partial<Record<string, UpdateSkip>> = {
  'case.over': 'case_over',
  'thread.unreachable': 'unreachable',
  'reply.too_long': 'too_long',
};

const PERSON = (column: string): string =>
  `(select json_build_object('id', a.id, 'email', a.email, 'displayName', a.display_name, 'role', a.role, 'storeId', a.store_id, 'language', a.language)
    from agent a where a.id = u.${column})`;

/**
 * Does the items of mass updates, each in a transaction of its own: its reply, its promise and that it is done commit together, so a crash
 * leaves an item undone or done. Several processes share the work; an item is in the hands of one.
 */
@Injectable()
export class MassUpdateRun {
  private readonly log = new Logger(MassUpdateRun.name);

  constructor(
    private readonly database: DataSource,
    private readonly replies: ReplyService,
    private readonly promises: PromiseService,
    private readonly wake: Wake,
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A portion of each that runs, or is being stopped. @returns true when there may be more */
  async run(): Promise<boolean> {
    const running: RunningUpdate[] = await this.database.query(
      `select u.id, u.incident_id as "incidentId", u.state, json_build_object('es', u.text_es, 'en', u.text_en) as text,
         u.next_update_at as "nextUpdateAt", ${PERSON('created_by')} as by, ${PERSON('stopped_by')} as "stoppedBy"
       from incident_update u where u.state in ('running', 'stopping') order by u.created_at, u.id`,
    );
    let more = false;
    const troubles: unknown[] = [];
    for (const update of running)
      try {
        const done = await this.portion(update);
        if (done > 0) this.wake.ring('relay');
        if (done === PORTION) more = true;
        else await this.finish(update);
      } catch (error) {
        // It is looked at again; those after it have their turn all the same.
        troubles.push(error);
      }
    if (troubles.length > 0 && !more) throw troubles[0];
    for (const trouble of troubles) this.log.warn(String(trouble));
    return more;
  }

  private async portion(update: RunningUpdate): Promise<number> {
    if (update.state === 'stopping') await stopWaiting(this.database.manager, update.id, this.clock.now());
    for (let done = 0; done < PORTION; done += 1) {
      const went = update.state === 'running' ? await this.next(update) : await this.takeBackNext(update);
      if (!went) return done;
    }
    return PORTION;
  }

  /** @returns false when there is none left for us */
  private async next(update: RunningUpdate): Promise<boolean> {
    const hand: { caseId?: string } = {};
    try {
      return await withRetry(this.database, (tx) => this.write(tx, update, hand));
    } catch (error) {
      if (hand.caseId === undefined || isUnavailable(error)) throw error;
      await this.leave(update, hand.caseId, error);
      return true;
    }
  }

  private async write(tx: EntityManager, update: RunningUpdate, hand: { caseId?: string }): Promise<boolean> {
    const rows: { caseId: string }[] = await tx.query(
      `select i.case_id as "caseId" from incident_update_item i join incident_update u on u.id = i.update_id and u.state = 'running'
       where i.update_id = $1 and i.state = 'waiting' order by i.attempts, i.case_id limit 1 for update of i skip locked`,
      [update.id],
    );
    const caseId = rows[0]?.caseId;
    if (caseId === undefined) return false;
    hand.caseId = caseId;
    const found = await lockLiving(tx, update.by, caseId);
    const skip = (await this.whyNot(tx, update, found.id)) ?? (await this.tell(tx, update, caseId, found));
    if (skip) await this.settle(tx, update.id, caseId, 'skipped', skip);
    return true;
  }

  /** What has changed since it was asked for. */
  private async whyNot(
    tx: EntityManager,
    { id, incidentId }: RunningUpdate,
    caseId: string,
  ): Promise<UpdateSkip | null> {
    const [stands]: { isIn: boolean; hasIt: boolean }[] = await tx.query(
      `select exists (select from incident_case m where m.incident_id = $2 and m.case_id = $3 and m.state = 'in') as "isIn",
         exists (select from incident_update_item o join interaction i on i.id = o.interaction_id
           where o.update_id = $1 and o.state = 'made' and i.case_id = $3) as "hasIt"`,
      [id, incidentId, caseId],
    );
    return stands?.hasIt ? 'duplicate' : stands?.isIn ? null : 'left';
  }

  /** @returns why it was not written; null: it was */
  private async tell(
    tx: EntityManager,
    update: RunningUpdate,
    itemCase: string,
    found: CaseRecord,
  ): Promise<UpdateSkip | null> {
    const [candidate] = await candidatesOf(tx, [found.id]);
    if (!candidate) throw new Error(`no customer of case ${found.id}`);
    const now = this.clock.now();
    const { to, skip } = chooseRecipient(candidate, update.text, wallTime(now, this.config.timeZone));
    if (!to) return skip;
    if (!(await claim(tx, update.id, itemCase, to))) return 'duplicate';
    const { channel, text, threadId } = to;
    const body = { channel, text, ...(threadId === null ? {} : { threadId }) };
    const interactionId = await this.replies.reply(tx, update.by, found, body, TO_MANY);
    const promiseId = update.nextUpdateAt && (await this.promise(tx, update.by, found.id, update.nextUpdateAt));
    await tx.query(
      `update incident_update_item set state = 'made', interaction_id = $3, promise_id = $4, at = $5 where update_id = $1 and case_id = $2`,
      [update.id, itemCase, interactionId, promiseId, now],
    );
    return null;
  }

  /** What was promised before is kept by the text itself; this is the next. @returns its id */
  private async promise(tx: EntityManager, by: Principal, caseId: string, dueAt: Date): Promise<string | null> {
    await this.promises.make(tx, by, caseId, { kind: 'update', dueAt: dueAt.toISOString() });
    const rows: { id: string }[] = await tx.query(
      `select id from promise where case_id = $1 and by_id = $2 and due_at = $3 and created_at = $4 order by id desc limit 1`,
      [caseId, by.id, dueAt, this.clock.now()],
    );
    return rows[0]?.id ?? null;
  }

  /** What the house refuses is not tried again; what went wrong otherwise is, after all others. */
  private async leave({ id }: RunningUpdate, caseId: string, error: unknown): Promise<void> {
    if (error instanceof DomainError)
      return withRetry(this.database, (tx) => this.settle(tx, id, caseId, 'skipped', SKIP_OF[error.code] ?? 'refused'));
    const [rows]: [{ attempts: number }[], number] = await this.database.query(
      `update incident_update_item set attempts = attempts + 1 where update_id = $1 and case_id = $2 and state = 'waiting' returning attempts`,
      [id, caseId],
    );
    if ((rows[0]?.attempts ?? 0) < MOST_TRIES) throw error;
    await this.settle(this.database.manager, id, caseId, 'failed', 'refused');
  }

  private async settle(
    tx: EntityManager,
    updateId: string,
    caseId: string,
    state: 'skipped' | 'failed',
    reason: UpdateSkip,
  ): Promise<void> {
    await tx.query(
      `update incident_update_item set state = $3, reason = $4, at = $5, channel = null, language = null, address = null
       where update_id = $1 and case_id = $2 and state = 'waiting'`,
      [updateId, caseId, state, reason, this.clock.now()],
    );
  }

  /** One reply that has not left is taken back, with what it promised. @returns false when there is none */
  private takeBackNext(update: RunningUpdate): Promise<boolean> {
    const by = update.stoppedBy ?? update.by;
    return withRetry(this.database, async (tx) => {
      const rows: { caseId: string; interactionId: string; promiseId: string | null }[] = await tx.query(
        `select i.case_id as "caseId", i.interaction_id as "interactionId", i.promise_id as "promiseId"
         from incident_update_item i join delivery d on d.interaction_id = i.interaction_id
         where i.update_id = $1 and i.state = 'made' and ${CAN_BE_TAKEN_BACK} order by d.due_at limit 1 for update of i skip locked`,
        [update.id],
      );
      const [item] = rows;
      if (!item) return false;
      const caseId = await this.undo(tx, by, item.interactionId);
      if (caseId === null) return true;
      if (item.promiseId) await this.withdraw(tx, by, caseId, item.promiseId);
      await tx.query(
        `update incident_update_item set state = 'stopped', at = $3 where update_id = $1 and case_id = $2`,
        [update.id, item.caseId, this.clock.now()],
      );
      return true;
    });
  }

  /** @returns its case; null: it has left meanwhile */
  private async undo(tx: EntityManager, by: Principal, interactionId: string): Promise<string | null> {
    try {
      return await this.replies.undo(tx, by, interactionId, TO_MANY);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'interaction.not_held') return null;
      throw error;
    }
  }

  private async withdraw(tx: EntityManager, by: Principal, caseId: string, promiseId: string): Promise<void> {
    const open: unknown[] = await tx.query(`select from promise where id = $1 and case_id = $2 and state = 'open'`, [
      promiseId,
      caseId,
    ]);
    const reason =
      by.language === 'es' ? 'El mensaje se paró antes de salir' : 'The message was stopped before it left';
    if (open.length > 0) await this.promises.change(tx, by, caseId, promiseId, { state: 'withdrawn', reason });
  }

  private async finish({ id, state }: RunningUpdate): Promise<void> {
    const left =
      state === 'running'
        ? `i.state = 'waiting'`
        : `(i.state = 'waiting' or i.state = 'made' and exists (select from delivery d where d.interaction_id = i.interaction_id and ${CAN_BE_TAKEN_BACK}))`;
    await this.database.query(
      `update incident_update u set state = $3, finished_at = $4 where u.id = $1 and u.state = $2
         and not exists (select from incident_update_item i where i.update_id = u.id and ${left})`,
      [id, state, state === 'running' ? 'done' : 'stopped', this.clock.now()],
    );
  }
}

/** The case, wherever a merge has taken it, locked. */
async function lockLiving(tx: EntityManager, by: Principal, caseId: string): Promise<CaseRecord> {
  for (;;) {
    const rows: { id: string }[] = await tx.query('select living_case($1) as id', [caseId]);
    const found = await lockCase(tx, by, rows[0]?.id ?? caseId);
    if (found.status !== 'merged') return found;
  }
}

/** Whoever writes to this address first is the one who does. */
async function claim(tx: EntityManager, updateId: string, caseId: string, to: Recipient): Promise<boolean> {
  await tx.query('savepoint claiming');
  try {
    await tx.query(
      `update incident_update_item set channel = $3, language = $4, address = $5 where update_id = $1 and case_id = $2`,
      [updateId, caseId, to.channel, to.language, to.address],
    );
    await tx.query('release savepoint claiming');
    return true;
  } catch (error) {
    if (sqlState(error) !== '23505') throw error;
    await tx.query('rollback to savepoint claiming');
    return false;
  }
}
