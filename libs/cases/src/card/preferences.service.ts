import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PreferencesBody } from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, type Clock } from '#platform';
import { holdCustomer } from '../identity/contact-points.sql.js';
import { ProofService } from '../identity/proof.service.js';
import { actorOf, record } from '../record.js';

/** How a customer wants to be spoken to: what one of us writes down stands over what any system says. */
@Injectable()
export class Preferences {
  constructor(
    private readonly proofs: ProofService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns the customer, who may be somebody else by now
   * @throws DomainError permission.denied, customer.not_found, proof.required
   */
  async change(tx: EntityManager, principal: Principal, customerId: string, body: PreferencesBody): Promise<string> {
    demand(principal, 'customer.prefer');
    const customer = await holdCustomer(tx, principal, customerId);
    // Without a case nobody is there who could prove anything: then one of us writes down what is on paper.
    if (customer.openCaseId) await this.proofs.demandProof(tx, principal, customer.openCaseId, 'preferences.change');
    const now = this.clock.now();
    const said = Object.entries(body).filter(([, value]) => value !== undefined);
    const changed: { field: string }[] = await tx.query(
      `insert into customer_preference as p (customer_id, field, value, source, set_by, set_at)
       select $1, field, value, 'staff', $3, $4 from jsonb_to_recordset($2::jsonb) as s (field text, value jsonb)
       on conflict (customer_id, field) do update set value = excluded.value, source = 'staff', set_by = excluded.set_by, set_at = excluded.set_at
         where p.value <> excluded.value or p.source <> 'staff'
       returning field`,
      [customer.id, JSON.stringify(said.map(([field, value]) => ({ field, value: value ?? null }))), principal.id, now],
    );
    if (body.language)
      await tx.query('update customer set language = $2, language_known = true where id = $1', [
        customer.id,
        body.language,
      ]);
    if (customer.openCaseId && changed.length > 0)
      await record(tx, customer.openCaseId, actorOf(principal), 'api', now, [
        { type: 'preferences.changed', data: { fields: changed.map(({ field }) => field).sort() } },
      ]);
    return customer.id;
  }
}
