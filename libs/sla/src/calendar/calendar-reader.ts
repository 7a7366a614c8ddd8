import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { Calendar, CalendarListQuery, CalendarPage, CalendarRow } from '#contracts';
import { CLOCK, DomainError, type Clock } from '#platform';
import { isOpenAt, nextOpening } from './calendar.rules.js';
import { Timetables } from './timetables.js';

type Stored = Pick<CalendarRow, 'id' | 'name' | 'isDefault' | 'revision' | 'stores'>;

const ROW = `c.id, c.name, c.is_default as "isDefault", c.revision,
  coalesce((select json_agg(json_build_object('id', s.id, 'name', s.name) order by s.name) from store s where s.calendar_id = c.id), '[]') as stores`;
const PERSON = (agent: string) =>
  `case when ${agent}.id is not null then json_build_object('id', ${agent}.id, 'displayName', ${agent}.display_name) end`;

const encode = (name: string): string => Buffer.from(name).toString('base64url');
const decode = (cursor: string): string => Buffer.from(cursor, 'base64url').toString();

/** Calendars as a person looks at them. */
@Injectable()
export class CalendarReader {
  constructor(
    private readonly timetables: Timetables,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** By name; a cursor is the name of the last one. */
  async list(tx: EntityManager, { limit, cursor }: z.infer<typeof CalendarListQuery>): Promise<CalendarPage> {
    const rows: Stored[] = await tx.query(
      `select ${ROW} from calendar c where $2::text is null or c.name > $2 order by c.name limit $1`,
      [limit + 1, cursor === undefined ? null : decode(cursor)],
    );
    const items: CalendarRow[] = [];
    for (const row of rows.slice(0, limit)) items.push(await this.now(tx, row));
    const last = items.at(-1);
    return { items, nextCursor: rows.length > limit && last ? encode(last.name) : null };
  }

  /** @throws DomainError calendar.not_found */
  async find(tx: EntityManager, id: string): Promise<Calendar> {
    const rows: (Stored & Pick<Calendar, 'versions' | 'exceptions'>)[] = await tx.query(
      `select ${ROW},
         (select json_agg(json_build_object('validFrom', v.valid_from::text, 'timeZone', v.time_zone, 'weekly', v.weekly, 'by', ${PERSON('a')},
            'at', iso(v.created_at)) order by v.valid_from)
          from calendar_version v left join agent a on a.id = v.created_by where v.calendar_id = c.id) as versions,
         coalesce((select json_agg(json_build_object('date', e.date::text, 'spans', e.spans, 'name', e.name, 'kind', e.kind, 'state', e.state,
            'decidedBy', ${PERSON('a')}) order by e.date)
          from calendar_exception e left join agent a on a.id = e.decided_by where e.calendar_id = c.id), '[]') as exceptions
       from calendar c where c.id = $1`,
      [id],
    );
    if (!rows[0]) throw new DomainError('calendar.not_found');
    const { versions, exceptions, ...row } = rows[0];
    return { ...(await this.now(tx, row)), versions, exceptions };
  }

  private async now(tx: EntityManager, row: Stored): Promise<CalendarRow> {
    const { timetable } = await this.timetables.of(tx, row.id);
    const now = this.clock.now();
    const today = now.toISOString().slice(0, 10);
    const next = nextOpening(timetable, now.getTime());
    const version = timetable.findLast(({ validFrom }, at) => at === 0 || (validFrom ?? '') <= today);
    return {
      ...row,
      timeZone: version?.timeZone ?? 'UTC',
      isOpen: isOpenAt(timetable, now.getTime()),
      nextOpening: next === null ? null : new Date(next).toISOString(),
    };
  }
}
