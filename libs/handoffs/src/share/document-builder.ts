import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '#platform';
import type { HandoffRecord } from '../handoff/handoff-record.js';
import type { PartnerRecord } from '../partners/partner-record.js';
import { readFacts } from './share.facts.js';
import { documentOf, type BuiltDocument } from './share.rules.js';

/** What of a handoff a document is made for; a draft nobody has kept yet has all of it, too. */
export type DocumentDraft = Pick<
  HandoffRecord,
  | 'reference'
  | 'caseId'
  | 'partnerId'
  | 'deviceId'
  | 'repairId'
  | 'attachmentIds'
  | 'mode'
  | 'priority'
  | 'ask'
  | 'form'
>;

/** Makes what a partner gets to see. */
@Injectable()
export class DocumentBuilder {
  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'mail'>) {}

  /**
   * Of the case as it stands now, under what was agreed with this partner.
   * @throws DomainError case.not_found
   */
  async build(
    tx: EntityManager,
    draft: DocumentDraft,
    partner: Pick<PartnerRecord, 'language' | 'timeZone' | 'terms'>,
  ): Promise<BuiltDocument> {
    const { reference, mode, priority, ask, form } = draft;
    const facts = await readFacts(tx, draft);
    const answered = { ...(await answeredBefore(tx, draft)), ...form };
    return documentOf({ reference, mode, priority, ask, form: answered }, facts, partner, this.config.mail.name);
  }

  /** Writes down what was told whom and what for, without what it says. Of a handoff once. */
  async keep(tx: EntityManager, handoffId: string, { shared }: BuiltDocument, at: Date): Promise<void> {
    await tx.query(
      `insert into handoff_share (handoff_id, field, purpose_es, purpose_en, shared_at)
       select $1, s.field, s.es, s.en, $3 from jsonb_to_recordset($2::jsonb) as s (field text, es text, en text) on conflict do nothing`,
      [
        handoffId,
        JSON.stringify(shared.filter(({ known }) => known).map(({ field, purpose }) => ({ field, ...purpose }))),
        at,
      ],
    );
  }
}

/** What a person answered this partner about the same device is not asked again. */
async function answeredBefore(
  tx: EntityManager,
  { caseId, partnerId, deviceId }: DocumentDraft,
): Promise<DocumentDraft['form']> {
  const rows: Pick<DocumentDraft, 'form'>[] = await tx.query(
    `select form from handoff where case_id = $1 and partner_id = $2 and device_id is not distinct from $3 and direction = 'out' and sent_at is not null
     order by sent_at desc, id desc limit 1`,
    [caseId, partnerId, deviceId],
  );
  return rows[0]?.form ?? {};
}
