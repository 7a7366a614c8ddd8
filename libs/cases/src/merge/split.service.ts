import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { SplitAnswer, SplitBody } from '#contracts';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { demand, type Principal } from '#identity';
import { findCase } from '../case-access.js';
import { EntryMoveService } from '../entry-move.service.js';
import { actorOf, record } from '../record.js';
import { ClosingService } from '../story/closing.service.js';
import { tellLacks, tellProblem } from '../story/story-columns.js';
import { joinImpacts } from './merge.impacts.js';
import { lockPeople } from './merge.people.js';
import { openCaseFor } from './open-case.js';

interface Side {
  id: string;
  reference: string;
  customerId: string;
  displayName: string;
}

/**
 * The inverse of a merge for what was never one: entries, or a problem with its impacts, go out into the case of another
 * customer, who may be new. Entries move as `EntryMoveService` moves them, so moving one back undoes it.
 */
@Injectable()
export class SplitService {
  constructor(
    private readonly moves: EntryMoveService,
    private readonly closing: ClosingService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Run it in `withRetry`.
   * @returns the case it is on now: the customer's open one, else a new one
   * @throws DomainError permission.denied, case.not_found, customer.not_found, split.same_customer, split.problem_not_found,
   * interaction.not_found, entry.not_movable (it left from here), contact.taken, contact.shared
   */
  async split(tx: EntityManager, principal: Principal, idOrReference: string, body: SplitBody): Promise<SplitAnswer> {
    demand(principal, 'customer.merge');
    const fromId = await findCase(tx, principal, idOrReference);
    const owner = await sideOf(tx, fromId);
    const customerId = await this.target(tx, owner.customerId, body.to);
    await lockPeople(tx, [owner.customerId, customerId]);
    const from = await sideOf(tx, fromId);
    if (from.customerId === customerId) throw new DomainError('split.same_customer');
    const entryIds = [...new Set(body.entryIds ?? [])];
    const to = await this.caseOf(tx, principal, customerId, entryIds[0] ?? null);
    const problem = body.problemId ? await moveProblem(tx, body.problemId, from.id, to.id) : null;
    for (const entryId of entryIds)
      await this.moves.move(tx, principal, from.id, entryId, {
        toCaseReference: to.reference,
        reason: body.reason,
        withSender: body.withSender,
      });
    const said = { problem, entries: entryIds.length, reason: body.reason };
    const now = this.clock.now();
    await record(tx, from.id, actorOf(principal), 'api', now, [
      {
        type: 'case.split_out',
        data: { ...said, toCaseId: to.id, toReference: to.reference, displayName: to.displayName },
      },
      ...(problem === null ? [] : await this.closing.follow(tx, from.id)),
    ]);
    await record(tx, to.id, actorOf(principal), 'api', now, [
      {
        type: 'case.split_in',
        data: { ...said, fromCaseId: from.id, fromReference: from.reference, displayName: from.displayName },
      },
      ...(problem === null ? [] : await this.closing.follow(tx, to.id)),
    ]);
    return { caseId: to.id, reference: to.reference, customerId, entries: entryIds.length };
  }

  private async target(tx: EntityManager, owner: string, to: SplitBody['to']): Promise<string> {
    if ('customerId' in to) {
      const rows: { id: string }[] = await tx.query('select living_customer(id) as id from customer where id = $1', [
        to.customerId,
      ]);
      if (!rows[0]) throw new DomainError('customer.not_found');
      if (rows[0].id === owner) throw new DomainError('split.same_customer');
      return rows[0].id;
    }
    const id = newId();
    // A person of ours says who they are.
    await tx.query(
      `insert into customer (id, display_name, language, provisional, created_at) select $1, $2, c.language, false, $4 from customer c where c.id = $3`,
      [id, to.displayName, owner, this.clock.now()],
    );
    return id;
  }

  private async caseOf(
    tx: EntityManager,
    principal: Principal,
    customerId: string,
    entryId: string | null,
  ): Promise<Side> {
    const open: { id: string }[] = await tx.query('select id from cases where customer_id = $1 and is_open', [
      customerId,
    ]);
    return sideOf(
      tx,
      open[0]?.id ?? (await openCaseFor(tx, actorOf(principal), customerId, entryId, this.clock.now())),
    );
  }
}

async function sideOf(tx: EntityManager, caseId: string): Promise<Side> {
  const rows: Side[] = await tx.query(
    'select id, reference, customer_id as "customerId", customer_name as "displayName" from cases where id = $1',
    [caseId],
  );
  if (!rows[0]) throw new DomainError('case.not_found');
  return rows[0];
}

/** One of a kind is enough on a case: a twin is joined as a merge joins it, and what is left of it is no impact any more. */
async function moveImpacts(tx: EntityManager, leaving: string[], { from, to }: { from: string; to: string }) {
  await joinImpacts(tx, to, from, leaving);
  await tx.query(
    'delete from impact t using impact k where t.id = any($1) and t.case_id = $2 and k.case_id = $3 and k.kind = t.kind',
    [leaving, from, to],
  );
  await tx.query('update impact set case_id = $2 where id = any($1)', [leaving, to]);
}

/** A problem goes with its impacts; both cases are called by, and lack, what is on them now. @returns its statement */
async function moveProblem(tx: EntityManager, problemId: string, from: string, to: string): Promise<string> {
  const [rows]: [{ statement: string }[], number] = await tx.query(
    'update problem set case_id = $3 where id = $1 and case_id = $2 returning statement',
    [problemId, from, to],
  );
  const statement = rows[0]?.statement;
  if (statement === undefined) throw new DomainError('split.problem_not_found');
  const others: unknown[] = await tx.query('select from problem where case_id = $1 limit 1', [from]);
  // Impacts that name no problem are the case's: with its last problem they go, too.
  const leaving: { id: string }[] = await tx.query(
    'select id from impact where case_id = $1 and (problem_id = $2 or (problem_id is null and $3))',
    [from, problemId, others.length === 0],
  );
  await moveImpacts(
    tx,
    leaving.map(({ id }) => id),
    { from, to },
  );
  await tx.query('update impact set problem_id = null where problem_id = $1 and case_id <> $2', [problemId, to]);
  for (const caseId of [from, to]) {
    await tellLacks(tx, caseId);
    await tellProblem(tx, caseId);
  }
  // A case without a problem is called by none.
  await tx.query(
    'update cases set problem = null where id = $1 and not exists (select from problem where case_id = $1)',
    [from],
  );
  return statement;
}
