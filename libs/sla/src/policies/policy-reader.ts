import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import {
  PolicyMetric,
  WEEKDAYS,
  type Policy,
  type PolicyCondition,
  type PolicyListQuery,
  type PolicyPage,
  type PolicyPreview,
  type PolicyPreviewAsked,
  type PolicyTargets,
  type PolicyVersion,
  type PolicyVersionPage,
  type TargetCalendar,
} from '#contracts';
import { CLOCK, CONFIG, DomainError, type Clock, type Config } from '#platform';
import type { Timetable } from '../calendar/calendar.rules.js';
import { previewOf, Timetables } from '../calendar/timetables.js';
import { HOLDS, NEWEST } from './policy.store.js';

type Paged = z.infer<typeof PolicyListQuery>;

const BY = `case when a.id is not null then json_build_object('id', a.id, 'displayName', a.display_name) end`;
const VERSION = `v.version, v.conditions, v.targets, ${BY} as by, iso(v.created_at) as at`;
const RUNNING = `select count(*)::int as cases from case_ledger l where not l.is_over and l.policy_version_id = v.id`;
const ALL_WEEK = Object.fromEntries(WEEKDAYS.map((day) => [day, [{ from: '00:00', to: '24:00' }]]));

const encode = (...key: (string | number)[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');
const KEY = /^\[(\d{1,9})(?:,"([0-9a-f-]{36})")?\]$/u;
/** @throws DomainError request.invalid for anything we did not hand out */
function decode(cursor: string | undefined): [number | null, string | null] {
  if (cursor === undefined) return [null, null];
  const [whole, position, id = null] = KEY.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (whole === undefined)
    throw new DomainError('request.invalid', [{ path: 'cursor', message: 'is not a cursor of ours' }]);
  return [Number(position), id];
}

interface Considered {
  id: string;
  name: string;
  version: number;
  targets: PolicyTargets;
  not: PolicyCondition[];
}

/** Policies as a person looks at them. */
@Injectable()
export class PolicyReader {
  constructor(
    private readonly timetables: Timetables,
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In the order they are asked in. */
  async list(tx: EntityManager, { limit, cursor }: Paged): Promise<PolicyPage> {
    const rows: (Policy & { position: number })[] = await tx.query(
      `${POLICY} where $2::int is null or (p.position, p.id) > ($2, $3::uuid) order by p.position, p.id limit $1`,
      [limit + 1, ...decode(cursor)],
    );
    const items = rows.slice(0, limit).map(({ position: _, ...row }) => row);
    const last = rows[limit - 1];
    return { items, nextCursor: rows.length > limit && last ? encode(last.position, last.id) : null };
  }

  /** @throws DomainError policy.not_found */
  async find(tx: EntityManager, id: string): Promise<Policy> {
    const rows: (Policy & { position: number })[] = await tx.query(`${POLICY} where p.id = $1`, [id]);
    if (!rows[0]) throw new DomainError('policy.not_found');
    const { position: _, ...policy } = rows[0];
    return policy;
  }

  /**
   * Newest first.
   * @throws DomainError policy.not_found
   */
  async versions(tx: EntityManager, id: string, { limit, cursor }: Paged): Promise<PolicyVersionPage> {
    const rows: PolicyVersion[] = await tx.query(
      `select ${VERSION}, (${RUNNING}) as cases from sla_policy_version v left join agent a on a.id = v.created_by
       where v.policy_id = $1 and ($2::int is null or v.version < $2) order by v.version desc limit $3`,
      [id, decode(cursor)[0], limit + 1],
    );
    if (rows.length === 0 && cursor === undefined) throw new DomainError('policy.not_found');
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: rows.length > limit && last ? encode(last.version, id) : null };
  }

  /** Which policy a case like this would go by and when everything would be due, by the same code as the clocks. */
  async preview(tx: EntityManager, { caseFacts, startAt }: PolicyPreviewAsked): Promise<PolicyPreview> {
    const at = startAt ?? this.clock.now().toISOString();
    const { priority, tier, channels, lacks } = caseFacts;
    const failing = Object.entries(HOLDS).map(([key, holds]) => `case when not ${holds} then '${key}' end`);
    const considered: Considered[] = await tx.query(
      `select v.policy_id as id, v.name, v.version, v.targets, array_remove(array[${failing.join(', ')}], null) as not
       from (${NEWEST}) v cross join (select $1::text as priority, $2::text as tier, $3::text[] as channels, $4::text[] as lacks) f
       order by v.position, v.policy_id`,
      [priority, tier, channels, lacks],
    );
    const found = considered.findIndex(({ not }) => not.length === 0);
    const chosen = considered[found];
    const targets: PolicyPreview['targets'] = [];
    for (const metric of PolicyMetric.options) {
      const target = chosen?.targets[metric];
      if (!target) continue;
      const timetable = await this.timetable(tx, target.calendar);
      const preview = previewOf(timetable, { startAt: at, minutes: target.minutes });
      const timeZone = timetable.at(-1)?.timeZone ?? this.config.timeZone;
      targets.push({ metric, ...target, timeZone, ...preview });
    }
    return {
      startAt: at,
      policy: chosen ? { id: chosen.id, name: chosen.name, version: chosen.version } : null,
      passed: considered.slice(0, found < 0 ? undefined : found).map(({ id, name, not }) => ({ id, name, not })),
      targets,
    };
  }

  private async timetable(tx: EntityManager, calendar: TargetCalendar): Promise<Timetable> {
    if (calendar === 'always') return [{ timeZone: this.config.timeZone, weekly: ALL_WEEK, exceptions: [] }];
    return (await this.timetables.of(tx, calendar === 'house' ? null : calendar)).timetable;
  }
}

const POLICY = `select p.id, p.name, p.is_active as "isActive", p.position, n.*,
    coalesce((select json_agg(json_build_object('version', r.version, 'cases', r.cases) order by r.version desc) from (
      select v.version, (${RUNNING}) as cases from sla_policy_version v where v.policy_id = p.id) r where r.cases > 0), '[]') as running,
    (select r.id from policy_reapply r where r.policy_id = p.id order by r.started_at desc, r.id desc limit 1) as "reapplyId"
  from sla_policy p cross join lateral (
    select ${VERSION} from sla_policy_version v left join agent a on a.id = v.created_by where v.policy_id = p.id order by v.version desc limit 1) n`;
