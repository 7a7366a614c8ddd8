import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { NewQueueBody, PatchQueueBody, PatchWorkerBody } from '#contracts';
import { CLOCK, DomainError, newId, sqlState, type Clock } from '#platform';
import { demand, type Principal } from '#identity';

const UNIQUE_VIOLATION = '23505';

interface QueueRecord {
  id: string;
  isFixed: boolean;
}

/** Queues: who works them, and what it takes. */
@Injectable()
export class QueueService {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * @returns its id
   * @throws DomainError permission.denied, queue.name_taken, agent.not_found
   */
  async create(tx: EntityManager, principal: Principal, body: NewQueueBody): Promise<string> {
    demand(principal, 'queue.manage');
    const id = newId();
    await named(() =>
      tx.query('insert into queue (id, name, kind, skills) values ($1, $2, $3, $4)', [
        id,
        body.name,
        body.kind,
        body.skills,
      ]),
    );
    await putMembers(tx, id, body.agentIds);
    return id;
  }

  /** @throws DomainError permission.denied, queue.not_found, queue.name_taken */
  async change(tx: EntityManager, principal: Principal, id: string, body: PatchQueueBody): Promise<void> {
    demand(principal, 'queue.manage');
    await lockQueue(tx, id);
    await named(() =>
      tx.query(
        'update queue set name = coalesce($2, name), kind = coalesce($3, kind), skills = coalesce($4, skills) where id = $1',
        [id, body.name, body.kind, body.skills],
      ),
    );
  }

  /**
   * Who is in it, all of them.
   * @throws DomainError permission.denied, queue.not_found, agent.not_found
   */
  async setMembers(tx: EntityManager, principal: Principal, id: string, agentIds: string[]): Promise<void> {
    demand(principal, 'queue.manage');
    await lockQueue(tx, id);
    await tx.query('delete from queue_member where queue_id = $1 and not agent_id = any($2)', [id, agentIds]);
    await putMembers(tx, id, agentIds);
  }

  /**
   * Cases that were in it go on naming it; nothing comes to it any more.
   * @throws DomainError permission.denied, queue.not_found, queue.fixed, queue.in_use
   */
  async remove(tx: EntityManager, principal: Principal, id: string): Promise<void> {
    demand(principal, 'queue.manage');
    const { isFixed } = await lockQueue(tx, id);
    if (isFixed) throw new DomainError('queue.fixed');
    const rows: { open: number }[] = await tx.query(
      'select count(*)::int as open from (select from cases where queue_id = $1 and is_open limit 1000) x',
      [id],
    );
    if (rows[0]?.open) throw new DomainError('queue.in_use', { open: rows[0].open });
    await tx.query('update queue set removed_at = $2 where id = $1', [id, this.clock.now()]);
    await tx.query('delete from queue_member where queue_id = $1', [id]);
  }

  /**
   * What routing knows of a person.
   * @throws DomainError permission.denied, agent.not_found
   */
  async setWorker(tx: EntityManager, principal: Principal, agentId: string, body: PatchWorkerBody): Promise<void> {
    demand(principal, 'queue.manage');
    const [, changed]: [unknown, number] = await tx.query(
      `update agent set skills = coalesce($2, skills), languages = coalesce($3, languages), capacity = coalesce($4, capacity)
       where id = $1 and active`,
      [agentId, body.skills, body.languages, body.capacity],
    );
    if (changed === 0) throw new DomainError('agent.not_found');
  }
}

async function named(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (sqlState(error) === UNIQUE_VIOLATION) throw new DomainError('queue.name_taken');
    throw error;
  }
}

/** Nothing comes to it while it is locked: whoever puts a case there holds it with `for share`. */
async function lockQueue(tx: EntityManager, id: string): Promise<QueueRecord> {
  const rows: QueueRecord[] = await tx.query(
    'select id, is_default or store_id is not null as "isFixed" from queue where id = $1 and removed_at is null for update',
    [id],
  );
  if (!rows[0]) throw new DomainError('queue.not_found');
  return rows[0];
}

async function putMembers(tx: EntityManager, queueId: string, agentIds: string[]): Promise<void> {
  const rows: { id: string }[] = await tx.query(
    `with wanted as (select id from agent where id = any($2) and active),
       put as (insert into queue_member (queue_id, agent_id) select $1, id from wanted on conflict do nothing)
     select id from wanted`,
    [queueId, agentIds],
  );
  if (rows.length !== new Set(agentIds).size) throw new DomainError('agent.not_found');
}
