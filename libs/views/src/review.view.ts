import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { OpenReview } from '#contracts';
import { decodeCursor, FROM_MICROS, MICROS, paged } from './cursor.js';

const CASE = (alias: string): string =>
  `json_build_object('id', ${alias}.id, 'reference', ${alias}.reference, 'customer', ${alias}.customer_name)`;

const REVIEW = `json_build_object('entryId', i.id, 'case', ${CASE('c')}, 'named', ${CASE('q')},
  'evidence', json_build_object('by', r.named_by, 'value', r.evidence),
  'sender', coalesce(p.value, p.display), 'subject', i.subject, 'receivedAt', iso(i.received_at))`;

/** Mails that name a case of somebody else's and wait for a decision, newest first. For readers who see every case. */
@Injectable()
export class ReviewView {
  constructor(private readonly database: DataSource) {}

  async list(query: { limit: number; cursor?: string }): Promise<{ items: OpenReview[]; nextCursor: string | null }> {
    const after = decodeCursor(query.cursor);
    const rows: { item: OpenReview; at: string; id: string }[] = await this.database.query(
      `select ${REVIEW} as item, ${MICROS('r.created_at')} as at, i.id
       from entry_review r join interaction i on i.id = r.interaction_id join cases c on c.id = i.case_id
         join cases q on q.id = living_case(r.case_id) left join contact_point p on p.id = i.contact_point_id
       where r.state = 'open' and q.id <> c.id
         ${after ? `and (r.created_at, r.interaction_id) < (${FROM_MICROS('$2')}, $3::uuid)` : ''}
       order by r.created_at desc, r.interaction_id desc limit $1`,
      [query.limit + 1, ...(after ? [after.at, after.id] : [])],
    );
    return paged(rows, query.limit);
  }
}
