import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Reject } from '#contracts';
import { DomainError } from '#platform';
import { decodeCursor, FROM_MICROS, MICROS, paged } from './cursor.js';

const REJECT = `json_build_object('id', r.id, 'channel', r.channel, 'reason', r.reason, 'detail', r.detail, 'sender', r.sender, 'subject', r.subject,
  'size', r.size, 'receivedAt', iso(r.received_at))`;

/** What arrived and could not be understood, newest first. */
@Injectable()
export class RejectView {
  constructor(private readonly database: DataSource) {}

  async list(query: { limit: number; cursor?: string }): Promise<{ items: Reject[]; nextCursor: string | null }> {
    const after = decodeCursor(query.cursor);
    const rows: { item: Reject; at: string; id: string }[] = await this.database.query(
      `select ${REJECT} as item, ${MICROS('r.received_at')} as at, r.id from inbound_reject r
       ${after ? `where (r.received_at, r.id) < (${FROM_MICROS('$2')}, $3::uuid)` : ''} order by r.received_at desc, r.id desc limit $1`,
      [query.limit + 1, ...(after ? [after.at, after.id] : [])],
    );
    return paged(rows, query.limit);
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
