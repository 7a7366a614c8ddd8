import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CaseStatus, WaitReason } from '#contracts';
import { CLOCK, type Clock } from '#platform';
import type { MergeJournal } from './merge/merge.journal.js';
import { NextActions } from './ownership/next-actions.js';
import { record, SYSTEM, type Actor } from './record.js';

/** So soon we look whether a partner has answered. */
const CHECK_MS = 86_400_000;

/** Whom a plan is about: by name as it was planned, and whoever that is once they are called otherwise. */
interface PartnerValues {
  partner: string;
  partnerId: string;
}

/** A case that waits for others because of what happened, not because somebody said so. The caller holds the case. */
@Injectable()
export class CaseWaits {
  constructor(
    private readonly plans: NextActions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** It waits from now on, unless it does or is over; what works again waits for nobody. @returns whether it does since then */
  begin(tx: EntityManager, actor: Actor, caseId: string, reason: WaitReason): Promise<boolean> {
    return this.move(tx, actor, caseId, `status in ('new', 'understood', 'in_solution')`, 'waiting', reason);
  }

  /** It waits for that no more. */
  async end(tx: EntityManager, actor: Actor, caseId: string, reason: WaitReason): Promise<void> {
    await this.move(tx, actor, caseId, `status = 'waiting' and wait_reason = '${reason}'`, 'in_solution', null);
  }

  /** Somebody asks this partner, should they say nothing for a day. */
  async check(tx: EntityManager, caseId: string, { partner, partnerId }: PartnerValues): Promise<void> {
    const now = this.clock.now();
    const dueAt = new Date(now.getTime() + CHECK_MS);
    const plan = { code: 'check_partner' as const, values: { partner, partnerId }, dueAt };
    await record(tx, caseId, SYSTEM, 'handoff', now, [await this.plans.plan(tx, SYSTEM, caseId, plan)]);
  }

  /**
   * Two cases are two again: whose work another company has waits for it, and the other one no more. Who waits otherwise is as it was.
   * `planned`: the taken one has a plan for that.
   */
  async parted(
    tx: EntityManager,
    actor: Actor,
    { kept, taken }: { kept: string; taken: string },
    { waited, planned, ...stood }: Pick<MergeJournal, 'waited' | 'kept'> & { planned: boolean },
  ): Promise<void> {
    // All that the taken one has now came with this.
    const given = await handoffsWaitedFor(tx, [kept, taken]);
    const came = given.find(({ caseId }) => caseId === taken);
    if (!came && waited?.taken) await this.end(tx, actor, taken, 'partner');
    if (!came) return;
    const { status, wait_reason: reason } = stood.kept?.before ?? {};
    const hadOther = status === 'waiting' && reason === 'partner' && !waited?.kept;
    if (!hadOther && !given.some(({ caseId }) => caseId === kept)) await this.end(tx, actor, kept, 'partner');
    if ((await this.begin(tx, actor, taken, 'partner')) && !planned) await this.check(tx, taken, came);
  }

  private async move(
    tx: EntityManager,
    actor: Actor,
    caseId: string,
    when: string,
    to: CaseStatus,
    waitReason: WaitReason | null,
  ): Promise<boolean> {
    const [rows]: [{ from: CaseStatus }[], number] = await tx.query(
      `with was as (select id, status from cases where id = $1 and ${when})
       update cases c set status = $2, wait_reason = $3 from was where c.id = was.id returning was.status as "from"`,
      [caseId, to, waitReason],
    );
    if (!rows[0]) return false;
    await record(tx, caseId, actor, 'wait', this.clock.now(), [
      { type: 'case.status_changed', data: { from: rows[0].from, to, waitReason } },
    ]);
    return true;
  }
}

/** @returns the handoffs for which these cases wait: another company has work of theirs, and it is their turn */
export function handoffsWaitedFor(
  tx: EntityManager,
  caseIds: string[],
): Promise<(PartnerValues & { caseId: string })[]> {
  return tx.query(
    `select h.case_id as "caseId", p.name as partner, p.id as "partnerId" from handoff h join partner p on p.id = h.partner_id where h.case_id = any($1)
       and h.direction = 'out' and h.state in ('sent', 'acknowledged', 'accepted', 'in_progress') order by h.state_at desc, h.id`,
    [caseIds],
  );
}
