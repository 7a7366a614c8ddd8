import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Purchase, WarrantyTermBody, WarrantyTermView } from '#contracts';
import { actorOf, lockCase, record } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, CONFIG, DomainError, newId, type Clock, type Config } from '#platform';
import { repairSpans } from '../devices/device-history.js';
import { demandOnCase, FAMILY, lockDevice } from '../devices/device.store.js';
import { dayIn } from './days.rules.js';
import { ParameterShelf } from './parameter-shelf.js';
import { termsOf, type StatedTerm } from './terms.rules.js';

/** How long who answers for a phone, as of today. */
@Injectable()
export class WarrantyTerms {
  constructor(
    private readonly shelf: ParameterShelf,
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(
    tx: EntityManager,
    device: { id: string; brand: string | null; purchase: Purchase | null },
  ): Promise<WarrantyTermView[]> {
    const stated: StatedTerm[] = await tx.query(
      `select id, kind, provider, number, starts_on::text as "startsOn", ends_on::text as "endsOn", clause from warranty_term
       where device_id in ${FAMILY} and removed_at is null order by ends_on desc, id`,
      [device.id],
    );
    const day = (at: Date) => dayIn(this.config.timeZone, at);
    const spans = (await repairSpans(tx, device.id)).map(({ from, until }) => ({
      from: day(from),
      until: until && day(until),
    }));
    const parameters = await this.shelf.all(tx);
    return termsOf(device.purchase, device.brand, stated, parameters, spans, day(this.clock.now()));
  }

  /** @throws DomainError permission.denied, case.not_found, device.not_found, device.not_on_case */
  async add(
    tx: EntityManager,
    principal: Principal,
    caseId: string,
    deviceId: string,
    body: WarrantyTermBody,
  ): Promise<void> {
    const { device, found } = await this.deviceOf(tx, principal, caseId, deviceId);
    await tx.query(
      `insert into warranty_term (id, device_id, kind, provider, number, starts_on, ends_on, clause, added_by, added_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[newId(), device.id, body.kind, body.provider, body.number ?? null, body.startsOn, body.endsOn],
        ...[body.clause ?? null, principal.id, this.clock.now()],
      ],
    );
    const { kind, provider, endsOn } = body;
    const data = { deviceId: device.id, name: device.name, kind, provider, endsOn };
    await record(tx, found.id, actorOf(principal), 'api', this.clock.now(), [{ type: 'device.term_added', data }]);
  }

  /** It stays on record as one that was taken back. @throws DomainError as `add`; warranty_term.not_found */
  async remove(tx: EntityManager, principal: Principal, caseId: string, deviceId: string, id: string): Promise<void> {
    const { device, found } = await this.deviceOf(tx, principal, caseId, deviceId);
    const [rows]: [{ kind: StatedTerm['kind']; provider: string }[], number] = await tx.query(
      `update warranty_term set removed_at = $3 where id = $2 and device_id in ${FAMILY} and removed_at is null returning kind, provider`,
      [device.id, id, this.clock.now()],
    );
    if (!rows[0]) throw new DomainError('warranty_term.not_found');
    const data = { deviceId: device.id, name: device.name, ...rows[0] };
    await record(tx, found.id, actorOf(principal), 'api', this.clock.now(), [{ type: 'device.term_removed', data }]);
  }

  private async deviceOf(tx: EntityManager, principal: Principal, caseId: string, deviceId: string) {
    demand(principal, 'device.write');
    const found = await lockCase(tx, principal, caseId);
    const device = await lockDevice(tx, deviceId);
    await demandOnCase(tx, found.id, device.id);
    return { device, found };
  }
}
