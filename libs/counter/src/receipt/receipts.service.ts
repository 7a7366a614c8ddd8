import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CounterTerms, IntakeOutcome, IntakeValues, Language } from '#contracts';
import { AttachmentService, CaseCodes } from '#cases';
import { CLOCK, DomainError, type Clock } from '#platform';
import { demand, type Principal } from '#identity';
import { intakeOf, type IntakeRecord } from '../intake/intake.store.js';
import { saidOf, type ReceiptData } from './receipt.data.js';
import { drawReceipt } from './receipt.pdf.js';

type Around = Pick<ReceiptData, 'reference' | 'customer' | 'store' | 'timeZone'> & { language: Language };

/** What customers are given at the counter, and what they signed. */
@Injectable()
export class Receipts {
  constructor(
    private readonly attachments: AttachmentService,
    private readonly codes: CaseCodes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Freezes what the receipt says, with its hash: what was signed can be shown to be what was said. */
  async write(
    tx: EntityManager,
    principal: Principal,
    intake: IntakeRecord,
    {
      values,
      outcome,
      loan,
      taker,
      benefits,
      ip,
    }: Pick<ReceiptData, 'loan' | 'taker' | 'benefits'> & {
      values: IntakeValues;
      outcome: IntakeOutcome;
      ip: string | null;
    },
  ): Promise<ReceiptData> {
    const now = this.clock.now();
    const language = values['sign.language'];
    const around = await aroundOf(tx, intake, outcome.caseId, language ?? null);
    const said = saidOf(intake.kind, values);
    const data: ReceiptData = {
      ...{ intakeId: intake.id, kind: intake.kind, at: now.toISOString(), by: principal.displayName },
      ...around,
      ...said,
      ...{ loan, taker, benefits },
      terms: said.device?.stays ? await termsAt(tx, now) : null,
      promise: promiseOf(values),
      waived: values.waivers ?? {},
      signatureId: values['sign.signatureId'] ?? null,
    };
    const letters = JSON.stringify(data);
    await tx.query(
      `insert into counter_receipt (intake_id, data, sha256, terms_version, language, signature_id, signed_ip, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        intake.id,
        letters,
        createHash('sha256').update(letters).digest(),
        data.terms?.version ?? null,
        data.language,
        data.signatureId,
        data.signatureId === null ? null : ip,
        now,
      ],
    );
    return data;
  }

  /** On what a phone is left with us today. @throws DomainError permission.denied */
  async terms(tx: EntityManager, principal: Principal): Promise<CounterTerms> {
    demand(principal, 'visit.log');
    return termsAt(tx, this.clock.now());
  }

  /** @throws DomainError permission.denied, intake.not_found, intake.no_receipt */
  async pdf(
    tx: EntityManager,
    principal: Principal,
    intakeId: string,
    language?: Language,
  ): Promise<{ fileName: string; bytes: Buffer }> {
    demand(principal, 'visit.log');
    await intakeOf(tx, principal, intakeId);
    const rows: { data: ReceiptData }[] = await tx.query('select data from counter_receipt where intake_id = $1', [
      intakeId,
    ]);
    if (!rows[0]) throw new DomainError('intake.no_receipt');
    return this.draw(tx, { ...rows[0].data, ...(language && { language }) });
  }

  /** As PDF. */
  async draw(tx: EntityManager, data: ReceiptData): Promise<{ fileName: string; bytes: Buffer }> {
    const signed = data.signatureId && (await this.attachments.bytes(tx, data.signatureId));
    const signature = signed ? await buffer(signed.body) : null;
    const bytes = await drawReceipt(data, this.codes.url(data.reference), signature);
    return { fileName: `${data.reference}.pdf`, bytes };
  }
}

/** A phone that does not stay here is not given back either. */
const promiseOf = (values: IntakeValues): ReceiptData['promise'] => ({
  nextUpdateAt: values['promise.nextUpdateAt'] ?? null,
  returnAt: values['device.stays'] === 'here' ? (values['promise.returnAt'] ?? null) : null,
});

async function termsAt(tx: EntityManager, now: Date): Promise<CounterTerms> {
  const rows: CounterTerms[] = await tx.query(
    'select version, es, en from counter_terms where valid_from <= $1 order by version desc limit 1',
    [now],
  );
  if (!rows[0]) throw new Error('a house without terms of what is left at its counters');
  return rows[0];
}

/** The case, its customer and the store as they stand now; the language the customer reads, unless another was chosen. */
async function aroundOf(
  tx: EntityManager,
  intake: IntakeRecord,
  caseId: string,
  language: Language | null,
): Promise<Around> {
  const rows: Around[] = await tx.query(
    `select c.reference, cu.display_name as customer, s.time_zone as "timeZone", coalesce($3, cu.language) as language,
       json_build_object('name', s.name, 'address', s.address, 'city', s.city, 'phone', s.phone) as store
     from cases c join customer cu on cu.id = c.customer_id, store s where c.id = $1 and s.id = $2`,
    [caseId, intake.store.id, language],
  );
  if (!rows[0]) throw new Error(`no case ${caseId} to write a receipt of`);
  return rows[0];
}
