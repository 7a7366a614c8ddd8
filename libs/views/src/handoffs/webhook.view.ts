import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { WebhookMessage, WebhookMessagesQuery } from '#contracts';
import { decodeCursor, FROM_MICROS, MICROS, paged } from '../cursor.js';

/** What another system was told, and what it said to that. */
@Injectable()
export class WebhookView {
  /** Newest first. */
  async messages(
    tx: EntityManager,
    endpointId: string,
    query: z.infer<typeof WebhookMessagesQuery>,
  ): Promise<{ items: WebhookMessage[]; nextCursor: string | null }> {
    const after = decodeCursor(query.cursor);
    const rows: { item: WebhookMessage; at: string; id: string }[] = await tx.query(
      `select json_build_object('id', m.id, 'type', e.type, 'caseId', e.case_id, 'caseReference', c.reference, 'state', m.state, 'attempts', m.attempts,
         'dueAt', iso(m.due_at), 'status', m.status, 'error', m.error, 'createdAt', iso(m.created_at), 'sentAt', iso(m.sent_at)) as item,
         ${MICROS('m.created_at')} as at, m.id from webhook_message m join case_event e on e.id = m.event_id join cases c on c.id = e.case_id
       where m.endpoint_id = $1 and ($3::text is null or m.state = $3)
       ${after ? `and (m.created_at, m.id) < (${FROM_MICROS('$4')}, $5::uuid)` : ''} order by m.created_at desc, m.id desc limit $2`,
      [endpointId, query.limit + 1, query.state ?? null, ...(after ? [after.at, after.id] : [])],
    );
    return paged(rows, query.limit);
  }
}
