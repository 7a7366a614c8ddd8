import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  tacOf,
  type DeviceWarning,
  type PatchDeviceBody,
  type PresentDeviceBody,
  type PresentedDevice,
} from '#contracts';
import { actorOf, FactService, lockCase, record, type CaseRecord, type NewEvent } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { DeviceFaults } from './device-faults.service.js';
import { DeviceHistories } from './device-history.js';
import {
  demandModel,
  demandOnCase,
  devicesWith,
  deviceWithSerial,
  lockDevice,
  lockNumbers,
  modelOfTac,
  namelessOf,
  type DeviceRecord,
} from './device.store.js';
import { giveTo, holderOf, ownerOf } from './owners.js';
import { Purchases } from './purchases.js';
import { joinNumbers, keysOf, readStated, type StatedNumbers, type Typed } from './stated.rules.js';

export interface PresentOrder extends PresentDeviceBody {
  caseId: string;
  /** Left out, the customer of the case. */
  customerId?: string;
}

/** Phones, as they are shown: found by any of their numbers, made once, told what was before. */
@Injectable()
export class Devices {
  constructor(
    private readonly faults: DeviceFaults,
    private readonly histories: DeviceHistories,
    private readonly purchases: Purchases,
    private readonly facts: FactService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Somebody shows or names a phone on a case. It is found by either IMEI, its MEID or its serial number, else it is made;
   * what is stated now completes what is known. Another customer's stays theirs, with a warning.
   * @throws DomainError permission.denied, case.not_found, device.number_invalid, device.two_devices, device.other_number,
   *   device_model.not_found, and what `Purchases` throws
   */
  async present(tx: EntityManager, principal: Principal, order: PresentOrder): Promise<PresentedDevice> {
    demand(principal, 'device.write');
    const numbers = demandNumbers(order);
    const found = await lockCase(tx, principal, order.caseId);
    await lockNumbers(tx, numbers);
    const { device, known, warnings } = await this.identify(tx, found.id, numbers, order);
    const customerId = order.customerId ?? found.customerId;
    const another = await this.own(tx, device, customerId);
    const events = await this.bring(tx, principal, found, device, { known, another });
    if (order.purchase) events.push(await this.purchases.set(tx, principal, found.id, device, order.purchase));
    if (order.fault)
      events.push(...(await this.faults.state(tx, principal, found, device, { kind: order.fault, said: order.said })));
    if (events.length > 0) await record(tx, found.id, actorOf(principal), 'api', this.clock.now(), events);
    if (another) warnings.push('another_owner');
    if (device.replacedBy) warnings.push('replaced');
    if (events.some(({ type }) => type === 'device.fault_returned')) warnings.push('fault_returned');
    return { deviceId: device.id, warnings, history: await this.histories.of(tx, principal, device.id, found.id) };
  }

  /**
   * Puts right what is on record: what is stated takes the place of what was.
   * @throws DomainError as `present`; device.not_found
   */
  async change(
    tx: EntityManager,
    principal: Principal,
    caseId: string,
    id: string,
    body: PatchDeviceBody,
  ): Promise<void> {
    demand(principal, 'device.write');
    const stated = demandNumbers(body);
    const found = await lockCase(tx, principal, caseId);
    await lockNumbers(tx, stated);
    const device = await lockDevice(tx, id);
    await demandOnCase(tx, found.id, device.id);
    const others = (await devicesWith(tx, keysOf(stated))).filter((other) => other !== device.id);
    if (others.length > 0) throw new DomainError('device.two_devices', { deviceIds: [device.id, ...others] });
    if (body.modelId) await demandModel(tx, body.modelId);
    const [imei = null, imei2 = null] =
      stated.imeis.length > 0 ? mended(device, body, stated) : [device.imei, device.imei2];
    await tx.query(
      `update device set imei = $2, imei2 = $3, meid = coalesce($4, meid), serial = coalesce($5, serial),
         model_id = coalesce($6, model_id), model_name = coalesce($7, model_name) where id = $1`,
      [device.id, imei, imei2, stated.meid, stated.serial, body.modelId ?? null, textOr(body.modelName)],
    );
    if (!body.purchase) return;
    const event = await this.purchases.set(tx, principal, found.id, device, body.purchase);
    await record(tx, found.id, actorOf(principal), 'api', this.clock.now(), [event]);
  }

  private async identify(tx: EntityManager, caseId: string, numbers: StatedNumbers, order: PresentOrder) {
    const modelName = textOr(order.modelName);
    const before = await knownDevice(tx, caseId, numbers, modelName);
    if (order.modelId) await demandModel(tx, order.modelId);
    const [imei] = numbers.imeis;
    const ofTac = imei === undefined ? null : await modelOfTac(tx, tacOf(imei));
    const modelId = before?.modelId ?? ofTac ?? order.modelId ?? null;
    const warnings: DeviceWarning[] = [];
    if (imei !== undefined && !modelId) warnings.push('tac_unknown');
    if (order.modelId && modelId !== order.modelId) warnings.push('model_differs');
    const device = before
      ? await complete(tx, before, numbers, modelId, modelName)
      : await this.make(tx, numbers, modelId, modelName);
    return { device, known: before !== null, warnings };
  }

  private async make(tx: EntityManager, numbers: StatedNumbers, modelId: string | null, modelName: string | null) {
    const id = newId();
    const [imei = null, imei2 = null] = numbers.imeis;
    await tx.query(
      `insert into device (id, imei, imei2, meid, serial, model_id, model_name, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, imei, imei2, numbers.meid, numbers.serial, modelId, modelName, this.clock.now()],
    );
    return lockDevice(tx, id);
  }

  /** Nobody's becomes whose it is known to be, else this customer's. @returns whether it is another's */
  private async own(tx: EntityManager, device: DeviceRecord, customerId: string): Promise<boolean> {
    const owner = await ownerOf(tx, device.id);
    if (owner) return owner !== customerId;
    const imeis = [device.imei, device.imei2].filter((imei) => imei !== null);
    const holder = (await holderOf(tx, imeis)) ?? customerId;
    await giveTo(tx, device.id, holder, this.clock.now());
    return holder !== customerId;
  }

  /** Puts it on the case; a case is told of a phone once. */
  private async bring(
    tx: EntityManager,
    principal: Principal,
    found: CaseRecord,
    { id: deviceId, name, imei }: DeviceRecord,
    { known, another }: { known: boolean; another: boolean },
  ): Promise<NewEvent[]> {
    const rows: { isNew: boolean }[] = await tx.query(
      `insert into case_device (case_id, device_id, first_at, last_at, presented_by, another) values ($1, $2, $3, $3, $4, $5)
       on conflict (case_id, device_id) do update set last_at = excluded.last_at, another = excluded.another returning xmax = 0 as "isNew"`,
      [found.id, deviceId, this.clock.now(), principal.id, another],
    );
    if (!rows[0]?.isNew) return [];
    const says = imei ?? name;
    if (says !== '')
      await this.facts.add(tx, actorOf(principal), found.id, {
        kind: 'broke',
        code: 'device',
        values: { ...(name === '' ? {} : { model: name }), ...(imei ? { imei } : {}) },
        origin: `device:${says.toLowerCase()}`,
      });
    return [{ type: 'device.presented', data: { deviceId, name, known, another } }];
  }
}

const textOr = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);

/** @throws DomainError device.number_invalid with each field and why, in both languages */
export function demandNumbers(typed: Typed): StatedNumbers {
  const { numbers, wrong } = readStated(typed);
  if (wrong.length > 0) throw new DomainError('device.number_invalid', { fields: wrong });
  return numbers;
}

/** The phone of these numbers; without any the one of the case that has none. @throws DomainError device.two_devices */
async function knownDevice(
  tx: EntityManager,
  caseId: string,
  numbers: StatedNumbers,
  modelName: string | null,
): Promise<DeviceRecord | null> {
  const named = await devicesWith(tx, keysOf(numbers));
  if (named.length > 1) throw new DomainError('device.two_devices', { deviceIds: named });
  const id = named[0] ?? (await deviceWithSerial(tx, numbers)) ?? (await namelessOf(tx, caseId, modelName));
  return id ? lockDevice(tx, id) : null;
}

/** Which of the two is put right is said by its field. */
function mended(device: DeviceRecord, body: Typed, { imeis }: StatedNumbers): (string | null)[] {
  const typed = (text: string | undefined) => (text ?? '').trim() !== '';
  const first = typed(body.imei) ? (imeis[0] ?? null) : device.imei;
  const second = typed(body.imei2) ? (imeis.at(-1) ?? null) : device.imei2;
  return first === second ? [first, null] : [first, second];
}

/** @throws DomainError device.other_number */
async function complete(
  tx: EntityManager,
  device: DeviceRecord,
  stated: StatedNumbers,
  modelId: string | null,
  modelName: string | null,
): Promise<DeviceRecord> {
  const joined = joinNumbers(device, stated);
  if ('differs' in joined)
    throw new DomainError('device.other_number', { deviceId: device.id, fields: joined.differs });
  const { imei, imei2, meid, serial } = joined.numbers;
  await tx.query(
    `update device set imei = $2, imei2 = $3, meid = $4, serial = $5, model_id = $6, model_name = coalesce(model_name, $7)
     where id = $1 and (imei, imei2, meid, serial, model_id, model_name) is distinct from ($2, $3, $4, $5, $6::uuid, coalesce(model_name, $7))`,
    [device.id, imei, imei2, meid, serial, modelId, modelName],
  );
  return lockDevice(tx, device.id);
}
