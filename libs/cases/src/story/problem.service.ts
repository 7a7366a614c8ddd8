import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { canMoveProblem, type Agreement, type PatchProblemBody, type ProblemStage, wholeAgain } from '#contracts';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { demand, type Principal } from '#identity';
import { lockCase, type CaseRecord } from '../case-access.js';
import { isOpen } from '../case.states.js';
import { readable } from '../intake.rules.js';
import { actorOf, record, type NewEvent } from '../record.js';
import { toldNames } from '../told-names.js';
import { ClosingService, customerOf } from './closing.service.js';
import { entryOnCase } from './entry-on-case.js';
import { tellProblem } from './story-columns.js';

interface ProblemRecord {
  id: string;
  statement: string;
  stage: ProblemStage;
}

/** The problems a case lists: each in one sentence the customer agrees with, until it is restored. */
@Injectable()
export class ProblemService {
  constructor(
    private readonly closing: ClosingService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError permission.denied, case.not_found, case.over */
  async add(tx: EntityManager, principal: Principal, idOrReference: string, statement: string): Promise<string> {
    const found = await this.open(tx, principal, idOrReference);
    const id = newId();
    const now = this.clock.now();
    const said = readable(statement);
    await tx.query('insert into problem (id, case_id, statement, created_at) values ($1, $2, $3, $4)', [
      id,
      found.id,
      said,
      now,
    ]);
    await tellProblem(tx, found.id);
    await record(tx, found.id, actorOf(principal), 'api', now, [
      { type: 'problem.added', data: { problemId: id, statement: said } },
      ...(await this.closing.follow(tx, found.id)),
    ]);
    return found.id;
  }

  /**
   * Puts it anew, or moves it; the case follows. A statement that is put anew has to be agreed with anew.
   * @throws DomainError permission.denied, case.not_found, case.over, problem.not_found, problem.transition_forbidden,
   * problem.not_restored, entry.not_on_case
   */
  async change(
    tx: EntityManager,
    principal: Principal,
    idOrReference: string,
    problemId: string,
    body: PatchProblemBody,
  ): Promise<string> {
    const found = await this.open(tx, principal, idOrReference);
    const rows: ProblemRecord[] = await tx.query(
      'select id, statement, stage from problem where id = $1 and case_id = $2 for update',
      [problemId, found.id],
    );
    const problem = rows[0];
    if (!problem) throw new DomainError('problem.not_found');
    const events = await this.correct(tx, found.id, problem, body.statement);
    if (body.stage && (body.stage !== problem.stage || body.agreement))
      events.push(...(await this.move(tx, principal, found, problem, body.stage, body.agreement)));
    if (events.length === 0) return found.id;
    await tellProblem(tx, found.id);
    events.push(...(await this.closing.follow(tx, found.id)));
    await record(tx, found.id, actorOf(principal), 'api', this.clock.now(), events);
    return found.id;
  }

  private async open(tx: EntityManager, principal: Principal, idOrReference: string): Promise<CaseRecord> {
    demand(principal, 'case.change_status');
    const found = await lockCase(tx, principal, idOrReference);
    if (!isOpen(found.status)) throw new DomainError('case.over', { status: found.status });
    return found;
  }

  private async correct(
    tx: EntityManager,
    caseId: string,
    problem: ProblemRecord,
    statement: string | undefined,
  ): Promise<NewEvent[]> {
    const from = problem.statement;
    const to = statement === undefined ? from : wholeAgain(readable(statement), from, await toldNames(tx, caseId));
    if (to === from) return [];
    await tx.query(
      `update problem set statement = $2, stage = case when stage = 'understood' then 'received' else stage end,
         agreed_by = null, agreed_how = null, agreed_entry = null, agreed_at = null, agreed_recorded_by = null
       where id = $1`,
      [problem.id, to],
    );
    problem.statement = to;
    if (problem.stage === 'understood') problem.stage = 'received';
    return [{ type: 'problem.corrected', data: { problemId: problem.id, from, to } }];
  }

  private async move(
    tx: EntityManager,
    principal: Principal,
    found: CaseRecord,
    problem: ProblemRecord,
    to: ProblemStage,
    agreement: Agreement | undefined,
  ): Promise<NewEvent[]> {
    const from = problem.stage;
    if (from !== to && !canMoveProblem(from, to)) throw new DomainError('problem.transition_forbidden', { from, to });
    if (to === 'restored') await refuseLacking(tx, found.id, problem.id);
    const now = this.clock.now();
    if (agreement) {
      if (agreement.entryId) await entryOnCase(tx, found.id, agreement.entryId);
      await tx.query(
        'update problem set agreed_by = $2, agreed_how = $3, agreed_entry = $4, agreed_at = $5, agreed_recorded_by = $6 where id = $1',
        [
          problem.id,
          agreement.by ?? (await customerOf(tx, found.id)),
          agreement.how,
          agreement.entryId ?? null,
          now,
          principal.displayName,
        ],
      );
    }
    await tx.query('update problem set stage = $2, stage_at = $3 where id = $1', [problem.id, to, now]);
    const { id: problemId, statement } = problem;
    return [{ type: 'problem.moved', data: { problemId, statement, from, to, agreed: agreement ?? null } }];
  }
}

/** Restored means that what was lost by it works again; what belongs to no one problem holds up the last of them. */
async function refuseLacking(tx: EntityManager, caseId: string, problemId: string): Promise<void> {
  const lacking: { id: string; kind: string; state: string }[] = await tx.query(
    `select i.id, i.kind, i.state from impact i where i.case_id = $1 and i.state <> 'restored' and (i.problem_id = $2
       or (i.problem_id is null and not exists (select from problem p where p.case_id = $1 and p.id <> $2 and p.stage not in ('restored', 'closed'))))
     order by i.reported_at, i.id`,
    [caseId, problemId],
  );
  if (lacking.length > 0) throw new DomainError('problem.not_restored', { impacts: lacking });
}
