import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { isLiveHandoff, type CustomerShare, type Language } from '#contracts';
import { record, SYSTEM, visible, type Actor } from '#cases';
import { visibleStore, type Principal } from '#identity';
import { CLOCK, DomainError, Wake, withRetry, type Clock } from '#platform';
import { whichOf } from '../handoff/handoff-events.js';
import { lockAnyHandoff, type HandoffRecord } from '../handoff/handoff-record.js';

const PORTION = 50;
const MOST = 200;

/** Said although the rest is not told any more: that it has ended, and that it is to be forgotten. */
const STILL_SAID = `('recalled', 'cancelled', 'closed')`;

/**
 * What a partner was told is shown to them no more: taken back by us, or kept as long as was agreed. That they were told, what for
 * and until when stays; what they were told does not.
 */
@Injectable()
export class Forgetting {
  constructor(
    private readonly database: DataSource,
    private readonly wake: Wake,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** It has ended: they may keep it for the days that were agreed. Of a handoff the caller has locked. */
  async plan(tx: EntityManager, { id }: HandoffRecord): Promise<void> {
    await tx.query(
      `update handoff h set forget_at = $2::timestamptz + make_interval(days => (v.terms ->> 'retentionDays')::int) from partner_version v
       where h.id = $1 and h.forgotten_at is null and v.partner_id = h.partner_id and v.version = h.partner_version`,
      [id, this.clock.now()],
    );
  }

  /**
   * Of a handoff the caller has locked. What has not reached them stays here. Again changes nothing.
   * @returns whether there was anything to forget
   */
  async forget(
    tx: EntityManager,
    handoff: HandoffRecord,
    because: 'recalled' | 'retention',
    actor: Actor = SYSTEM,
  ): Promise<boolean> {
    const { id, caseId } = handoff;
    const now = this.clock.now();
    const [, forgotten]: [unknown, number] = await tx.query(
      'update handoff set document = null, forgotten_at = $2, version = version + 1 where id = $1 and forgotten_at is null',
      [id, now],
    );
    if (forgotten === 0) return false;
    await tx.query(
      `update handoff_delivery d set state = 'dropped', due_at = null from handoff_entry e
       where d.handoff_id = $1 and d.state in ('waiting', 'dead') and e.id = d.entry_id and e.kind not in ${STILL_SAID}`,
      [id],
    );
    await tx.query('update handoff_share set recalled_at = $2 where handoff_id = $1 and recalled_at is null', [
      id,
      now,
    ]);
    await record(tx, caseId, actor, 'api', now, [
      { type: 'handoff.forgotten', data: { ...whichOf(handoff), because } },
    ]);
    return true;
  }

  /** Those whose time has come; several processes share the work. @returns true when there may be more */
  async takeSome(): Promise<boolean> {
    const due: { id: string }[] = await this.database.query(
      `select id from handoff where forget_at <= $1 and forgotten_at is null order by forget_at, id limit ${PORTION}`,
      [this.clock.now()],
    );
    let done = 0;
    for (const { id } of due) if (await withRetry(this.database, (tx) => this.look(tx, id))) done += 1;
    if (done > 0) this.wake.ring('relay');
    return due.length === PORTION;
  }

  /** It may have been taken up again since: then they need what they were told. */
  private async look(tx: EntityManager, handoffId: string): Promise<boolean> {
    const handoff = await lockAnyHandoff(tx, handoffId);
    if (!isLiveHandoff(handoff.state)) return this.forget(tx, handoff, 'retention');
    await tx.query('update handoff set forget_at = null where id = $1', [handoffId]);
    return true;
  }

  /**
   * Which partners were told of a customer, what of them and what for, newest first; of cases this person may see.
   * @throws DomainError customer.not_found, also when they may see none
   */
  async ofCustomer(tx: EntityManager, principal: Principal, customerId: string): Promise<CustomerShare[]> {
    const known: unknown[] = await tx.query(
      `select from customer u where u.id = living_customer($1) and ($2::text is null or exists (select from cases c where c.customer_id = u.id and ${visible('$2')}))`,
      [customerId, visibleStore(principal)],
    );
    if (known.length === 0) throw new DomainError('customer.not_found');
    const purpose: Record<Language, string> = { es: 's.purpose_es', en: 's.purpose_en' };
    return tx.query(
      `select h.id as "handoffId", h.reference, h.case_id as "caseId", p.name as partner, h.state,
         (select json_agg(json_build_object('field', s.field, 'purpose', ${purpose[principal.language]}) order by s.field) from handoff_share s where s.handoff_id = h.id) as fields,
         iso((select min(s.shared_at) from handoff_share s where s.handoff_id = h.id)) as "sharedAt", iso(h.forget_at) as "keptUntil", iso(h.forgotten_at) as "forgottenAt"
       from handoff h join cases c on c.id = h.case_id join partner p on p.id = h.partner_id
       where c.customer_id = living_customer($1) and ${visible('$2')} and exists (select from handoff_share s where s.handoff_id = h.id)
       order by h.opened_at desc, h.id desc limit ${MOST}`,
      [customerId, visibleStore(principal)],
    );
  }
}
