import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { NewIncidentBody, PatchIncidentBody } from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { readable } from '../intake.rules.js';
import { NextActions } from '../ownership/next-actions.js';
import { actorOf } from '../record.js';
import { recordMany } from '../record-many.js';
import { IncidentCases, incidentOf } from './incident-cases.service.js';

/** Many cases of one cause: opened, told of, resolved. What each customer lacks stays theirs: an incident closes no impact. */
@Injectable()
export class Incidents {
  constructor(
    private readonly cases: IncidentCases,
    private readonly plans: NextActions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns its id @throws DomainError permission.denied */
  async open(tx: EntityManager, principal: Principal, body: NewIncidentBody): Promise<string> {
    demand(principal, 'supervise');
    const id = newId();
    await tx.query(
      `insert into incident (id, reference, title, kind, told_es, told_en, look, opened_by, opened_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        id,
        body.reference === undefined ? null : readable(body.reference),
        readable(body.title),
        body.kind,
        readable(body.told.es),
        readable(body.told.en),
        body.look === undefined ? null : asJson(body.look),
        principal.id,
        this.clock.now(),
      ],
    );
    if (body.caseIds) await this.cases.add(tx, principal, id, body.caseIds);
    return id;
  }

  /** @throws DomainError permission.denied, incident.not_found, incident.resolved on resolving it again, incident.due_passed */
  async change(tx: EntityManager, principal: Principal, id: string, body: PatchIncidentBody): Promise<void> {
    demand(principal, 'supervise');
    const { state } = await incidentOf(tx, id, 'update');
    await tx.query(
      `update incident set title = coalesce($2, title), kind = coalesce($3, kind), reference = case when $4 then $5 else reference end,
         told_es = coalesce($6, told_es), told_en = coalesce($7, told_en), look = case when $8 then $9::jsonb else look end where id = $1`,
      [
        id,
        body.title === undefined ? null : readable(body.title),
        body.kind ?? null,
        body.reference !== undefined,
        body.reference ? readable(body.reference) : null,
        body.told ? readable(body.told.es) : null,
        body.told ? readable(body.told.en) : null,
        body.look !== undefined,
        body.look ? asJson(body.look) : null,
      ],
    );
    if (body.state === undefined) return;
    if (state === 'resolved') throw new DomainError('incident.resolved');
    await this.resolve(tx, principal, id, body.next ? new Date(body.next.dueAt) : null);
  }

  /** Its open cases are told, and each gets somebody to make sure that it works, by `dueAt`; null: they go on as they are. */
  private async resolve(tx: EntityManager, principal: Principal, id: string, dueAt: Date | null): Promise<void> {
    const now = this.clock.now();
    if (dueAt && dueAt < now) throw new DomainError('incident.due_passed');
    const [rows]: [{ title: string }[], number] = await tx.query(
      `update incident set state = 'resolved', resolved_by = $2, resolved_at = $3 where id = $1 returning title`,
      [id, principal.id, now],
    );
    const open: { id: string }[] = await tx.query(
      `select c.id from cases c where c.is_open and c.id in (select m.case_id from incident_case m where m.incident_id = $1 and m.state = 'in')
       order by c.id for no key update`,
      [id],
    );
    // What nobody has decided on has nothing to become part of any more.
    await tx.query(
      `update incident_case set state = 'out', removed_by = $2, removed_at = $3 where incident_id = $1 and state = 'proposed'`,
      [id, principal.id, now],
    );
    const actor = actorOf(principal);
    const caseIds = open.map((one) => one.id);
    const planned = dueAt && (await this.plans.planMany(tx, actor, caseIds, { code: 'confirm_solved', dueAt }));
    const resolved = { type: 'incident.resolved' as const, data: { incidentId: id, title: rows[0]?.title ?? '' } };
    const items = caseIds.map((caseId) => ({ caseId, events: planned ? [resolved, planned] : [resolved] }));
    await recordMany(tx, actor, 'incident', now, items);
  }
}

const asJson = (value: object): string => JSON.stringify(value).replaceAll('\\u0000', '');
