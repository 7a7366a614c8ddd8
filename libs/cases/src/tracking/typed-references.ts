import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { STRANGE_REFERENCES_PER_HOUR } from '#contracts';
import { DomainError, newId } from '#platform';
import { visibleStore, type Principal } from '#identity';
import { visible } from '../case-access.js';
import { actorOf, record } from '../record.js';
import { parseReference } from '../reference.rules.js';
import { Doors } from './doors.js';

const HOURLY = { attempts: STRANGE_REFERENCES_PER_HOUR, minutes: 60 };

/** What staff state of whose arrival they write down. */
interface Stated {
  caseReference?: string | undefined;
  customerId?: string | undefined;
}

/**
 * References that whoever does not see all cases types to write an arrival down. Each one that is wrong or of a case they do not
 * see counts: nobody gets to cases of others by trying.
 */
@Injectable()
export class TypedReferences {
  constructor(
    private readonly database: DataSource,
    private readonly doors: Doors,
  ) {}

  /**
   * Counts a strange reference before it is answered, in a transaction of its own. One of a case they see, or of the customer they
   * have found already, is none.
   * @throws DomainError reference.throttled
   */
  async admit(principal: Principal, { caseReference, customerId }: Stated): Promise<void> {
    if (!caseReference || visibleStore(principal) === null) return;
    if (await this.isTheirs(principal, caseReference, customerId)) return;
    if (await this.doors.knock(`reference:${principal.id}`, HOURLY)) throw new DomainError('reference.throttled');
  }

  private async isTheirs(principal: Principal, typed: string, customerId: string | undefined): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      `select from cases c where c.reference = $1
         and (${visible('$2', 'living_case(c.id)')} or living_customer(c.customer_id) = living_customer($3::uuid))`,
      [parseReference(typed), visibleStore(principal), customerId ?? null],
    );
    return rows.length > 0;
  }
}

/** Puts it on the case and before supervisors that a store got to it by its reference and nothing else. */
export async function tellReached(
  tx: EntityManager,
  now: Date,
  principal: Principal,
  { caseId, storeId, reference }: { caseId: string; storeId: string; reference: string },
): Promise<void> {
  const stores: { name: string }[] = await tx.query('select name from store where id = $1', [storeId]);
  if (!stores[0]) throw new DomainError('store.not_found');
  await tx.query(
    `insert into break_glass (id, case_id, agent_id, store_id, how, created_at) values ($1, $2, $3, $4, 'reference', $5)`,
    [newId(), caseId, principal.id, storeId, now],
  );
  await record(tx, caseId, actorOf(principal), 'api', now, [
    { type: 'case.reached', data: { reference, storeId, storeName: stores[0].name } },
  ]);
}
