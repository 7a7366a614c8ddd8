import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { canMoveImpact, type ImpactBody, type ImpactKind, type ImpactState } from '#contracts';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { demand, type Principal } from '#identity';
import { lockCase } from '../case-access.js';
import { isOpen } from '../case.states.js';
import { actorOf, record, type NewEvent } from '../record.js';
import { ClosingService } from './closing.service.js';
import { tellLacks } from './story-columns.js';

interface ImpactRecord {
  id: string;
  kind: ImpactKind;
  state: ImpactState;
}

/** What the customer cannot do: reported, checked, relieved by other means, restored. Of each kind a case has one. */
@Injectable()
export class ImpactService {
  constructor(
    private readonly closing: ClosingService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * What is lacking already stays as it is, but for what is said about it now; what worked again is lacking anew.
   * @throws DomainError permission.denied, case.not_found, case.over, problem.not_found
   */
  async report(tx: EntityManager, principal: Principal, idOrReference: string, body: ImpactBody): Promise<string> {
    const found = await this.open(tx, principal, idOrReference);
    if (body.problemId) await problemOnCase(tx, found.id, body.problemId);
    const now = this.clock.now();
    const before: { state: ImpactState }[] = await tx.query(
      'select state from impact where case_id = $1 and kind = $2',
      [found.id, body.kind],
    );
    const part = body.kind === 'calls' ? (body.part ?? null) : null;
    await tx.query(
      `insert into impact as i (id, case_id, kind, part, state, problem_id, reported_at, state_at) values ($1, $2, $3, $4, 'reported', $5, $6, $6)
       on conflict (case_id, kind) do update set part = excluded.part, problem_id = coalesce(excluded.problem_id, i.problem_id),
         state = case when i.state = 'restored' then 'reported' else i.state end,
         state_at = case when i.state = 'restored' then excluded.state_at else i.state_at end, restored_at = null`,
      [newId(), found.id, body.kind, part, body.problemId ?? null, now],
    );
    await tellLacks(tx, found.id);
    const anew = !before[0] || before[0].state === 'restored';
    await record(tx, found.id, actorOf(principal), 'api', now, [
      { type: 'impact.reported', data: { kinds: [body.kind] } },
      ...(anew ? await this.closing.broken(tx, found.id) : []),
    ]);
    return found.id;
  }

  /**
   * @param reason why it is lacking again, where what relieved it is gone
   * @throws DomainError permission.denied, case.not_found, case.over, impact.not_found, impact.transition_forbidden
   */
  async move(
    tx: EntityManager,
    principal: Principal,
    idOrReference: string,
    impactId: string,
    to: ImpactState,
    reason?: string,
  ): Promise<string> {
    const found = await this.open(tx, principal, idOrReference);
    const rows: ImpactRecord[] = await tx.query(
      'select id, kind, state from impact where id = $1 and case_id = $2 for update',
      [impactId, found.id],
    );
    const impact = rows[0];
    if (!impact) throw new DomainError('impact.not_found');
    const from = impact.state;
    if (from === to) return found.id;
    if (!canMoveImpact(from, to)) throw new DomainError('impact.transition_forbidden', { from, to });
    const now = this.clock.now();
    await tx.query('update impact set state = $2, state_at = $3, restored_at = $4 where id = $1', [
      impact.id,
      to,
      now,
      to === 'restored' ? now : null,
    ]);
    await tellLacks(tx, found.id);
    const events: NewEvent[] = [
      { type: 'impact.moved', data: { impactId, kind: impact.kind, from, to, ...(reason ? { reason } : {}) } },
    ];
    if (from === 'restored') events.push(...(await this.closing.broken(tx, found.id)));
    await record(tx, found.id, actorOf(principal), 'api', now, events);
    return found.id;
  }

  private async open(tx: EntityManager, principal: Principal, idOrReference: string) {
    demand(principal, 'case.change_status');
    const found = await lockCase(tx, principal, idOrReference);
    if (!isOpen(found.status)) throw new DomainError('case.over', { status: found.status });
    return found;
  }
}

async function problemOnCase(tx: EntityManager, caseId: string, problemId: string): Promise<void> {
  const rows: unknown[] = await tx.query('select from problem where id = $1 and case_id = $2', [problemId, caseId]);
  if (rows.length === 0) throw new DomainError('problem.not_found');
}
