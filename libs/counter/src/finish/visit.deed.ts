import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { IntakeValues } from '#contracts';
import { ArrivalService, AttachmentService, CaseService, lockCase, PromiseService, type StaffArrival } from '#cases';
import type { Principal } from '#identity';
import type { IntakeRecord } from '../intake/intake.store.js';
import { filesOf } from '../intake/intake.values.js';

/** What a pick-up is called on the case when nobody said more. */
const COLLECTED = { es: 'Ha venido a recoger su dispositivo.', en: 'Came to collect their device.' } as const;

/** Somebody was here: the visit on their one case, what they lack, what we promised them, and who looks after it. */
@Injectable()
export class VisitDeed {
  constructor(
    private readonly arrivals: ArrivalService,
    private readonly attachments: AttachmentService,
    private readonly cases: CaseService,
    private readonly promises: PromiseService,
  ) {}

  /** Pictures and signature belong to the visit from now on, whoever took them. */
  async write(
    tx: EntityManager,
    principal: Principal,
    intake: IntakeRecord,
    values: IntakeValues,
  ): Promise<StaffArrival> {
    const files = filesOf(values);
    await this.attachments.handTo(tx, principal, files);
    const customerId = values['who.customerId'] ?? undefined;
    const caseReference = values['who.caseReference'] ?? '';
    const customer = customerId === undefined ? (values['who.person'] ?? undefined) : undefined;
    const device = { imei: values['device.imei'] ?? '', model: values['device.modelName'] ?? '' };
    return this.arrivals.visit(tx, principal, {
      storeId: intake.store.id,
      ...(customerId !== undefined && { customerId }),
      ...(caseReference !== '' && { caseReference }),
      ...(customer && { customer }),
      ...(values['who.addContacts'] && { addContacts: values['who.addContacts'] }),
      ...(device.imei || device.model ? { device: said(device) } : {}),
      text: textOf(values, principal),
      lacks: values['listen.lacks'] ?? [],
      attachmentIds: files,
    });
  }

  /** We write first: by when, and who of us answers for it where nobody does yet. */
  async settle(tx: EntityManager, principal: Principal, caseId: string, values: IntakeValues): Promise<void> {
    const dueAt = values['promise.nextUpdateAt'];
    if (dueAt) await this.promises.make(tx, principal, caseId, { kind: 'update', dueAt });
    const { assigneeId, version } = await lockCase(tx, principal, caseId);
    if (assigneeId === null) await this.cases.change(tx, principal, caseId, { assigneeId: principal.id, version });
  }
}

const said = (device: { imei: string; model: string }) => ({
  ...(device.imei && { imei: device.imei }),
  ...(device.model && { model: device.model }),
});

const textOf = (values: IntakeValues, { language }: Principal): string =>
  [values['listen.text'], values['listen.matters'], values['back.note']].filter(Boolean).join('\n\n') ||
  COLLECTED[language];
