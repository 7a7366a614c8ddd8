import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { may } from '#contracts';
import { CaseService, ClosingGuards, lockCase, PromiseService } from '#cases';
import type { Principal } from '#identity';
import { DomainError } from '#platform';

/** Somebody else is just deciding it. */
const TAKEN = 'case.decision_locked';

/** The customer has tried it out and signed that all is well: they are not asked again. */
@Injectable()
export class ConfirmedDeed {
  constructor(
    private readonly cases: CaseService,
    private readonly promises: PromiseService,
    private readonly guards: ClosingGuards,
  ) {}

  /**
   * Closes the case with what they confirmed at the counter; it stays open where anything else is open with them.
   * @returns whether it is closed now
   */
  async close(tx: EntityManager, principal: Principal, caseId: string): Promise<boolean> {
    if (!may(principal.role, 'case.change_status')) return false;
    await lockCase(tx, principal, caseId);
    if (await hasOtherProblems(tx, caseId)) return false;
    await this.keepWord(tx, principal, caseId);
    if ((await this.guards.blockers(tx, caseId)).length > 0) return false;
    const { version } = await lockCase(tx, principal, caseId);
    try {
      const confirmation = { how: 'store' as const };
      await this.cases.change(tx, principal, caseId, { status: 'closed', confirmation, version });
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === TAKEN) return false;
      throw error;
    }
  }

  /** Who stands here has been told: a word by some day was promised for this. */
  private async keepWord(tx: EntityManager, principal: Principal, caseId: string): Promise<void> {
    const open: { id: string }[] = await tx.query(
      `select id from promise where case_id = $1 and kind = 'update' and state = 'open' order by due_at, id`,
      [caseId],
    );
    for (const { id } of open) await this.promises.change(tx, principal, caseId, id, { state: 'kept' });
  }
}

/** More than one thing was wrong, and this was about one of them. */
async function hasOtherProblems(tx: EntityManager, caseId: string): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    `select from problem where case_id = $1 and stage not in ('restored', 'closed') limit 2`,
    [caseId],
  );
  return rows.length > 1;
}
