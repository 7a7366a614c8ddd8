import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { CaseHandoff, CaseHandoffs, DeadLetterRow, HandoffRow, HandoffsQuery } from '#contracts';
import { CLOCK, DomainError, type Clock } from '#platform';
import { visibleTo } from '../case-row.sql.js';
import { decodeCursor, FROM_MICROS, MICROS, paged, UUID } from '../cursor.js';
import type { Reader } from '../inbox.view.js';
import { HANDOFF_FROM, ROW, WITH_ENTRIES } from './handoff.sql.js';
import { measures, OVER } from './score.sql.js';

const DAY_MS = 86_400_000;

/** Whose turn it is, and what got stuck. */
const VIEWS: Record<z.infer<typeof HandoffsQuery>['view'], string> = {
  all: 'true',
  open: `h.state not in ${OVER}`,
  unacknowledged: `h.state = 'sent' and h.direction = 'out'`,
  waits_on_us: `h.state not in ${OVER} and case h.direction when 'out' then h.state in ('draft', 'info_requested', 'resolved', 'rejected')
    else h.state in ('sent', 'acknowledged', 'accepted', 'in_progress') end`,
  waits_on_them: `h.state not in ${OVER} and case h.direction when 'out' then h.state in ('sent', 'acknowledged', 'accepted', 'in_progress')
    else h.state in ('info_requested', 'resolved', 'rejected') end`,
  dead: `exists (select from handoff_delivery d where d.handoff_id = h.id and d.state = 'dead')`,
};

/** Work that is handed between us and other companies. */
@Injectable()
export class HandoffView {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Newest first, each with all that was said. @throws DomainError case.not_found */
  async ofCase(tx: EntityManager, reader: Reader, idOrReference: string): Promise<CaseHandoffs> {
    const [found]: { id: string }[] = await tx.query(
      `select c.id from cases c where ${UUID.test(idOrReference) ? 'c.id' : 'c.reference'} = $1 and ${visibleTo('$2')}`,
      [idOrReference, reader.storeId],
    );
    if (!found) throw new DomainError('case.not_found');
    const rows: { item: CaseHandoff }[] = await tx.query(
      `select ${WITH_ENTRIES} as item from ${HANDOFF_FROM} where h.case_id = living_case($1) order by h.opened_at desc, h.id desc`,
      [found.id],
    );
    return { items: rows.map(({ item }) => item) };
  }

  /** @throws DomainError handoff.not_found, also when its case is not theirs to see */
  async one(tx: EntityManager, reader: Reader, handoffId: string): Promise<CaseHandoff> {
    const rows: { item: CaseHandoff }[] = await tx.query(
      `select ${WITH_ENTRIES} as item from ${HANDOFF_FROM} join cases c on c.id = h.case_id where h.id = $1 and ${visibleTo('$2')}`,
      [handoffId, reader.storeId],
    );
    if (!rows[0]) throw new DomainError('handoff.not_found');
    return rows[0].item;
  }

  /** Last moved first. */
  async list(
    tx: EntityManager,
    reader: Reader,
    query: z.infer<typeof HandoffsQuery>,
  ): Promise<{ items: HandoffRow[]; nextCursor: string | null }> {
    const after = decodeCursor(query.cursor);
    const now = this.clock.now();
    const since = new Date(now.getTime() - (query.days ?? 90) * DAY_MS);
    const measured = query.measure ? measures('$4', '$5')[query.measure] : 'true';
    const rows: { item: HandoffRow; at: string; id: string }[] = await tx.query(
      `select ${ROW} as item, ${MICROS('h.state_at')} as at, h.id from handoff h join partner p on p.id = h.partner_id join cases c on c.id = h.case_id
       where ${VIEWS[query.view]} and ${visibleTo('$1')} and ($3::uuid is null or h.partner_id = $3) and ${measured} and $4::timestamptz < $5::timestamptz
       ${after ? `and (h.state_at, h.id) < (${FROM_MICROS('$6')}, $7::uuid)` : ''} order by h.state_at desc, h.id desc limit $2`,
      [reader.storeId, query.limit + 1, query.partnerId ?? null, since, now, ...(after ? [after.at, after.id] : [])],
    );
    return paged(rows, query.limit);
  }

  /** What came from partners and could not be taken, and what their listeners could not be told, oldest first. */
  async deadLetters(
    tx: EntityManager,
    query: { limit: number; cursor?: string | undefined },
  ): Promise<{ items: DeadLetterRow[]; nextCursor: string | null }> {
    const after = decodeCursor(query.cursor);
    const from = (at: string, id: string) =>
      `${after ? `and (${at}, ${id}) > (${FROM_MICROS('$2')}, $3::uuid)` : ''} order by ${at}, ${id} limit $1`;
    const rows: { item: DeadLetterRow; at: string; id: string }[] = await tx.query(
      `select item, ${MICROS('stuck_at')} as at, id from (
         (select json_build_object('id', b.id, 'way', 'in', 'partner', ${LETTER_OF}, 'gateway', b.gateway, 'raw', b.raw, 'error', b.error, 'handoffId', b.handoff_id,
            'receivedAt', iso(b.received_at)) as item, b.received_at as stuck_at, b.id from partner_inbox b left join partner p on p.id = b.partner_id
          where b.state = 'dead' ${from('b.received_at', 'b.id')})
         union all
         (select json_build_object('id', v.id, 'way', 'out', 'partner', ${LETTER_OF}, 'gateway', 'tmf621', 'error', coalesce(v.error, ''), 'handoffId', v.handoff_id,
            'raw', json_build_object('listener', s.callback, 'query', s.query, 'ticket', v.handoff_id, 'reference', h.reference, 'said', e.kind, 'at', iso(e.recorded_at), 'attempts', v.attempts),
            'receivedAt', iso(v.given_up_at)), v.given_up_at, v.id
          from tmf_event v join tmf_subscription s on s.id = v.subscription_id join partner p on p.id = s.partner_id join handoff h on h.id = v.handoff_id
            join handoff_entry e on e.id = v.entry_id where v.given_up_at is not null ${from('v.given_up_at', 'v.id')})) stuck
       order by stuck_at, id limit $1`,
      [query.limit + 1, ...(after ? [after.at, after.id] : [])],
    );
    return paged(rows, query.limit);
  }
}

/** Whose a letter is: of partner `p`, if anybody's we know. */
const LETTER_OF = `case when p.id is not null then json_build_object('id', p.id, 'name', p.name, 'kind', p.kind) end`;
