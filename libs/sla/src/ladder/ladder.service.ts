import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { Ladder, LadderBody, LadderChange, LadderPage, PageQuery, Rung } from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, sqlState, type Clock } from '#platform';

const UNIQUE_VIOLATION = '23505';
const NAMED = /ladder_name/u;

const LADDER = `l.id, l.name, case when q.id is not null then json_build_object('id', q.id, 'name', q.name) end as queue, v.version, v.rungs,
  case when a.id is not null then json_build_object('id', a.id, 'displayName', a.display_name) end as by, iso(v.created_at) as at
  from ladder l left join queue q on q.id = l.queue_id
    join lateral (select * from ladder_version where ladder_id = l.id order by version desc limit 1) v on true
    left join agent a on a.id = v.created_by`;

const encode = (name: string): string => Buffer.from(name).toString('base64url');
const decode = (cursor: string): string => Buffer.from(cursor, 'base64url').toString();

/** Ladders as people keep them. A version is never rewritten: clocks that run keep the one they began with. */
@Injectable()
export class LadderService {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * By name; a cursor is the name of the last one.
   * @throws DomainError permission.denied
   */
  async list(
    tx: EntityManager,
    principal: Principal,
    { limit, cursor }: z.infer<typeof PageQuery>,
  ): Promise<LadderPage> {
    demand(principal, 'sla.read');
    const rows: Ladder[] = await tx.query(
      `select ${LADDER} where $2::text is null or l.name > $2 order by l.name limit $1`,
      [limit + 1, cursor === undefined ? null : decode(cursor)],
    );
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: rows.length > limit && last ? encode(last.name) : null };
  }

  /**
   * @throws DomainError permission.denied, ladder.name_taken, ladder.queue_taken, queue.not_found, agent.not_found
   */
  async create(tx: EntityManager, principal: Principal, { name, queueId, rungs }: LadderBody): Promise<Ladder> {
    demand(principal, 'sla.write');
    await this.check(tx, rungs, queueId);
    const id = newId();
    await kept(() => tx.query('insert into ladder (id, name, queue_id) values ($1, $2, $3)', [id, name, queueId]));
    await this.write(tx, principal, id, 1, rungs);
    return find(tx, id);
  }

  /**
   * Another version, for clocks that begin from now on.
   * @throws DomainError permission.denied, ladder.not_found, ladder.version_conflict, ladder.name_taken, queue.not_found, agent.not_found
   */
  async change(
    tx: EntityManager,
    principal: Principal,
    id: string,
    { name, rungs, version }: LadderChange,
  ): Promise<Ladder> {
    demand(principal, 'sla.write');
    const locked: unknown[] = await tx.query('select id from ladder where id = $1 for update', [id]);
    if (locked.length === 0) throw new DomainError('ladder.not_found');
    const current = await find(tx, id);
    if (current.version !== version) throw new DomainError('ladder.version_conflict', { version: current.version });
    await this.check(tx, rungs, null);
    await kept(() =>
      tx.query(`update ladder set name = coalesce($2, name), revision = nextval('ladder_revision') where id = $1`, [
        id,
        name ?? null,
      ]),
    );
    await this.write(tx, principal, id, version + 1, rungs);
    return find(tx, id);
  }

  private async write(
    tx: EntityManager,
    principal: Principal,
    ladderId: string,
    version: number,
    rungs: Rung[],
  ): Promise<void> {
    await tx.query(
      'insert into ladder_version (id, ladder_id, version, rungs, created_by, created_at) values ($1, $2, $3, $4, $5, $6)',
      [newId(), ladderId, version, JSON.stringify(rungs), principal.id, this.clock.now()],
    );
  }

  /** Whom and what its rungs name is there. */
  private async check(tx: EntityManager, rungs: Rung[], ofQueue: string | null): Promise<void> {
    const queueIds = [ofQueue, ...rungs.map(({ queueId }) => queueId)].filter((id) => id !== null);
    const named = rungs.flatMap(({ tell, accountable }) => [...tell, accountable]);
    const agentIds = named.filter((whom) => whom !== null && whom.includes('-'));
    const rows: { queues: number; agents: number }[] = await tx.query(
      `select (select count(distinct w)::int from unnest($1::uuid[]) w where not exists (select from queue where id = w and removed_at is null)) as queues,
         (select count(distinct w)::int from unnest($2::uuid[]) w where not exists (select from agent where id = w and active)) as agents`,
      [queueIds, agentIds],
    );
    if (rows[0]?.queues !== 0) throw new DomainError('queue.not_found');
    if (rows[0].agents !== 0) throw new DomainError('agent.not_found');
  }
}

async function find(tx: EntityManager, id: string): Promise<Ladder> {
  const rows: Ladder[] = await tx.query(`select ${LADDER} where l.id = $1`, [id]);
  if (!rows[0]) throw new DomainError('ladder.not_found');
  return rows[0];
}

/** @throws DomainError ladder.name_taken, ladder.queue_taken */
async function kept(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
    throw new DomainError(NAMED.test(String(error)) ? 'ladder.name_taken' : 'ladder.queue_taken');
  }
}
