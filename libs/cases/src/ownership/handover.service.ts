import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { HandoverBody } from '#contracts';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { demand, PeopleService, visibleStore, type Principal } from '#identity';
import { lockCase, visible, type CaseRecord } from '../case-access.js';
import { isOpen } from '../case.states.js';
import { actorOf, record } from '../record.js';
import { settleHandovers } from './handovers.sql.js';
import { showCaseTo, showCaseToStore } from './sight.js';

interface Receiver {
  kind: 'agent' | 'queue' | 'store';
  id: string;
  name: string;
  agentId: string | null;
  queueId: string | null;
}

/** Cases change hands inside the house: always with a reason, and whoever receives one says that they have it. */
@Injectable()
export class HandoverService {
  constructor(
    private readonly people: PeopleService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The case goes to a person, a queue or a store; its story goes along, nobody is asked anything again.
   * @throws DomainError case.not_found, case.over, agent.not_found, queue.not_found, store.not_found, handover.already_there
   */
  async hand(
    tx: EntityManager,
    principal: Principal,
    idOrReference: string,
    { to, reason, note }: HandoverBody,
  ): Promise<{ caseId: string; handoverId: string }> {
    demand(principal, 'case.assign');
    const found = await lockCase(tx, principal, idOrReference);
    if (!isOpen(found.status)) throw new DomainError('case.over', { status: found.status });
    const receiver = await this.receiver(tx, to);
    const there = receiver.agentId ? receiver.agentId === found.assigneeId : isAt(found, receiver.queueId);
    if (there) throw new DomainError('handover.already_there', { name: receiver.name });
    const now = this.clock.now();
    const fromName = await ownerName(tx, found);
    await settleHandovers(tx, found.id, now, null);
    const handoverId = await this.write(tx, principal, found, { receiver, reason, note: note ?? null, now });
    await this.give(tx, found, receiver);
    await record(tx, found.id, actorOf(principal), 'api', now, [
      {
        type: 'case.handed_over',
        data: {
          handoverId,
          fromName,
          toKind: receiver.kind,
          toId: receiver.id,
          toName: receiver.name,
          reason,
          note: note ?? null,
        },
      },
    ]);
    return { caseId: found.id, handoverId };
  }

  /**
   * "I have it": said by the person it went to, by staff of the store, or by whoever works the queue.
   * @returns the case it is about
   * @throws DomainError handover.not_found, handover.not_yours, handover.settled
   */
  async acknowledge(tx: EntityManager, principal: Principal, handoverId: string): Promise<string> {
    const rows: { caseId: string; toAgent: string | null; storeId: string | null; open: boolean; mine: boolean }[] =
      await tx.query(
        `select h.case_id as "caseId", h.to_agent as "toAgent", q.store_id as "storeId", h.superseded_at is null as open,
           coalesce(h.acknowledged_by = $2, false) as mine
         from handover h left join queue q on q.id = h.to_queue where h.id = $1 and ${visible('$3', 'h.case_id')} for update of h`,
        [handoverId, principal.id, visibleStore(principal)],
      );
    const found = rows[0];
    if (!found) throw new DomainError('handover.not_found');
    if (found.mine) return found.caseId;
    if (!found.open) throw new DomainError('handover.settled');
    if (!mayReceive(principal, found)) throw new DomainError('handover.not_yours');
    const now = this.clock.now();
    const [, changed]: [unknown, number] = await tx.query(
      'update handover set acknowledged_at = $2, acknowledged_by = $3 where id = $1 and acknowledged_at is null',
      [handoverId, now, principal.id],
    );
    if (changed > 0)
      await record(tx, found.caseId, actorOf(principal), 'api', now, [
        { type: 'handover.acknowledged', data: { handoverId } },
      ]);
    return found.caseId;
  }

  private async write(
    tx: EntityManager,
    principal: Principal,
    found: CaseRecord,
    { receiver, reason, note, now }: { receiver: Receiver; reason: string; note: string | null; now: Date },
  ): Promise<string> {
    const handoverId = newId();
    // Who takes it themselves has it.
    const own = receiver.agentId === principal.id;
    await tx.query(
      `insert into handover (id, case_id, from_agent, from_queue, to_agent, to_queue, by_id, by_name, reason, note, at, acknowledged_at, acknowledged_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        handoverId,
        found.id,
        found.assigneeId,
        found.assigneeId ? null : found.queueId,
        receiver.agentId,
        receiver.queueId,
        principal.id,
        principal.displayName,
        reason,
        note,
        now,
        own ? now : null,
        own ? principal.id : null,
      ],
    );
    return handoverId;
  }

  private async receiver(tx: EntityManager, to: HandoverBody['to']): Promise<Receiver> {
    if ('agentId' in to) {
      const person = await this.people.person(tx, to.agentId);
      if (!person) throw new DomainError('agent.not_found');
      return { kind: 'agent', id: person.id, name: person.displayName, agentId: person.id, queueId: null };
    }
    const byStore = 'storeId' in to;
    const rows: { id: string; storeId: string | null; name: string }[] = await tx.query(
      `select q.id, q.store_id as "storeId", coalesce(s.name, q.name) as name from queue q left join store s on s.id = q.store_id
       where ${byStore ? 'q.store_id' : 'q.id'} = $1 and q.removed_at is null for share of q`,
      [byStore ? to.storeId : to.queueId],
    );
    const queue = rows[0];
    if (!queue) throw new DomainError(byStore ? 'store.not_found' : 'queue.not_found');
    return queue.storeId
      ? { kind: 'store', id: queue.storeId, name: queue.name, agentId: null, queueId: queue.id }
      : { kind: 'queue', id: queue.id, name: queue.name, agentId: null, queueId: queue.id };
  }

  private async give(tx: EntityManager, found: CaseRecord, { kind, id, agentId, queueId }: Receiver): Promise<void> {
    await tx.query(
      `update cases set assignee_id = $2, queue_id = coalesce($3, queue_id, (select id from queue where is_default)), owner_why = null where id = $1`,
      [found.id, agentId, queueId],
    );
    if (agentId) await showCaseTo(tx, found.id, agentId);
    if (kind === 'store') await showCaseToStore(tx, found.id, id);
  }
}

const isAt = ({ assigneeId, queueId }: CaseRecord, queue: string | null): boolean =>
  assigneeId === null && queueId === queue;

/** A queue without a store is the contact centre's; who oversees it all may always say so. */
function mayReceive(principal: Principal, { toAgent, storeId }: { toAgent: string | null; storeId: string | null }) {
  if (toAgent) return toAgent === principal.id;
  if (storeId) return storeId === principal.storeId || principal.role === 'supervisor' || principal.role === 'admin';
  return principal.role !== 'store';
}

async function ownerName(tx: EntityManager, { assigneeId, queueId }: CaseRecord): Promise<string> {
  const rows: { name: string }[] = await tx.query(
    'select coalesce((select display_name from agent where id = $1), (select name from queue where id = $2)) as name',
    [assigneeId, queueId],
  );
  return rows[0]?.name ?? '';
}
