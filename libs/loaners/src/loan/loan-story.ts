import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isLacking, type ImpactKind, type ImpactState, type LoanFactValues } from '#contracts';
import { FactService, ImpactService, type Actor } from '#cases';
import type { Principal } from '#identity';

/** What a loan changes in the story of its case: what is told of it, and what the customer can do again with it. */
@Injectable()
export class LoanStory {
  constructor(
    private readonly facts: FactService,
    private readonly impacts: ImpactService,
  ) {}

  /** What was told of the loan before is told no more. */
  async tell(
    tx: EntityManager,
    actor: Actor,
    { id, caseId, factId }: { id: string; caseId: string; factId: string | null },
    values: LoanFactValues,
  ): Promise<void> {
    const fact = await this.facts.renew(tx, actor, caseId, factId, {
      kind: 'decided',
      code: 'loan',
      values: { ...values },
    });
    await tx.query('update loan set fact_id = $2 where id = $1', [id, fact]);
  }

  /** @returns the impacts it relieves, of those that are lacking */
  async relieve(
    tx: EntityManager,
    principal: Principal,
    caseId: string,
    kinds: readonly ImpactKind[],
  ): Promise<ImpactKind[]> {
    const impacts = (await impactsOf(tx, caseId, kinds)).filter(({ state }) => isLacking(state));
    for (const { id } of impacts) await this.impacts.move(tx, principal, caseId, id, 'relieved');
    return impacts.map(({ kind }) => kind);
  }

  /** What was relieved by the phone alone is lacking again; what works again stays as it is. */
  async unrelieve(
    tx: EntityManager,
    principal: Principal,
    caseId: string,
    kinds: readonly ImpactKind[],
    reason: string,
  ): Promise<void> {
    const impacts = (await impactsOf(tx, caseId, kinds)).filter(({ state }) => state === 'relieved');
    for (const { id } of impacts) await this.impacts.move(tx, principal, caseId, id, 'confirmed', reason);
  }
}

async function impactsOf(
  tx: EntityManager,
  caseId: string,
  kinds: readonly ImpactKind[],
): Promise<{ id: string; kind: ImpactKind; state: ImpactState }[]> {
  return tx.query('select id, kind, state from impact where case_id = $1 and kind = any($2) order by reported_at, id', [
    caseId,
    kinds,
  ]);
}
