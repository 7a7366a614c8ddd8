import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { NotificationGroup, NotificationPage, NotificationsQuery } from '#contracts';
import { decodeCursor, FROM_MICROS, MICROS, paged } from './cursor.js';
import type { Reader } from './inbox.view.js';
import { SEEN, UNREAD_LINES } from './notification.sql.js';

const SHOWN = 5;

const ITEMS = `(select json_agg(json_build_object('id', m.id, 'kind', m.kind, 'values', m.values, 'at', iso(m.at), 'readAt', iso(m.read_at)) order by m.at desc, m.id desc)
  from (select * from notification g where g.agent_id = n.agent_id and g.group_key = n.group_key order by g.at desc, g.id desc limit ${SHOWN}) m)`;

const GROUP = `json_build_object('key', n.group_key, 'at', iso(n.at), 'items', ${ITEMS},
  'case', case when k.id is not null then json_build_object('id', k.id, 'reference', k.reference, 'customerName', k.customer_name) end,
  'total', (select count(*) from notification g where g.agent_id = n.agent_id and g.group_key = n.group_key),
  'unread', (select count(*) from notification g where g.agent_id = n.agent_id and g.group_key = n.group_key and g.read_at is null))`;

/** The newest of each group stands for it. Of one person there are as many as a month brings: read once, in the order of the index. */
const NEWEST = `(select distinct on (h.group_key) h.id, h.agent_id, h.group_key, h.case_id, h.at from notification h
  where h.agent_id = $1 order by h.group_key, h.at desc, h.id desc)`;

/** What somebody was told, a line for each case. */
@Injectable()
export class NotificationView {
  /** Newest first. @throws DomainError request.invalid for a cursor of somebody else's making */
  async list(
    tx: EntityManager,
    reader: Reader,
    { limit, cursor }: z.infer<typeof NotificationsQuery>,
  ): Promise<NotificationPage> {
    const after = decodeCursor(cursor);
    const rows: { item: NotificationGroup; at: string; id: string }[] = await tx.query(
      `select ${GROUP} as item, ${MICROS('n.at')} as at, n.id from ${NEWEST} n left join cases k on k.id = living_case(n.case_id)
       where ${SEEN('$2')} ${after ? `and (n.at, n.id) < (${FROM_MICROS('$4')}, $5::uuid)` : ''}
       order by n.at desc, n.id desc limit $3`,
      [reader.id, reader.storeId, limit + 1, ...(after ? [after.at, after.id] : [])],
    );
    return { ...paged(rows, limit), unread: await this.unread(tx, reader) };
  }

  /** Lines with something unread, at most 100. */
  async unread(tx: EntityManager, reader: Reader): Promise<number> {
    const rows: { count: number }[] = await tx.query(UNREAD_LINES('$1', '$2'), [reader.id, reader.storeId]);
    return rows[0]?.count ?? 0;
  }
}
