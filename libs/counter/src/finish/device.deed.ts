import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  decided,
  readDeviceNumber,
  type IntakeOutcome,
  type IntakeValues,
  type Language,
  type WarrantyEvidence,
} from '#contracts';
import { actorOf, FactService, type StaffArrival } from '#cases';
import type { Principal } from '#identity';
import { Devices, PromisedReturns, RepairOrders, WarrantyDecisions } from '#repairs';
import type { IntakeRecord } from '../intake/intake.store.js';

export type DeviceDone = Pick<IntakeOutcome, 'deviceId' | 'repairId' | 'warrantyDecisionId'>;

const WISHES: Record<Language, Record<NonNullable<IntakeValues['decide.way']>, string>> = {
  es: {
    repair: 'Prefiere que se repare',
    replace: 'Prefiere que se cambie por otro',
    refund: 'Prefiere que se le devuelva el dinero',
    buy_out: 'Prefiere que nos lo quedemos a cambio de un precio',
  },
  en: {
    repair: 'Would rather have it repaired',
    replace: 'Would rather have it replaced',
    refund: 'Would rather have the money back',
    buy_out: 'Would rather sell it to us',
  },
};

/** The phone itself: known by its numbers, taken in where it stays, and what its warranty answers for. */
@Injectable()
export class DeviceDeed {
  constructor(
    private readonly devices: Devices,
    private readonly orders: RepairOrders,
    private readonly returns: PromisedReturns,
    private readonly facts: FactService,
    private readonly warranties: WarrantyDecisions,
  ) {}

  async run(
    tx: EntityManager,
    principal: Principal,
    intake: IntakeRecord,
    { visit, values }: { visit: StaffArrival; values: IntakeValues },
  ): Promise<DeviceDone> {
    const { caseId, customerId } = visit;
    if (!isThere(values)) return { deviceId: null, repairId: null, warrantyDecisionId: null };
    const fault = values['device.fault'];
    const { deviceId } = await this.devices.present(tx, principal, {
      ...{ caseId, customerId, ...numbersOf(values) },
      ...(fault && { fault, said: (values['listen.text'] ?? '').slice(0, 500) }),
    });
    const repairId =
      values['device.stays'] === 'here' ? await this.takeIn(tx, principal, intake, { caseId, deviceId, values }) : null;
    const warrantyDecisionId = await this.decide(tx, principal, { caseId, deviceId, values });
    await this.wish(tx, principal, visit, values);
    return { deviceId, repairId, warrantyDecisionId };
  }

  /** What they would like best, before anybody has compared what each way costs. */
  private async wish(
    tx: EntityManager,
    principal: Principal,
    { caseId, interactionId }: StaffArrival,
    values: IntakeValues,
  ): Promise<void> {
    const way = values['decide.way'];
    if (!way) return;
    const { language } = principal;
    await this.facts.add(tx, actorOf(principal), caseId, {
      ...{ kind: 'decided', text: WISHES[language][way], language, entryId: interactionId },
    });
  }

  private async takeIn(
    tx: EntityManager,
    principal: Principal,
    intake: IntakeRecord,
    { caseId, deviceId, values }: { caseId: string; deviceId: string; values: IntakeValues },
  ): Promise<string> {
    const { repairId } = await this.orders.open(tx, principal, {
      ...{ caseId, deviceId, storeId: intake.store.id, holder: 'store' },
      fault: values['device.fault'] ?? 'other',
      condition: values['device.condition'],
      accessories: values['device.accessories'] ?? [],
      liquid: values['device.liquid'] ?? 'unknown',
      activationLock: values['device.activationLock'] ?? 'unknown',
      backUp: values['device.backUp'] ?? 'unknown',
      photoIds: values['device.photoIds'] ?? [],
      waivers: values.waivers ?? {},
    });
    const returnAt = values['promise.returnAt'];
    if (returnAt) await this.returns.set(tx, principal, repairId, { returnAt });
    return repairId;
  }

  private async decide(
    tx: EntityManager,
    principal: Principal,
    { caseId, deviceId, values }: { caseId: string; deviceId: string; values: IntakeValues },
  ): Promise<string | null> {
    const outcome = values['decide.outcome'];
    // What is half said was waived with a reason: nothing is decided by it.
    if (outcome === undefined || outcome === 'later' || !decided(values)) return null;
    const { decisionId } = await this.warranties.decide(tx, principal, {
      ...{ caseId, deviceId, outcome, evidence: picturesOf(values) },
      ...wordsOf(values),
      // The customer stands there and holds the receipt that says so.
      tell: (values['decide.plainWords'] ?? '') !== '',
    });
    return decisionId;
  }
}

const isThere = (values: IntakeValues): boolean =>
  (values['device.stays'] === 'here' || values['device.stays'] === 'with_customer') &&
  (values['device.stays'] === 'here' || Object.keys(numbersOf(values)).length > 0);

/** What it is known by, as far as anything was said. A number that is none stays in what was said of the visit: it identifies nothing. */
function numbersOf(values: IntakeValues) {
  const [first, second] = [
    readDeviceNumber(values['device.imei'] ?? ''),
    readDeviceNumber(values['device.imei2'] ?? ''),
  ];
  const of = (kind: 'imei' | 'meid') => [first, second].flatMap((read) => (read.kind === kind ? [read.value] : []));
  const [imei, imei2] = of('imei');
  const named = {
    imei,
    imei2: imei2 === imei ? undefined : imei2,
    meid: of('meid')[0],
    serial: values['device.serial'],
    modelName: values['device.modelName'],
    modelId: values['device.modelId'] ?? undefined,
  };
  return Object.fromEntries(Object.entries(named).filter(([, text]) => text)) as Partial<
    Record<keyof typeof named, string>
  >;
}

const wordsOf = (values: IntakeValues) => ({
  ...(values['decide.clause'] && { clause: values['decide.clause'] }),
  ...(values['decide.plainWords'] && { plainWords: values['decide.plainWords'] }),
  ...(values['decide.nextStep'] && { nextStep: values['decide.nextStep'] }),
});

const picturesOf = (values: IntakeValues): WarrantyEvidence[] =>
  (values['device.photoIds'] ?? []).map((id) => ({ kind: 'attachment', id }));
