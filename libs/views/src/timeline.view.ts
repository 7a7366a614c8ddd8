import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { TimelineFilter, type InteractionEntry, type NoteEntry, type TimelineEntry } from '#contracts';
import { DomainError } from '#platform';
import { visibleTo } from './case-row.sql.js';
import { decodeCursor, UUID } from './cursor.js';
import type { Reader } from './inbox.view.js';
import {
  interactionEntry,
  INTERACTION_FROM,
  newestEntries,
  NOTE,
  timelinePage,
  type FoundEntries,
} from './timeline.sql.js';

/** Made once: a text that is put together at each request is read anew by all that look at it. */
const entriesBy = (column: string) => {
  const statement = (entries: string) =>
    `select t.items, t.next from cases c cross join lateral (${entries}) t where ${column} = $1 and ${visibleTo('$2')}`;
  const shownBy = (filter: TimelineFilter) => ({
    newest: statement(newestEntries('$3', '$2', undefined, filter)),
    older: statement(newestEntries('$3', '$2', { at: '$4', id: '$5' }, filter)),
  });
  return Object.fromEntries(TimelineFilter.options.map((filter) => [filter, shownBy(filter)])) as Record<
    TimelineFilter,
    ReturnType<typeof shownBy>
  >;
};
const BY_ID = entriesBy('c.id');
const BY_REFERENCE = entriesBy('c.reference');

/** What was said and what happened on a case, one sequence. */
@Injectable()
export class TimelineView {
  /**
   * The newest `limit` entries before the cursor, of those the filter shows: all of them when none is named.
   * @returns a TimelinePage (contracts) as JSON text, as PostgreSQL wrote it
   * @throws DomainError case.not_found when the reader may not see the case
   */
  async page(
    tx: EntityManager,
    reader: Reader,
    idOrReference: string,
    query: { limit: number; cursor?: string; filter?: TimelineFilter },
  ): Promise<string> {
    const before = decodeCursor(query.cursor);
    const statements = (UUID.test(idOrReference) ? BY_ID : BY_REFERENCE)[query.filter ?? 'all'];
    const rows: FoundEntries[] = await tx.query(before ? statements.older : statements.newest, [
      idOrReference,
      reader.storeId,
      query.limit,
      ...(before ? [before.at, before.id] : []),
    ]);
    if (!rows[0]) throw new DomainError('case.not_found');
    return timelinePage(rows[0]);
  }

  /** @throws DomainError interaction.not_found */
  async interaction(tx: EntityManager, id: string): Promise<InteractionEntry> {
    const rows: { item: InteractionEntry }[] = await tx.query(
      `select ${interactionEntry('true')} as item from ${INTERACTION_FROM} where i.id = $1`,
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
   * Refuses when somebody else's words arrived, or were put here by somebody else, after what the writer last saw.
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
         select received_at as at from interaction where id = $2
           and (case_id = $1 or exists (select from entry_move v where v.interaction_id = $2 and v.from_case = $1))
         union all select occurred_at from note where id = $2 and case_id = $1
         union all select at from case_event where id = $2 and case_id = $1)
       select item from (
         select ${interactionEntry('false')} as item, i.received_at as at, i.id from ${INTERACTION_FROM}, seen
           where i.case_id = $1 and i.id <> $2 and i.author_id is distinct from $3 and d.state is distinct from 'undone'
             and case when i.matched_by = 'moved'
               then exists (select from entry_move v where v.interaction_id = i.id and v.to_case = $1 and v.moved_at > seen.at and v.moved_by <> $3)
               else i.received_at > seen.at end
         union all
         select ${NOTE}, n.occurred_at, n.id from note n, seen where n.case_id = $1 and n.id <> $2 and n.author_id <> $3 and n.occurred_at > seen.at
       ) entries order by at, id limit 50`,
      [caseId, lastSeenEntryId, writerId],
    );
    if (entries.length > 0) throw new DomainError('case.unseen_entries', { entries: entries.map(({ item }) => item) });
  }
}
