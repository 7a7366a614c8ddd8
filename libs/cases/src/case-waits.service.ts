import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CaseStatus, WaitReason } from '#contracts';
import { CLOCK, type Clock } from '#platform';
import { record, type Actor } from './record.js';

/** A case that waits for others because of what happened, not because somebody said so. The caller holds the case. */
@Injectable()
export class CaseWaits {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** It waits from now on, unless it does or is over; what works again waits for nobody. */
  begin(tx: EntityManager, actor: Actor, caseId: string, reason: WaitReason): Promise<void> {
    return this.move(tx, actor, caseId, `status in ('new', 'understood', 'in_solution')`, 'waiting', reason);
  }

  /** It waits for that no more. */
  end(tx: EntityManager, actor: Actor, caseId: string, reason: WaitReason): Promise<void> {
    return this.move(tx, actor, caseId, `status = 'waiting' and wait_reason = '${reason}'`, 'in_solution', null);
  }

  /** Two cases are two again: whose work another company has waits for it, and the other one no more. */
  async parted(tx: EntityManager, actor: Actor, { kept, taken }: { kept: string; taken: string }): Promise<void> {
    const rows: { caseId: string; waits: boolean }[] = await tx.query(
      `select case_id as "caseId", bool_or(direction = 'out' and state in ('sent', 'acknowledged', 'accepted', 'in_progress')) as waits
       from handoff where case_id = any($1) group by case_id`,
      [[kept, taken]],
    );
    const waits = new Map(rows.map((row) => [row.caseId, row.waits]));
    // What had no handoff that goes back is as it was.
    if (!waits.has(taken)) return;
    if (!waits.get(kept)) await this.end(tx, actor, kept, 'partner');
    await (waits.get(taken) ? this.begin(tx, actor, taken, 'partner') : this.end(tx, actor, taken, 'partner'));
  }

  private async move(
    tx: EntityManager,
    actor: Actor,
    caseId: string,
    when: string,
    to: CaseStatus,
    waitReason: WaitReason | null,
  ): Promise<void> {
    const [rows]: [{ from: CaseStatus }[], number] = await tx.query(
      `with was as (select id, status from cases where id = $1 and ${when})
       update cases c set status = $2, wait_reason = $3 from was where c.id = was.id returning was.status as "from"`,
      [caseId, to, waitReason],
    );
    if (!rows[0]) return;
    await record(tx, caseId, actor, 'wait', this.clock.now(), [
      { type: 'case.status_changed', data: { from: rows[0].from, to, waitReason } },
    ]);
  }
}
