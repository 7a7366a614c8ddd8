import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DeviceModel, DeviceModelBody, DeviceModelPage, ModelImportAnswer, ModelImportRow } from '#contracts';
import { openTable } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, sqlState, type Clock } from '#platform';
import {
  columnsOf,
  readModelRow,
  withoutContradictions,
  type ModelRow,
  type ReadModelRow,
} from './model-import.rules.js';

const UNIQUE_VIOLATION = '23505';
const MOST_RESULTS = 500;
/** More is no table of phones. */
const MOST_ROWS = 100_000;

const MODEL = `json_build_object('id', m.id, 'brand', m.brand, 'name', m.name, 'os', m.os, 'sim', m.sim,
  'tacs', (select count(*)::int from device_tac t where t.model_id = m.id))`;

/** Which phones there are, and by which first digits of an IMEI they are known. */
@Injectable()
export class DeviceModels {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async list(
    tx: EntityManager,
    principal: Principal,
    { q, limit, cursor }: { q?: string | undefined; limit: number; cursor?: string | undefined },
  ): Promise<DeviceModelPage> {
    demand(principal, 'device.read');
    const after = cursor === undefined ? null : cursor.split('\n');
    const rows: { item: DeviceModel }[] = await tx.query(
      `select ${MODEL} as item from device_model m
       where ($1::text is null or lower(m.brand || ' ' || m.name) like '%' || lower($1) || '%' or exists (select from device_tac t where t.model_id = m.id and t.tac = left($1, 8)))
         and ($2::text is null or (lower(m.brand), lower(m.name)) > ($2, $3)) order by lower(m.brand), lower(m.name) limit $4`,
      [q ?? null, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    const items = rows.slice(0, limit).map(({ item }) => item);
    const last = items.at(-1);
    const more = rows.length > limit && last;
    return { items, nextCursor: more ? `${last.brand}\n${last.name}`.toLowerCase() : null };
  }

  /** @throws DomainError permission.denied, device_model.exists, device_model.tac_taken */
  async add(tx: EntityManager, principal: Principal, body: DeviceModelBody): Promise<DeviceModel> {
    demand(principal, 'device.manage');
    const id = newId();
    await this.named(() =>
      tx.query(
        'insert into device_model (id, brand, name, os, sim, created_at, changed_at) values ($1, $2, $3, $4, $5, $6, $6)',
        [id, body.brand, body.name, body.os, body.sim, this.clock.now()],
      ),
    );
    await this.keepTacs(tx, id, body.tacs);
    return this.one(tx, id);
  }

  /** Its TACs become these. @throws DomainError as `add`; device_model.not_found */
  async change(tx: EntityManager, principal: Principal, id: string, body: DeviceModelBody): Promise<DeviceModel> {
    demand(principal, 'device.manage');
    const [, count] = await this.named<[unknown[], number]>(() =>
      tx.query('update device_model set brand = $2, name = $3, os = $4, sim = $5, changed_at = $6 where id = $1', [
        ...[id, body.brand, body.name, body.os, body.sim, this.clock.now()],
      ]),
    );
    if (count === 0) throw new DomainError('device_model.not_found');
    await tx.query('delete from device_tac where model_id = $1 and tac <> all($2)', [id, body.tacs]);
    await this.keepTacs(tx, id, body.tacs);
    return this.one(tx, id);
  }

  async tacs(tx: EntityManager, principal: Principal, id: string): Promise<string[]> {
    demand(principal, 'device.read');
    const rows: { tac: string }[] = await tx.query('select tac from device_tac where model_id = $1 order by tac', [id]);
    return rows.map(({ tac }) => tac);
  }

  /**
   * Takes a table of models; sent again it changes nothing. Lines that cannot be taken are refused, each with its reasons.
   * @param dryRun tells what would be, writes nothing
   * @throws DomainError permission.denied, device_model.no_columns, import.unreadable, request.too_large
   */
  async import(
    tx: EntityManager,
    principal: Principal,
    file: AsyncIterable<Buffer>,
    dryRun: boolean,
  ): Promise<ModelImportAnswer> {
    demand(principal, 'device.manage');
    const table = await openTable(file);
    const columns = table.header ? columnsOf(table.header) : null;
    if (!columns) throw new DomainError('device_model.no_columns');
    const read: ReadModelRow[] = [];
    for await (const { line, cells } of table.rows) {
      read.push(readModelRow(columns, cells, line));
      if (read.length > MOST_ROWS) throw new DomainError('request.too_large');
    }
    // Two tables at once would each miss the models of the other.
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('device_model', 0))`);
    const results = await this.take(tx, withoutContradictions(read), dryRun);
    const of = (outcome: ModelImportRow['outcome']) => results.filter((row) => row.outcome === outcome).length;
    return {
      ...{ dryRun, rows: results.length },
      ...{ created: of('created'), updated: of('updated'), unchanged: of('unchanged'), refused: of('refused') },
      results: results
        .toSorted((one, other) => Number(other.outcome === 'refused') - Number(one.outcome === 'refused'))
        .slice(0, MOST_RESULTS),
    };
  }

  private async take(tx: EntityManager, rows: ReadModelRow[], dryRun: boolean): Promise<ModelImportRow[]> {
    const models = rows.flatMap(({ row, model }) => (model ? [{ row, ...model }] : []));
    const known: { row: number; outcome: ModelImportRow['outcome'] }[] = await tx.query(OUTCOMES, [
      JSON.stringify(models),
    ]);
    if (!dryRun) {
      await tx.query(TAKE_MODELS, [JSON.stringify(models), this.clock.now()]);
      await tx.query(TAKE_TACS, [JSON.stringify(models), this.clock.now()]);
      await nameDevices(tx);
    }
    const outcomes = new Map(known.map(({ row, outcome }) => [row, outcome]));
    return rows.map(({ row, model, reasons }) => ({
      ...{ row, tac: model?.tac ?? null, model: model && said(model), reasons },
      outcome: model ? (outcomes.get(row) ?? 'unchanged') : 'refused',
    }));
  }

  private async one(tx: EntityManager, id: string): Promise<DeviceModel> {
    const rows: { item: DeviceModel }[] = await tx.query(
      `select ${MODEL} as item from device_model m where m.id = $1`,
      [id],
    );
    if (!rows[0]) throw new DomainError('device_model.not_found');
    return rows[0].item;
  }

  private async keepTacs(tx: EntityManager, id: string, tacs: string[]): Promise<void> {
    await tx.query(
      `insert into device_tac (tac, model_id, changed_at) select t, $1, $3 from unnest($2::text[]) t on conflict (tac) do nothing`,
      [id, tacs, this.clock.now()],
    );
    const taken: { tac: string }[] = await tx.query(
      'select tac from device_tac where tac = any($2) and model_id <> $1 order by tac',
      [id, tacs],
    );
    if (taken.length > 0) throw new DomainError('device_model.tac_taken', { tacs: taken.map(({ tac }) => tac) });
    await nameDevices(tx);
  }

  private async named<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (sqlState(error) === UNIQUE_VIOLATION) throw new DomainError('device_model.exists');
      throw error;
    }
  }
}

const said = ({ brand, model }: ModelRow): string => `${brand} ${model}`;

/** Phones whose model was in no table when they were shown are named as soon as it is. */
const nameDevices = (tx: EntityManager): Promise<unknown> =>
  tx.query(
    'update device d set model_id = t.model_id from device_tac t where d.model_id is null and d.imei is not null and t.tac = left(d.imei, 8)',
  );

const ROWS = `jsonb_to_recordset($1) r (row int, tac text, brand text, model text, os text, sim jsonb)`;
const SIM = `(select array_agg(s) from jsonb_array_elements_text(case jsonb_typeof(r.sim) when 'array' then r.sim else '[]' end) s)`;

const OUTCOMES = `select r.row, case when t.tac is null then 'created'
    when lower(m.brand) = lower(r.brand) and lower(m.name) = lower(r.model) and (r.os is null or r.os = m.os) and (${SIM} is null or ${SIM} = m.sim) then 'unchanged'
    else 'updated' end as outcome
  from ${ROWS} left join device_tac t on t.tac = r.tac left join device_model m on m.id = t.model_id`;

const TAKE_MODELS = `insert into device_model (id, brand, name, os, sim, created_at, changed_at)
  select gen_random_uuid(), r.brand, r.model, coalesce(r.os, 'other'), coalesce(${SIM}, '{}'), $2, $2
  from (select distinct on (lower(brand), lower(model)) * from ${ROWS} order by lower(brand), lower(model), (os is null)::int + (sim = 'null')::int, row) r
  on conflict (lower(brand), lower(name)) do update set os = case when excluded.os = 'other' then device_model.os else excluded.os end,
    sim = case when excluded.sim = '{}' then device_model.sim else excluded.sim end, changed_at = excluded.changed_at`;

const TAKE_TACS = `insert into device_tac (tac, model_id, changed_at)
  select distinct on (r.tac) r.tac, m.id, $2 from ${ROWS} join device_model m on lower(m.brand) = lower(r.brand) and lower(m.name) = lower(r.model) order by r.tac, r.row
  on conflict (tac) do update set model_id = excluded.model_id, changed_at = excluded.changed_at where device_tac.model_id <> excluded.model_id`;
