import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { may, Role, type ReviewBody } from '#contracts';
import { actorOf, record, type NewEvent } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { lockDevice } from '../devices/device.store.js';
import { lockDecision, moveDecision } from './decision.store.js';
import { refuseOver, told, WarrantyDecisions } from './warranty-decisions.service.js';

/** Somebody else looks at a decision again. Both opinions stay. */
@Injectable()
export class SecondOpinions {
  constructor(
    private readonly decisions: WarrantyDecisions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError permission.denied, warranty.not_found, case.over, warranty.transition_forbidden */
  async ask(tx: EntityManager, principal: Principal, id: string, reason: string): Promise<string> {
    demand(principal, 'warranty.propose');
    const { found, decision } = await lockDecision(tx, principal, id);
    refuseOver(found);
    await moveDecision(tx, decision, 'in_review');
    const now = this.clock.now();
    await tx.query(
      'insert into warranty_review (id, decision_id, decided_by, asked_by, asked_at, reason) values ($1, $2, $3, $4, $5, $6)',
      [newId(), decision.id, decision.acceptedBy ?? decision.decidedBy, principal.id, now, reason],
    );
    await record(tx, found.id, actorOf(principal), 'api', now, [
      {
        type: 'warranty.review_asked',
        data: { ...told(decision), reason, reviewerIds: await reviewers(tx, found.id, decision) },
      },
    ]);
    return found.id;
  }

  /**
   * Another person confirms it or says what holds instead; neither who decided nor who proposed it is another person.
   * @throws DomainError as `WarrantyDecisions.decide`; warranty.not_found, warranty.same_person
   */
  async give(tx: EntityManager, principal: Principal, id: string, body: ReviewBody): Promise<string> {
    demand(principal, 'warranty.decide');
    const { found, decision } = await lockDecision(tx, principal, id);
    refuseOver(found);
    if (decision.decidedBy === principal.id || decision.acceptedBy === principal.id)
      throw new DomainError('warranty.same_person');
    const { verdict, reason, instead } = body;
    const decisionId = newId();
    await moveDecision(tx, decision, verdict, instead ? decisionId : null);
    const now = this.clock.now();
    const [asked]: [{ askedById: string }[], number] = await tx.query(
      `update warranty_review set reviewer_id = $2, reviewed_at = $3, verdict = $4, verdict_reason = $5 where decision_id = $1
       returning asked_by as "askedById"`,
      [decision.id, principal.id, now, verdict, reason],
    );
    const askedById = asked[0]?.askedById ?? null;
    const events: NewEvent[] = [{ type: 'warranty.reviewed', data: { ...told(decision), verdict, reason, askedById } }];
    if (instead) {
      await this.decisions.demandWhole(tx, found.id, instead);
      const device = await lockDevice(tx, decision.deviceId);
      const order = { ...instead, id: decisionId, decides: true, before: decision };
      events.push(...(await this.decisions.write(tx, principal, found, device, order)));
    }
    await record(tx, found.id, actorOf(principal), 'api', now, events);
    return found.id;
  }
}

const DECIDERS = Role.options.filter((role) => may(role, 'warranty.decide'));
const SEE_ALL = DECIDERS.filter((role) => may(role, 'case.read_all'));

/** Who may give a second opinion: whoever decides of such things and sees the case, but neither who decided nor who proposed it. */
async function reviewers(
  tx: EntityManager,
  caseId: string,
  { decidedBy, acceptedBy }: { decidedBy: string; acceptedBy: string | null },
): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(
    `select a.id from agent a where a.active and a.role = any($2) and a.id <> $4 and a.id is distinct from $5
       and (a.role = any($3) or exists (select from case_sight s where s.case_id = $1 and s.viewer in (a.store_id, a.id)))
     order by a.role = any($3) desc, a.id limit 50`,
    [caseId, DECIDERS, SEE_ALL, decidedBy, acceptedBy],
  );
  return rows.map(({ id }) => id);
}
