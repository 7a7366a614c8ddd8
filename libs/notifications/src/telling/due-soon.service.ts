import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CLOCK, type Clock } from '#platform';
import { Teller } from './teller.js';
import { dueSoon } from './telling.rules.js';

const SOON_MS = 15 * 60_000;
const PORTION = 500;

/** Tells people that one of their cases is due soon. */
@Injectable()
export class DueSoon {
  constructor(
    private readonly teller: Teller,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Those of which nobody has been told yet: what it costs depends on how many these are. A ledger somebody is writing is left
   * to the next look.
   * @returns who was told, and whether there may be more
   */
  async tell(tx: EntityManager): Promise<{ told: string[]; more: boolean }> {
    const now = this.clock.now();
    const [due]: [{ caseId: string; assigneeId: string; metric: string; dueAt: Date }[], number] = await tx.query(
      `update case_ledger l set due_told_at = l.next_due_at, due_told_to = l.assignee_id
       from (select case_id from case_ledger
             where not is_over and assignee_id is not null and (due_told_at, due_told_to) is distinct from (next_due_at, assignee_id)
               and next_due_at > $1 and next_due_at <= $2 order by next_due_at limit $3 for update skip locked) near
       where l.case_id = near.case_id
       returning l.case_id as "caseId", l.assignee_id as "assigneeId", l.next_metric as metric, l.next_due_at as "dueAt"`,
      [now, new Date(now.getTime() + SOON_MS), PORTION],
    );
    const told = await this.teller.tell(
      tx,
      due.map((one) => dueSoon(one, now)),
    );
    return { told, more: due.length === PORTION };
  }
}
