import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { BreakGlassQuery, BrokenGlass, BrokenGlassPage } from '#contracts';
import type { z } from 'zod';
import { decodeCursor, FROM_MICROS, MICROS, paged } from './cursor.js';

const ROW = `json_build_object('id', g.id, 'how', g.how, 'case', json_build_object('id', c.id, 'reference', c.reference, 'customer', c.customer_name),
  'person', json_build_object('id', a.id, 'displayName', a.display_name),
  'store', case when s.id is not null then json_build_object('id', s.id, 'name', s.name) end,
  'reason', g.reason, 'at', iso(g.created_at), 'until', iso(g.until),
  'reviewedBy', case when r.id is not null then json_build_object('id', r.id, 'displayName', r.display_name) end, 'reviewedAt', iso(g.reviewed_at))`;

const STATES = { open: 'g.reviewed_at is null', reviewed: 'g.reviewed_at is not null', all: 'true' };

/** Who opened a case that was none of theirs, newest first. For those who look after that. */
@Injectable()
export class GlassView {
  constructor(private readonly database: DataSource) {}

  async list(query: z.infer<typeof BreakGlassQuery>): Promise<BrokenGlassPage> {
    const after = decodeCursor(query.cursor);
    const rows: { item: BrokenGlass; at: string; id: string }[] = await this.database.query(
      `select ${ROW} as item, ${MICROS('g.created_at')} as at, g.id
       from break_glass g join cases c on c.id = living_case(g.case_id) join agent a on a.id = g.agent_id
         left join store s on s.id = g.store_id left join agent r on r.id = g.reviewed_by
       where ${STATES[query.state]} ${after ? `and (g.created_at, g.id) < (${FROM_MICROS('$2')}, $3::uuid)` : ''}
       order by g.created_at desc, g.id desc limit $1`,
      [query.limit + 1, ...(after ? [after.at, after.id] : [])],
    );
    return paged(rows, query.limit);
  }
}
