import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  TIMELINE_EVENTS,
  type InteractionEntry,
  type NoteEntry,
  type TimelineEntry,
  type TimelinePage,
} from '#contracts';
import { DomainError } from '#platform';
import { visibleCase } from './case.view.js';
import { decodeCursor, FROM_MICROS, MICROS, paged } from './cursor.js';
import type { Reader } from './inbox.view.js';

const ATTACHMENTS = `(select coalesce(json_agg(json_build_object('id', t.id, 'fileName', t.file_name, 'contentType', t.content_type, 'size', t.size, 'inline', t.inline) order by t.id), '[]')
  from attachment t where t.interaction_id = i.id)`;

const INTERACTION = `json_build_object('type', 'interaction', 'id', i.id, 'at', iso(i.occurred_at), 'channel', i.channel, 'direction', i.direction,
  'author', json_build_object('kind', i.author_kind, 'id', i.author_id, 'displayName', i.author_name),
  'subject', i.subject, 'text', i.text, 'html', i.html_safe, 'occurredAt', iso(i.occurred_at),
  'delivery', case when d.interaction_id is not null then json_build_object('state', d.state, 'reason', d.reason, 'detail', d.detail,
    'dueAt', case when d.state in ('held', 'pending') then iso(d.due_at) end, 'attempts', d.attempts, 'sentAt', iso(d.sent_at)) end,
  'attachments', ${ATTACHMENTS}, 'externalId', i.external_id, 'messageId', i.message_id, 'matchedBy', i.matched_by, 'threadId', i.thread_id,
  'address', coalesce('@' || p.handle, p.value, p.display),
  'store', case when i.store_id is not null then json_build_object('id', i.store_id, 'name', st.name) end)`;

const INTERACTION_FROM = `interaction i left join delivery d on d.interaction_id = i.id left join contact_point p on p.id = i.contact_point_id left join store st on st.id = i.store_id`;

const NOTE = `json_build_object('type', 'note', 'id', n.id, 'at', iso(n.occurred_at), 'author', json_build_object('kind', 'agent', 'id', n.author_id, 'displayName', n.author_name),
  'text', n.text, 'audience', n.audience)`;

const EVENT = `json_build_object('type', 'event', 'id', e.id, 'at', iso(e.at), 'event', e.type, 'data', e.data,
  'author', json_build_object('kind', e.actor_kind, 'id', e.actor_id, 'displayName', e.actor_name))`;

const EVENT_TYPES = TIMELINE_EVENTS.map((type) => `'${type}'`).join(', ');

/** The newest entries of each kind before the cursor, merged; each branch walks its own index. */
const page = (before: { at: string; id: string } | null): string => {
  const older = (at: string, id: string) => (before ? `and (${at}, ${id}) < (${FROM_MICROS('$3')}, $4::uuid)` : '');
  return `
    select item, ${MICROS('at')} as at, id from (
      (select ${INTERACTION} as item, i.occurred_at as at, i.id from ${INTERACTION_FROM}
        where i.case_id = $1 and d.state is distinct from 'undone' ${older('i.occurred_at', 'i.id')} order by i.occurred_at desc, i.id desc limit $2)
      union all
      (select ${NOTE}, n.occurred_at, n.id from note n where n.case_id = $1 ${older('n.occurred_at', 'n.id')} order by n.occurred_at desc, n.id desc limit $2)
      union all
      (select ${EVENT}, e.at, e.id from case_event e where e.case_id = $1 and e.type in (${EVENT_TYPES}) ${older('e.at', 'e.id')} order by e.at desc, e.id desc limit $2)
    ) entries order by entries.at desc, id desc limit $2`;
};

/** What was said and what happened on a case, one sequence. */
@Injectable()
export class TimelineView {
  /** @throws DomainError case.not_found when the reader may not see the case */
  async page(
    tx: EntityManager,
    reader: Reader,
    idOrReference: string,
    query: { limit: number; cursor?: string },
  ): Promise<TimelinePage> {
    const before = decodeCursor(query.cursor);
    const caseId = await visibleCase(tx, reader, idOrReference);
    const rows: { item: TimelineEntry; at: string; id: string }[] = await tx.query(page(before), [
      caseId,
      query.limit + 1,
      ...(before ? [before.at, before.id] : []),
    ]);
    const { items, nextCursor } = paged(rows, query.limit);
    return { items: items.reverse(), nextCursor };
  }

  /** @throws DomainError interaction.not_found */
  async interaction(tx: EntityManager, id: string): Promise<InteractionEntry> {
    const rows: { item: InteractionEntry }[] = await tx.query(
      `select ${INTERACTION} as item from ${INTERACTION_FROM} where i.id = $1`,
      [id],
    );
    if (!rows[0]) throw new DomainError('interaction.not_found');
    return rows[0].item;
  }

  /** @throws DomainError interaction.not_found */
  async note(tx: EntityManager, id: string): Promise<NoteEntry> {
    const rows: { item: NoteEntry }[] = await tx.query(`select ${NOTE} as item from note n where n.id = $1`, [id]);
    if (!rows[0]) throw new DomainError('interaction.not_found');
    return rows[0].item;
  }

  /**
   * Refuses when somebody else's words arrived after what the writer last saw.
   * @throws DomainError case.unseen_entries with the entries, oldest first
   */
  async refuseUnseen(
    tx: EntityManager,
    caseId: string,
    writerId: string,
    lastSeenEntryId: string | undefined,
  ): Promise<void> {
    if (lastSeenEntryId === undefined) return;
    const entries: { item: TimelineEntry }[] = await tx.query(
      `with seen as (
         select received_at as at from interaction where id = $2 and case_id = $1
         union all select occurred_at from note where id = $2 and case_id = $1
         union all select at from case_event where id = $2 and case_id = $1)
       select item from (
         select ${INTERACTION} as item, i.received_at as at, i.id from ${INTERACTION_FROM}, seen
           where i.case_id = $1 and i.id <> $2 and i.author_id is distinct from $3 and i.received_at > seen.at and d.state is distinct from 'undone'
         union all
         select ${NOTE}, n.occurred_at, n.id from note n, seen where n.case_id = $1 and n.id <> $2 and n.author_id <> $3 and n.occurred_at > seen.at
       ) entries order by at, id limit 50`,
      [caseId, lastSeenEntryId, writerId],
    );
    if (entries.length > 0) throw new DomainError('case.unseen_entries', { entries: entries.map(({ item }) => item) });
  }
}
