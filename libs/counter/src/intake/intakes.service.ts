import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  openGates,
  type Intake,
  type IntakeBody,
  type IntakeRow,
  type PatchIntakeBody,
  type SavedField,
} from '#contracts';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { demand, PeopleService, type Principal } from '#identity';
import { atCounter, fieldsOf, intakeOf, photosOf, type IntakeRecord } from './intake.store.js';
import { decideField, type FieldWrite } from './decide-field.js';
import { valuesOf } from './intake.values.js';

/** So many open intakes of a store are listed, the last touched first: a counter has never that many. */
const LISTED = 50;

/** Intakes and pick-ups while they are being written down: one field at a time, from any tablet of the store. */
@Injectable()
export class Intakes {
  constructor(
    private readonly people: PeopleService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Begins one. A tablet that began it without a network and says so again gets the same.
   * @throws DomainError permission.denied, store.not_found, intake.not_found for the id of somebody else's
   */
  async begin(tx: EntityManager, principal: Principal, body: IntakeBody): Promise<Intake> {
    demand(principal, 'visit.log');
    if (!(await this.people.storeExists(tx, body.storeId))) throw new DomainError('store.not_found');
    if (!atCounter(principal, body.storeId)) throw new DomainError('permission.denied', { permission: 'visit.log' });
    const id = body.id ?? newId();
    await tx.query(
      `insert into counter_intake (id, store_id, kind, state, started_by, started_at, touched_by, touched_at) values ($1, $2, $3, 'open', $4, $5, $4, $5)
       on conflict (id) do nothing`,
      [id, body.storeId, body.kind, principal.id, this.clock.now()],
    );
    const found = await this.read(tx, principal, id);
    if (found.store.id !== body.storeId || found.kind !== body.kind) throw new DomainError('intake.not_found');
    return found;
  }

  /** @throws DomainError permission.denied, intake.not_found */
  async read(tx: EntityManager, principal: Principal, id: string): Promise<Intake> {
    demand(principal, 'visit.log');
    const { caseId: _caseId, ...found } = await intakeOf(tx, principal, id);
    const fields = await fieldsOf(tx, id);
    const { values } = valuesOf(fields);
    const gates = found.state === 'open' ? openGates(found.kind, values) : [];
    return { ...found, fields, photos: await photosOf(tx, id), gates };
  }

  /** The open ones of a store, the last touched first. @throws DomainError permission.denied */
  async open(tx: EntityManager, principal: Principal, storeId: string): Promise<IntakeRow[]> {
    demand(principal, 'visit.log');
    if (!atCounter(principal, storeId)) throw new DomainError('permission.denied', { permission: 'visit.log' });
    return tx.query(
      `select i.id, i.kind, coalesce(c.display_name, p.value ->> 'displayName') as who, r.value #>> '{}' as "caseReference", m.value #>> '{}' as model,
         json_build_object('id', a.id, 'displayName', a.display_name) as "startedBy", json_build_object('id', t.id, 'displayName', t.display_name) as "touchedBy",
         iso(i.started_at) as "startedAt", iso(i.touched_at) as "touchedAt"
       from counter_intake i join agent a on a.id = i.started_by join agent t on t.id = i.touched_by
         left join counter_field k on k.intake_id = i.id and k.path = 'who.customerId' and jsonb_typeof(k.value) = 'string'
         left join customer c on c.id = (k.value #>> '{}')::uuid
         left join counter_field p on p.intake_id = i.id and p.path = 'who.person'
         left join counter_field r on r.intake_id = i.id and r.path = 'who.caseReference'
         left join counter_field m on m.intake_id = i.id and m.path = 'device.modelName'
       where i.store_id = $1 and i.state = 'open' order by i.touched_at desc, i.id desc limit ${LISTED}`,
      [storeId],
    );
  }

  /**
   * Saves fields. Of each it says what became of it: one that somebody else has changed since is left as they put it, and what says the
   * same as is kept is saved already, so that sending again does no harm.
   * @throws DomainError permission.denied, intake.not_found, intake.over
   */
  async save(tx: EntityManager, principal: Principal, id: string, body: PatchIntakeBody): Promise<SavedField[]> {
    demand(principal, 'visit.log');
    openOnly(await intakeOf(tx, principal, id, { lock: true }));
    const kept = new Map((await fieldsOf(tx, id)).map((field) => [field.path, field]));
    const taken = new Set((await photosOf(tx, id)).map((photo) => photo.id));
    const decided = body.fields.map((field) => decideField(field, kept, taken));
    const fresh = decided.flatMap(({ write }) => write ?? []);
    if (fresh.length > 0) await this.write(tx, principal, id, fresh);
    return decided.map(({ result }) => result);
  }

  /** A field that says null says so: jsonb_to_recordset would make it nothing. */
  private async write(tx: EntityManager, principal: Principal, id: string, fields: FieldWrite[]): Promise<void> {
    const now = this.clock.now();
    await tx.query(
      `insert into counter_field (intake_id, path, value, version, set_by, set_at)
       select $1, f.path, coalesce(f.value, 'null'), f.version, $3, $4 from jsonb_to_recordset($2) f(path text, value jsonb, version int)
       on conflict (intake_id, path) do update set value = excluded.value, version = excluded.version, set_by = excluded.set_by, set_at = excluded.set_at`,
      [id, JSON.stringify(fields), principal.id, now],
    );
    await tx.query('update counter_intake set touched_by = $2, touched_at = $3 where id = $1', [id, principal.id, now]);
  }

  /** Nothing comes of it. @throws DomainError permission.denied, intake.not_found, intake.over */
  async abandon(tx: EntityManager, principal: Principal, id: string, reason: string): Promise<void> {
    demand(principal, 'visit.log');
    openOnly(await intakeOf(tx, principal, id, { lock: true }));
    await tx.query(
      `update counter_intake set state = 'abandoned', reason = $2, ended_by = $3, ended_at = $4 where id = $1`,
      [id, reason, principal.id, this.clock.now()],
    );
  }
}

function openOnly({ state }: IntakeRecord): void {
  if (state !== 'open') throw new DomainError('intake.over', { state });
}
