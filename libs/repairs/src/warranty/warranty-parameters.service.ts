import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { WarrantyParameter, WarrantyParameterBody } from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, sqlState, type Clock } from '#platform';

const EXCLUSION_VIOLATION = '23P01';

const PARAMETER = `json_build_object('id', p.id, 'country', p.country, 'kind', p.kind, 'label', p.label, 'months', p.months, 'validFrom', p.valid_from,
  'validUntil', p.valid_until, 'clause', p.clause, 'source', p.source, 'url', p.url, 'es', p.es, 'en', p.en, 'changedAt', iso(p.changed_at),
  'changedBy', (select json_build_object('id', a.id, 'displayName', a.display_name) from agent a where a.id = p.changed_by))`;

/** Terms of the law and of makers. None is overwritten: what old decisions went by can be read as it was. */
@Injectable()
export class WarrantyParameters {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Those that hold, by kind and what they are for, newest first. */
  async list(tx: EntityManager, principal: Principal): Promise<WarrantyParameter[]> {
    demand(principal, 'device.read');
    const rows: { item: WarrantyParameter }[] = await tx.query(
      `select ${PARAMETER} as item from warranty_parameter p where p.retired_at is null order by p.country, p.kind, lower(p.label), p.valid_from desc, p.id`,
    );
    return rows.map(({ item }) => item);
  }

  /** @throws DomainError permission.denied, warranty_parameter.overlaps */
  async add(tx: EntityManager, principal: Principal, body: WarrantyParameterBody): Promise<WarrantyParameter> {
    demand(principal, 'warranty.manage');
    return this.write(tx, principal, body);
  }

  /**
   * Another takes its place, from the same day on.
   * @throws DomainError as `add`; warranty_parameter.not_found
   */
  async change(
    tx: EntityManager,
    principal: Principal,
    id: string,
    body: WarrantyParameterBody,
  ): Promise<WarrantyParameter> {
    await this.retire(tx, principal, id);
    return this.write(tx, principal, body);
  }

  /** @throws DomainError permission.denied, warranty_parameter.not_found */
  async retire(tx: EntityManager, principal: Principal, id: string): Promise<void> {
    demand(principal, 'warranty.manage');
    const [, count]: [unknown[], number] = await tx.query(
      'update warranty_parameter set retired_at = $2 where id = $1 and retired_at is null',
      [id, this.clock.now()],
    );
    if (count === 0) throw new DomainError('warranty_parameter.not_found');
  }

  private async write(
    tx: EntityManager,
    principal: Principal,
    body: WarrantyParameterBody,
  ): Promise<WarrantyParameter> {
    const id = newId();
    const { country, kind, label, months, validFrom, validUntil, clause, source, url, es, en } = body;
    try {
      await tx.query(
        `insert into warranty_parameter (id, country, kind, label, months, valid_from, valid_until, clause, source, url, es, en, changed_by, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
        [
          ...[id, country, kind, label, months, validFrom, validUntil, clause, source, url, es, en],
          ...[principal.id, this.clock.now()],
        ],
      );
    } catch (error) {
      if (sqlState(error) === EXCLUSION_VIOLATION) throw new DomainError('warranty_parameter.overlaps');
      throw error;
    }
    const rows: { item: WarrantyParameter }[] = await tx.query(
      `select ${PARAMETER} as item from warranty_parameter p where p.id = $1`,
      [id],
    );
    if (!rows[0]) throw new Error(`no warranty parameter ${id} after it was written`);
    return rows[0].item;
  }
}
