import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Language, Why } from '#contracts';
import { CLOCK, DomainError, type Clock } from '#platform';
import { demand, type Principal } from '#identity';
import { lockCase } from '../case-access.js';
import { isOpen } from '../case.states.js';
import { actorOf, record, SYSTEM, type Actor } from '../record.js';
import { route, type Candidate, type Routed, type RouteQuestion } from './continuity.rules.js';
import { settleHandovers } from './handovers.sql.js';
import { showCaseTo } from './sight.js';

/** Who has done nothing at their screen for so long has gone for a coffee. */
const AWAY_MINUTES = 30;

interface Routable {
  id: string;
  customerId: string;
  assigneeId: string | null;
}

/** Gives cases to whoever knows the customer: the reason is kept with the case and shown to who gets it. */
@Injectable()
export class ContinuityService {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * A person asks who should have it.
   * @returns the case and what came of it; `nobody`: it stays where it is
   * @throws DomainError case.not_found, case.over, permission.denied
   */
  async routeBy(tx: EntityManager, principal: Principal, idOrReference: string): Promise<{ caseId: string; why: Why }> {
    demand(principal, 'case.assign');
    const found = await lockCase(tx, principal, idOrReference);
    if (!isOpen(found.status)) throw new DomainError('case.over', { status: found.status });
    return { caseId: found.id, why: await this.decide(tx, found, actorOf(principal)) };
  }

  /**
   * The customer has written again: a case nobody has goes to somebody, a reopened one to somebody who is there.
   * @returns whether it changed hands
   */
  async route(tx: EntityManager, caseId: string, reopened: boolean): Promise<boolean> {
    const rows: Routable[] = await tx.query(
      `select id, customer_id as "customerId", assignee_id as "assigneeId" from cases
       where id = $1 and is_open and ($2 or assignee_id is null) for update`,
      [caseId, reopened],
    );
    if (!rows[0]) return false;
    const { code } = await this.decide(tx, rows[0], SYSTEM);
    return code !== 'nobody' && code !== 'kept';
  }

  private async decide(tx: EntityManager, found: Routable, actor: Actor): Promise<Why> {
    const now = this.clock.now();
    const candidates = await this.candidates(tx, found, now);
    const { store, queue, language } = await needsOf(tx, found.id);
    const routed = route({ candidates, assigneeId: found.assigneeId, store, queue, language });
    const why = { code: routed.code, values: routed.values, at: now.toISOString() };
    const taker = candidates.find(({ id }) => id === routed.agentId);
    if (taker && taker.id !== found.assigneeId) await this.give(tx, found, taker, { routed, why, actor, now });
    return why;
  }

  private async give(
    tx: EntityManager,
    found: Routable,
    taker: Candidate,
    { routed, why, actor, now }: { routed: Routed; why: Why; actor: Actor; now: Date },
  ): Promise<void> {
    await tx.query(
      'update cases set assignee_id = $2, queue_id = coalesce(queue_id, (select id from queue where is_default)), owner_why = $3 where id = $1',
      [found.id, taker.id, { ...why, agentId: taker.id }],
    );
    await settleHandovers(tx, found.id, now, taker.id);
    await showCaseTo(tx, found.id, taker.id);
    await record(tx, found.id, actor, actor.kind === 'system' ? 'routing' : 'api', now, [
      {
        type: 'case.routed',
        data: {
          assigneeId: taker.id,
          assigneeName: taker.name,
          previousId: found.assigneeId,
          code: routed.code,
          values: routed.values,
        },
      },
    ]);
  }

  /** Those on shift, with what they know of this customer. */
  private candidates(tx: EntityManager, { id, customerId }: Routable, now: Date): Promise<Candidate[]> {
    return tx.query(
      `select a.id, a.display_name as name, a.store_id as "storeId", a.role = 'agent' or m.agent_id is not null as general, a.on_shift as "onShift",
         a.capacity, a.skills, a.languages, m.agent_id is not null as member,
         is_away(a.away_since, a.away_until, $4) or not exists (select from session s where s.agent_id = a.id and s.last_seen_at > $2) as away,
         (select count(*)::int from cases c where c.assignee_id = a.id and c.is_open) as load,
         (select json_build_object('at', iso(i.occurred_at), 'channel', i.channel) from interaction i join cases c on c.id = i.case_id
            left join delivery d on d.interaction_id = i.id
          where c.customer_id = $1 and i.author_id = a.id and d.state is distinct from 'undone' order by i.occurred_at desc limit 1) as handled
       from agent a left join queue_member m on m.agent_id = a.id and m.queue_id = (select c.queue_id from cases c where c.id = $3)
       where a.active and a.on_shift and a.role in ('agent', 'store')`,
      [customerId, new Date(now.getTime() - AWAY_MINUTES * 60_000), id, now],
    );
  }
}

/** What it takes to be given a case, and where its customer has been last. */
async function needsOf(
  tx: EntityManager,
  caseId: string,
): Promise<Pick<RouteQuestion, 'store' | 'queue' | 'language'>> {
  const rows: { store: RouteQuestion['store']; queue: RouteQuestion['queue']; language: Language }[] = await tx.query(
    `select cu.language,
       json_build_object('skills', coalesce(q.skills, '{}'), 'hasMembers', exists (select from queue_member m where m.queue_id = q.id)) as queue,
       (select json_build_object('id', s.id, 'name', s.name) from interaction i join cases o on o.id = i.case_id join store s on s.id = i.store_id
        where o.customer_id = c.customer_id order by i.occurred_at desc limit 1) as store
     from cases c join customer cu on cu.id = c.customer_id left join queue q on q.id = c.queue_id where c.id = $1`,
    [caseId],
  );
  if (!rows[0]) throw new DomainError('case.not_found');
  return rows[0];
}
