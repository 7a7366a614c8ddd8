import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { JoinDevicesBody, OwnerBody, ReplaceDeviceBody, RevealedDevice } from '#contracts';
import { actorOf, lockCase, ProofService, record } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, type Clock } from '#platform';
import { chainOf } from './device-chain.js';
import { demandOnCase, lockDevice } from './device.store.js';
import { Devices } from './devices.service.js';
import { giveTo, ownerOf } from './owners.js';
import { joinNumbers } from './stated.rules.js';

/** Whose a phone is, which other one it turned out to be, and which one took its place: told on the case it comes from. */
@Injectable()
export class DeviceRecords {
  constructor(
    private readonly devices: Devices,
    private readonly proofs: ProofService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * From now on it is the customer's of this case; whose it was stays on record.
   * @throws DomainError permission.denied, case.not_found, device.not_found, device.not_on_case
   */
  async give(
    tx: EntityManager,
    principal: Principal,
    caseId: string,
    id: string,
    { reason }: OwnerBody,
  ): Promise<void> {
    demand(principal, 'device.write');
    const found = await lockCase(tx, principal, caseId);
    const device = await lockDevice(tx, id);
    await demandOnCase(tx, found.id, device.id);
    if ((await ownerOf(tx, device.id)) === found.customerId) return;
    await giveTo(tx, device.id, found.customerId, this.clock.now(), reason);
    await tx.query('update case_device set another = false where case_id = $1 and device_id = $2', [
      found.id,
      device.id,
    ]);
    await record(tx, found.id, actorOf(principal), 'api', this.clock.now(), [
      { type: 'device.owner_changed', data: { deviceId: device.id, name: device.name, reason } },
    ]);
  }

  /**
   * Two records are one phone: the other one's numbers go to this one, and what was written of it is read as of this one.
   * @throws DomainError permission.denied, case.not_found, device.not_found, device.not_on_case, device.too_many_numbers,
   *   device.other_number; device.own_replacement when one of them took the place of the other
   */
  async join(
    tx: EntityManager,
    principal: Principal,
    caseId: string,
    id: string,
    body: JoinDevicesBody,
  ): Promise<string> {
    demand(principal, 'device.join');
    const found = await lockCase(tx, principal, caseId);
    // Everybody who locks two locks them in one order.
    for (const one of [id, body.otherId].toSorted()) await lockDevice(tx, one);
    const kept = await lockDevice(tx, id);
    const taken = await lockDevice(tx, body.otherId);
    await demandOnCase(tx, found.id, kept.id);
    if (kept.id === taken.id) return kept.id;
    if ((await chainOf(tx, kept.id)).some(({ id: other }) => other === taken.id))
      throw new DomainError('device.own_replacement');
    const imeis = [taken.imei, taken.imei2].filter((imei) => imei !== null);
    const joined = joinNumbers(kept, { imeis, meid: taken.meid, serial: taken.serial });
    if ('differs' in joined)
      throw new DomainError(joined.differs.includes('imei2') ? 'device.too_many_numbers' : 'device.other_number', {
        fields: joined.differs,
      });
    const { imei, imei2, meid, serial } = joined.numbers;
    await tx.query('update device set imei = null, imei2 = null, meid = null, joined_into = $2 where id = $1', [
      ...[taken.id, kept.id],
    ]);
    await tx.query(
      `update device d set imei = $2, imei2 = $3, meid = $4, serial = $5, model_id = coalesce(d.model_id, o.model_id),
         model_name = coalesce(d.model_name, o.model_name), purchase = coalesce(d.purchase, o.purchase),
         replaced_by = coalesce(d.replaced_by, o.replaced_by), replaced_why = case when d.replaced_by is null then o.replaced_why else d.replaced_why end,
         replaced_at = case when d.replaced_by is null then o.replaced_at else d.replaced_at end
       from device o where d.id = $1 and o.id = $6`,
      [kept.id, imei, imei2, meid, serial, taken.id],
    );
    await this.joinOwners(tx, kept.id, taken.id);
    await tx.query(
      `insert into case_device (case_id, device_id, first_at, last_at, presented_by, another)
       select case_id, $1, first_at, last_at, presented_by, another from case_device where device_id = $2 on conflict do nothing`,
      [kept.id, taken.id],
    );
    await record(tx, found.id, actorOf(principal), 'api', this.clock.now(), [
      { type: 'device.joined', data: { deviceId: kept.id, name: kept.name, otherId: taken.id, reason: body.reason } },
    ]);
    return kept.id;
  }

  /** The kept one's owner stays; of nobody it becomes the other one's. */
  private async joinOwners(tx: EntityManager, kept: string, taken: string): Promise<void> {
    const [own, other] = [await ownerOf(tx, kept), await ownerOf(tx, taken)];
    const now = this.clock.now();
    await tx.query(
      `update device_ownership set until = greatest("from", $2::timestamptz) where device_id = $1 and until is null`,
      [taken, now],
    );
    if (!own && other) await giveTo(tx, kept, other, now);
  }

  /**
   * Another phone took the place of this one; it is on the case and the customer's from now on.
   * @returns its id
   * @throws DomainError as `Devices.present`; device.not_found, device.not_on_case, device.replaced_already, device.own_replacement
   */
  async replace(
    tx: EntityManager,
    principal: Principal,
    caseId: string,
    id: string,
    body: ReplaceDeviceBody,
  ): Promise<string> {
    demand(principal, 'device.write');
    const { reason, ...named } = body;
    const found = await lockCase(tx, principal, caseId);
    const old = await lockDevice(tx, id);
    await demandOnCase(tx, found.id, old.id);
    if (old.replacedBy) throw new DomainError('device.replaced_already', { deviceId: old.replacedBy });
    const { deviceId } = await this.devices.present(tx, principal, { ...named, caseId: found.id });
    if ((await chainOf(tx, deviceId)).some((one) => one.id === old.id)) throw new DomainError('device.own_replacement');
    const now = this.clock.now();
    await tx.query('update device set replaced_by = $2, replaced_at = $3, replaced_why = $4 where id = $1', [
      ...[old.id, deviceId, now, reason],
    ]);
    const { name: byName } = await lockDevice(tx, deviceId);
    const data = { deviceId: old.id, name: old.name, byDeviceId: deviceId, byName, reason };
    await record(tx, found.id, actorOf(principal), 'api', now, [{ type: 'device.replaced', data }]);
    return deviceId;
  }

  /**
   * Its numbers whole, to be read out to somebody who has proven who they are; who read them is written down.
   * @throws DomainError permission.denied, case.not_found, device.not_found, device.not_on_case, proof.required
   */
  async reveal(tx: EntityManager, principal: Principal, caseId: string, id: string): Promise<RevealedDevice> {
    demand(principal, 'device.read');
    const found = await lockCase(tx, principal, caseId);
    const device = await lockDevice(tx, id);
    await demandOnCase(tx, found.id, device.id);
    await this.proofs.demandProof(tx, principal, found.id, 'identifier.show');
    await record(tx, found.id, actorOf(principal), 'api', this.clock.now(), [
      { type: 'device.shown', data: { deviceId: device.id, name: device.name } },
    ]);
    const { imei, imei2, meid, serial } = device;
    return { imei, imei2, meid, serial };
  }
}
