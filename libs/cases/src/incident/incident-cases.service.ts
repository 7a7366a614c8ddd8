import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  INCIDENT_CASES_AT_ONCE,
  may,
  type AddedCases,
  type AddOutcome,
  type CaseIncidents,
  type FilterPreview,
  type IncidentFilter,
} from '#contracts';
import { demand, visibleStore, type Principal } from '#identity';
import { CLOCK, DomainError, plannedEachTime, type Clock } from '#platform';
import { findCase, visible } from '../case-access.js';
import { actorOf } from '../record.js';
import { recordMany } from '../record-many.js';
import { likeThis } from './filter.sql.js';

const SHOWN = 20;

interface OpenIncident {
  id: string;
  title: string;
  state: 'open' | 'resolved';
}

/** @throws DomainError incident.not_found */
export async function incidentOf(tx: EntityManager, id: string, lock: 'share' | 'update'): Promise<OpenIncident> {
  const rows: OpenIncident[] = await tx.query(`select id, title, state from incident where id = $1 for ${lock}`, [id]);
  if (!rows[0]) throw new DomainError('incident.not_found');
  return rows[0];
}

/** Which cases are part of an incident. Nothing is added by itself: what is alike is shown, and a person adds it. */
@Injectable()
export class IncidentCases {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * Adds cases; by somebody who may not decide they are proposed.
   * @returns what became of each, in the order asked for
   * @throws DomainError permission.denied, incident.not_found, incident.resolved
   */
  async add(
    tx: EntityManager,
    principal: Principal,
    incidentId: string,
    caseIds: readonly string[],
  ): Promise<AddedCases['items']> {
    demand(principal, 'case.read_all');
    const incident = await incidentOf(tx, incidentId, 'share');
    if (incident.state === 'resolved') throw new DomainError('incident.resolved');
    const decides = may(principal.role, 'supervise');
    const seen: { id: string; isOpen: boolean }[] = await tx.query(
      `select c.id, c.is_open as "isOpen" from cases c where c.id = any($1) and ${visible('$2')} order by c.id for no key update`,
      [caseIds, visibleStore(principal)],
    );
    const open = seen.filter(({ isOpen }) => isOpen).map(({ id }) => id);
    const now = this.clock.now();
    const put: { caseId: string }[] = await tx.query(
      `insert into incident_case as m (id, incident_id, case_id, state, added_by, added_at)
       select new_id(), $1, id, $3, $4, $5 from unnest($2::uuid[]) id
       on conflict (incident_id, case_id) where state <> 'out' do update set state = 'in', added_by = excluded.added_by, added_at = excluded.added_at
         where m.state = 'proposed' and excluded.state = 'in'
       returning case_id as "caseId"`,
      [incidentId, open, decides ? 'in' : 'proposed', principal.id, now],
    );
    const changed = new Set(put.map(({ caseId }) => caseId));
    if (decides) await this.tell(tx, principal, incident, 'incident.joined', [...changed]);
    const stands = new Map(seen.map(({ id, isOpen }) => [id, isOpen]));
    return [...new Set(caseIds)].map((caseId) => {
      const isOpen = stands.get(caseId);
      const outcome: AddOutcome =
        isOpen === undefined
          ? 'not_found'
          : !isOpen
            ? 'over'
            : !changed.has(caseId)
              ? 'already'
              : decides
                ? 'added'
                : 'proposed';
      return { caseId, outcome };
    });
  }

  /** As `add`, of all that a filter finds. @throws DomainError incident.too_many */
  async addLike(
    tx: EntityManager,
    principal: Principal,
    incidentId: string,
    filter: IncidentFilter,
  ): Promise<AddedCases['items']> {
    demand(principal, 'supervise');
    const found = await this.find(tx, incidentId, filter);
    if (found.length > INCIDENT_CASES_AT_ONCE)
      throw new DomainError('incident.too_many', { limit: INCIDENT_CASES_AT_ONCE });
    const ids = found.filter(({ isIn }) => !isIn).map(({ id }) => id);
    return this.add(tx, principal, incidentId, ids);
  }

  /** How many and which a filter would add. @throws DomainError permission.denied, incident.not_found */
  async preview(
    tx: EntityManager,
    principal: Principal,
    incidentId: string | null,
    filter: IncidentFilter,
  ): Promise<FilterPreview> {
    demand(principal, 'supervise');
    if (incidentId) await incidentOf(tx, incidentId, 'share');
    const found = await this.find(tx, incidentId, filter);
    const fresh = found.filter(({ isIn }) => !isIn);
    const cases: FilterPreview['cases'] = await tx.query(
      `select c.id as "caseId", c.reference, c.customer_name as customer, c.problem, c.preview, c.channels, c.lacks
       from unnest($1::uuid[]) with ordinality w (id, n) join cases c on c.id = w.id order by w.n`,
      [fresh.slice(0, SHOWN).map(({ id }) => id)],
    );
    const capped = found.length > INCIDENT_CASES_AT_ONCE;
    return {
      count: Math.min(fresh.length, INCIDENT_CASES_AT_ONCE),
      already: found.length - fresh.length,
      capped,
      cases,
    };
  }

  /**
   * Takes cases out again, and refuses what was proposed.
   * @returns how many
   * @throws DomainError permission.denied, incident.not_found
   */
  async remove(
    tx: EntityManager,
    principal: Principal,
    incidentId: string,
    caseIds: readonly string[],
  ): Promise<number> {
    demand(principal, 'supervise');
    const incident = await incidentOf(tx, incidentId, 'share');
    await tx.query('select from cases where id = any($1) order by id for no key update', [caseIds]);
    const were: { id: string; caseId: string; state: string }[] = await tx.query(
      `select id, case_id as "caseId", state from incident_case where incident_id = $1 and case_id = any($2) and state <> 'out' for update`,
      [incidentId, caseIds],
    );
    await tx.query(`update incident_case set state = 'out', removed_by = $2, removed_at = $3 where id = any($1)`, [
      were.map(({ id }) => id),
      principal.id,
      this.clock.now(),
    ]);
    const left = were.filter(({ state }) => state === 'in').map(({ caseId }) => caseId);
    await this.tell(tx, principal, incident, 'incident.left', left);
    return were.length;
  }

  /** What a case is part of, and what it may be part of. @throws DomainError case.not_found */
  async ofCase(tx: EntityManager, principal: Principal, idOrReference: string): Promise<CaseIncidents> {
    const caseId = await findCase(tx, principal, idOrReference);
    const one = `json_build_object('id', n.id, 'reference', n.reference, 'title', n.title, 'kind', n.kind, 'state', n.state,
      'told', json_build_object('es', n.told_es, 'en', n.told_en)`;
    const items: { item: CaseIncidents['items'][number] }[] = await tx.query(
      `select ${one}, 'membership', m.state) as item from incident_case m join incident n on n.id = m.incident_id
       where m.case_id = $1 and m.state <> 'out' order by n.state, n.opened_at desc limit 20`,
      [caseId],
    );
    const looked: { item: CaseIncidents['suggested'][number]; id: string; look: IncidentFilter; openedAt: Date }[] =
      await tx.query(
        `select ${one}) as item, n.id, n.look, n.opened_at as "openedAt" from incident n
         where n.state = 'open' and n.look is not null and not exists (select from incident_case m where m.incident_id = n.id and m.case_id = $1)
         order by n.opened_at desc limit 20`,
        [caseId],
      );
    const suggested: CaseIncidents['suggested'] = [];
    for (const { item, look, openedAt } of looked) if (await isLike(tx, caseId, look, openedAt)) suggested.push(item);
    return { items: items.map(({ item }) => item), suggested };
  }

  private async find(
    tx: EntityManager,
    incidentId: string | null,
    filter: IncidentFilter,
  ): Promise<{ id: string; isIn: boolean }[]> {
    const values: unknown[] = [incidentId];
    const condition = likeThis(filter, this.clock.now(), (value) => `$${values.push(value)}`);
    return tx.query(
      plannedEachTime(
        `select c.id, exists (select from incident_case m where m.incident_id = $1::uuid and m.case_id = c.id and m.state = 'in') as "isIn"
         from cases c join customer cu on cu.id = c.customer_id where ${condition} order by c.last_interaction_at desc, c.id desc limit ${INCIDENT_CASES_AT_ONCE + 1}`,
      ),
      values,
    );
  }

  private tell(
    tx: EntityManager,
    principal: Principal,
    { id: incidentId, title }: OpenIncident,
    type: 'incident.joined' | 'incident.left',
    caseIds: readonly string[],
  ): Promise<void> {
    const events = [{ type, data: { incidentId, title } }];
    const items = caseIds.map((caseId) => ({ caseId, events }));
    return recordMany(tx, actorOf(principal), 'incident', this.clock.now(), items);
  }
}

/** Whether a case has what an incident looks for; heard of since a day before it was opened. */
async function isLike(tx: EntityManager, caseId: string, look: IncidentFilter, openedAt: Date): Promise<boolean> {
  const values: unknown[] = [caseId];
  const condition = likeThis(look, openedAt, (value) => `$${values.push(value)}`);
  const rows: unknown[] = await tx.query(
    plannedEachTime(`select from cases c join customer cu on cu.id = c.customer_id where c.id = $1 and ${condition}`),
    values,
  );
  return rows.length > 0;
}
