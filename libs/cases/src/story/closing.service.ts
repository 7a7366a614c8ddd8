import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Agreement, CaseStatus, ProblemStage } from '#contracts';
import { CLOCK, CONFIG, DomainError, newId, type Clock, type Config } from '#platform';
import type { NewEvent } from '../record.js';
import { ClosingGuards } from './closing-guards.js';
import { entryOnCase } from './entry-on-case.js';
import { advanceCase, carryProblem, followProblems } from './status.rules.js';

/** What a move of a case brings along: its problems go with it, the customer is asked, nothing open is closed over. */
@Injectable()
export class ClosingService {
  constructor(
    private readonly guards: ClosingGuards,
    @Inject(CONFIG) private readonly config: Pick<Config, 'undoSeconds'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError case.not_closable with everything that is still open with the customer */
  async refuseOpen(tx: EntityManager, caseId: string): Promise<void> {
    const blockers = await this.guards.blockers(tx, caseId);
    if (blockers.length > 0) throw new DomainError('case.not_closable', { blockers });
  }

  /**
   * Spam leaves everything open but what is ours and with them: whoever has a phone of ours is a customer.
   * @throws DomainError case.not_closable with what they have
   */
  async refuseLent(tx: EntityManager, caseId: string): Promise<void> {
    const blockers = (await this.guards.blockers(tx, caseId)).filter(({ kind }) => kind === 'loan');
    if (blockers.length > 0) throw new DomainError('case.not_closable', { blockers });
  }

  /**
   * What the customer said on closing, as an event of the case.
   * @throws DomainError entry.not_on_case
   */
  async confirmed(tx: EntityManager, caseId: string, agreement: Agreement | undefined): Promise<NewEvent[]> {
    if (!agreement) return [];
    const { how, by, entryId = null } = agreement;
    if (entryId) await entryOnCase(tx, caseId, entryId);
    return [{ type: 'closing.confirmed', data: { by: by ?? (await customerOf(tx, caseId)), how, entryId } }];
  }

  /**
   * Follows a move of the case that has just been written: its problems, and the question to the customer, which is asked
   * when the move could still be taken back no more.
   */
  async moved(tx: EntityManager, caseId: string, from: CaseStatus, to: CaseStatus): Promise<void> {
    await this.carry(tx, caseId, to);
    if (from === to || (from !== 'restored' && to !== 'restored')) return;
    const now = this.clock.now();
    if (from === 'restored')
      await tx.query(
        `update closing_question set state = $2, due_at = null where case_id = $1 and state in ('planned', 'asked')`,
        [caseId, to === 'closed' ? 'closed' : 'cancelled'],
      );
    if (to === 'restored')
      await tx.query(
        `insert into closing_question (id, case_id, state, due_at, created_at) values ($1, $2, 'planned', $3, $4) on conflict do nothing`,
        [newId(), caseId, new Date(now.getTime() + this.config.undoSeconds * 1000), now],
      );
  }

  /** The case goes where its problems are, after one of them has moved. @returns the event to record; none: it stays */
  async follow(tx: EntityManager, caseId: string): Promise<NewEvent[]> {
    const rows: { status: CaseStatus; stages: ProblemStage[] }[] = await tx.query(
      'select c.status, array(select p.stage from problem p where p.case_id = c.id) as stages from cases c where c.id = $1',
      [caseId],
    );
    const found = rows[0];
    const to = found ? followProblems(found.status, found.stages) : null;
    if (!found || !to) return [];
    return [await this.moveCase(tx, caseId, found.status, to)];
  }

  /**
   * What is done about it has come so far, and so has the case.
   * @param caseId locked by the caller, who records the event; none: it was as far, or stays where it is
   */
  async advance(tx: EntityManager, caseId: string, to: 'understood' | 'in_solution'): Promise<NewEvent[]> {
    const rows: { status: CaseStatus }[] = await tx.query('select status from cases where id = $1', [caseId]);
    const found = rows[0];
    const next = found ? advanceCase(found.status, to) : null;
    return found && next ? [await this.moveCase(tx, caseId, found.status, next)] : [];
  }

  /** Something is lacking anew: a case that was restored is in solution again. */
  async broken(tx: EntityManager, caseId: string): Promise<NewEvent[]> {
    const rows: { status: CaseStatus }[] = await tx.query('select status from cases where id = $1', [caseId]);
    if (rows[0]?.status !== 'restored') return [];
    return [await this.moveCase(tx, caseId, 'restored', 'in_solution')];
  }

  /** Closes a case of which nothing is open; the caller holds its lock and records the events. */
  async close(tx: EntityManager, caseId: string, from: CaseStatus): Promise<NewEvent[]> {
    return [await this.moveCase(tx, caseId, from, 'closed')];
  }

  private async moveCase(tx: EntityManager, caseId: string, from: CaseStatus, to: CaseStatus): Promise<NewEvent> {
    await tx.query('update cases set status = $2, wait_reason = null, closed_at = $3 where id = $1', [
      caseId,
      to,
      to === 'closed' ? this.clock.now() : null,
    ]);
    await this.moved(tx, caseId, from, to);
    return { type: 'case.status_changed', data: { from, to, waitReason: null } };
  }

  private async carry(tx: EntityManager, caseId: string, to: CaseStatus): Promise<void> {
    const problems: { id: string; stage: ProblemStage; lacks: boolean }[] = await tx.query(
      `select p.id, p.stage, exists (select from impact i where i.case_id = p.case_id and coalesce(i.problem_id, p.id) = p.id and i.state <> 'restored') as lacks
       from problem p where p.case_id = $1`,
      [caseId],
    );
    const allDone = problems.every(({ stage }) => stage === 'restored' || stage === 'closed');
    for (const { id, stage, lacks } of problems) {
      const next = carryProblem(stage, to, lacks, allDone);
      if (next)
        await tx.query('update problem set stage = $2, stage_at = $3 where id = $1', [id, next, this.clock.now()]);
    }
  }
}

/** Who a case is about, by name. */
export async function customerOf(tx: EntityManager, caseId: string): Promise<string> {
  const rows: { name: string }[] = await tx.query('select customer_name as name from cases where id = $1', [caseId]);
  return rows[0]?.name ?? '';
}
