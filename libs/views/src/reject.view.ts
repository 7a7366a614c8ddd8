import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Reject, RejectQuery } from '#contracts';
import { DomainError } from '#platform';
import { decodeCursor, FROM_MICROS, MICROS, paged } from './cursor.js';

const REJECT = `json_build_object('id', r.id, 'channel', r.channel, 'reason', r.reason, 'detail', r.detail, 'sender', r.sender, 'subject', r.subject,
  'size', r.size, 'receivedAt', iso(r.received_at), 'state', r.state, 'decidedAt', iso(r.decided_at),
  'decidedBy', case when r.decided_by is not null then json_build_object('id', r.decided_by, 'displayName', a.display_name) end, 'releasable', is_releasable(r))`;
const REJECT_FROM = 'inbound_reject r left join agent a on a.id = r.decided_by';

/** A text for each, so that each walks its own index. */
const IN_STATE: Record<RejectQuery['state'], string> = {
  open: `r.state = 'open'`,
  released: `r.state = 'released'`,
  discarded: `r.state = 'discarded'`,
  decided: `r.state <> 'open'`,
  all: 'true',
};

/** What arrived and could not be understood or was held back, newest first. */
@Injectable()
export class RejectView {
  constructor(private readonly database: DataSource) {}

  async list(query: RejectQuery): Promise<{ items: Reject[]; nextCursor: string | null }> {
    const after = decodeCursor(query.cursor);
    const rows: { item: Reject; at: string; id: string }[] = await this.database.query(
      `select ${REJECT} as item, ${MICROS('r.received_at')} as at, r.id from ${REJECT_FROM}
       where ${IN_STATE[query.state]}
       ${after ? `and (r.received_at, r.id) < (${FROM_MICROS('$2')}, $3::uuid)` : ''} order by r.received_at desc, r.id desc limit $1`,
      [query.limit + 1, ...(after ? [after.at, after.id] : [])],
    );
    return paged(rows, query.limit);
  }

  /** @throws DomainError reject.not_found */
  async one(tx: EntityManager, id: string): Promise<Reject> {
    const rows: { item: Reject }[] = await tx.query(`select ${REJECT} as item from ${REJECT_FROM} where r.id = $1`, [
      id,
    ]);
    if (!rows[0]) throw new DomainError('reject.not_found');
    return rows[0].item;
  }

  /** @throws DomainError reject.not_found */
  async storageKey(id: string): Promise<{ key: string; size: number }> {
    const rows: { storage_key: string; size: string }[] = await this.database.query(
      'select storage_key, size from inbound_reject where id = $1',
      [id],
    );
    if (!rows[0]) throw new DomainError('reject.not_found');
    return { key: rows[0].storage_key, size: Number(rows[0].size) };
  }
}
