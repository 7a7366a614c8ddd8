import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { may, type Language, type Role, type WallLink } from '#contracts';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import type { Principal } from './principal.js';
import { hashToken, newSecretToken } from './secret-token.js';

const SEEN_EVERY = `interval '1 minute'`;

const LINK = `w.id, w.name, case when q.id is not null then json_build_object('id', q.id, 'name', q.name) end as queue, w.language,
  json_build_object('id', a.id, 'displayName', a.display_name) as "createdBy", iso(w.created_at) as "createdAt", iso(w.last_seen_at) as "lastSeenAt"`;
const JOINS = 'join agent a on a.id = w.created_by left join queue q on q.id = w.queue_id';

/** A screen that shows its token. */
export interface Wall {
  name: string;
  queueId: string | null;
  queue: string | null;
  language: Language;
}

/** Links that open the wall and nothing else; who has the token needs no session. */
@Injectable()
export class WallLinkService {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Those that open, the oldest first. */
  list(tx: EntityManager): Promise<WallLink[]> {
    return tx.query(
      `select ${LINK} from wall_link w ${JOINS} where w.revoked_at is null order by w.created_at, w.id limit 200`,
    );
  }

  /**
   * @returns the link and its token, told this once
   * @throws DomainError queue.not_found
   */
  async issue(
    tx: EntityManager,
    by: Principal,
    { name, queueId, language }: { name: string; queueId: string | null; language: Language },
  ): Promise<{ link: WallLink; token: string }> {
    if (queueId !== null) {
      const [queue]: unknown[] = await tx.query('select from queue where id = $1', [queueId]);
      if (!queue) throw new DomainError('queue.not_found');
    }
    const [id, token] = [newId(), newSecretToken()];
    await tx.query(
      'insert into wall_link (id, name, token_hash, queue_id, language, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [id, name, hashToken(token), queueId, language, by.id, this.clock.now()],
    );
    const [link]: WallLink[] = await tx.query(`select ${LINK} from wall_link w ${JOINS} where w.id = $1`, [id]);
    if (!link) throw new DomainError('wall.not_found');
    return { link, token };
  }

  /** Its screen goes dark. Again changes nothing. @throws DomainError wall.not_found */
  async revoke(tx: EntityManager, id: string): Promise<void> {
    const [, found]: [unknown, number] = await tx.query(
      'update wall_link set revoked_at = coalesce(revoked_at, $2) where id = $1',
      [id, this.clock.now()],
    );
    if (found === 0) throw new DomainError('wall.not_found');
  }

  /**
   * It ends, for good, when whoever made it is not one of us any more or may not supervise.
   * @throws DomainError wall.closed for an unknown or revoked token, and one that ends so
   */
  async open(tx: EntityManager, token: string): Promise<Wall> {
    const hash = hashToken(token);
    const [wall]: (Wall & { stale: boolean; active: boolean; role: Role })[] = await tx.query(
      `select a.active, a.role, w.name, w.queue_id as "queueId", q.name as queue, w.language, w.last_seen_at is null or w.last_seen_at < $2::timestamptz - ${SEEN_EVERY} as stale
       from wall_link w ${JOINS} where w.token_hash = $1 and w.revoked_at is null`,
      [hash, this.clock.now()],
    );
    if (!wall) throw new DomainError('wall.closed');
    const { stale, active, role, ...shown } = wall;
    if (!active || !may(role, 'supervise')) {
      await tx.query('update wall_link set revoked_at = $2 where token_hash = $1', [hash, this.clock.now()]);
      throw new DomainError('wall.closed');
    }
    if (stale) await tx.query('update wall_link set last_seen_at = $2 where token_hash = $1', [hash, this.clock.now()]);
    return shown;
  }
}
