import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CaseRepairs, ReliefTask, RepairOrder } from '#contracts';
import { DomainError } from '#platform';
import { visibleTo } from '../case-row.sql.js';
import { UUID } from '../cursor.js';
import type { Reader } from '../inbox.view.js';
import { RELIEF, REPAIR, REPAIR_FROM } from './repair.sql.js';

/** Repair orders with all that stands on them. */
@Injectable()
export class RepairView {
  /**
   * The repairs of a case, newest first, and what relieves its customer meanwhile.
   * @param idOrReference a case id, or its canonical reference
   * @throws DomainError case.not_found
   */
  async ofCase(tx: EntityManager, reader: Reader, idOrReference: string): Promise<CaseRepairs> {
    const found: { id: string }[] = await tx.query(
      `select c.id from cases c where ${UUID.test(idOrReference) ? 'c.id' : 'c.reference'} = $1 and ${visibleTo('$2')}`,
      [idOrReference, reader.storeId],
    );
    if (!found[0]) throw new DomainError('case.not_found');
    return this.of(tx, found[0].id);
  }

  /** The same of a case that is in the caller's hands. */
  async of(tx: EntityManager, caseId: string): Promise<CaseRepairs> {
    const rows: { item: RepairOrder }[] = await tx.query(
      `select ${REPAIR} as item from ${REPAIR_FROM} where r.case_id = $1 order by r.opened_at desc, r.id desc limit 50`,
      [caseId],
    );
    const tasks: { relief: ReliefTask[] }[] = await tx.query(RELIEF, [caseId]);
    return { items: rows.map(({ item }) => item), relief: tasks[0]?.relief ?? [] };
  }

  /** @throws DomainError repair.not_found, also when its case is not the reader's to see */
  async one(tx: EntityManager, reader: Reader, repairId: string): Promise<RepairOrder> {
    const rows: { item: RepairOrder }[] = await tx.query(
      `select ${REPAIR} as item from ${REPAIR_FROM} join cases c on c.id = r.case_id where r.id = $1 and ${visibleTo('$2')}`,
      [repairId, reader.storeId],
    );
    if (!rows[0]) throw new DomainError('repair.not_found');
    return rows[0].item;
  }
}
