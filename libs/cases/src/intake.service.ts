import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Arrival, InboundInteraction, withoutCodes } from '#contracts';
import { CLOCK, correlationId, Metrics, type Clock } from '#platform';
import { previewOf, problemOf, readable } from './intake.rules.js';

/**
 * The only door for everything inbound. One transaction: interaction, customer, case, thread, events.
 * Idempotent by (channel, externalId); safe to run again after any crash.
 */
@Injectable()
export class IntakeService {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Takes up to 50 arrivals in one round trip.
   * @returns one Arrival per message, in order
   * @throws ZodError when a channel hands over something that is not an InboundInteraction
   */
  async receive(tx: EntityManager, messages: InboundInteraction[]): Promise<Arrival[]> {
    const receivedAt = this.clock.now();
    const batch = messages.map((message, at) => this.row(InboundInteraction.parse(message), at, receivedAt));
    const rows: ArrivalRow[] = await tx.query('select * from intake($1::jsonb) order by ord', [JSON.stringify(batch)]);
    rows.forEach((row, index) =>
      this.metrics.arrivals.inc({ channel: messages[index]?.channel, outcome: row.outcome }),
    );
    return rows.map((row) => ({
      interactionId: row.interaction_id,
      caseId: row.case_id,
      customerId: row.customer_id,
      outcome: row.outcome,
      matchedBy: row.matched_by,
    }));
  }

  /** As the function `intake` reads it: the type `arrival` of the database. */
  private row(message: z.output<typeof InboundInteraction>, ord: number, receivedAt: Date) {
    const { contact } = message;
    const text = kept(message.text);
    const subject = message.subject ? readable(message.subject) : null;
    return {
      ord,
      channel: message.channel,
      direction: message.direction,
      external_id: message.externalId,
      contact_kind: contact?.kind,
      contact_value: contact?.value,
      contact_handle: contact?.handle,
      contact_display: contact?.display,
      display_name: readable(message.displayName),
      subject,
      text,
      quoted: message.quoted === null ? null : kept(message.quoted),
      notices: message.notices,
      html: message.html ? kept(message.html) : null,
      html_safe: message.htmlSafe === null ? null : kept(message.htmlSafe),
      preview: previewOf(text, subject),
      problem: problemOf(text, subject) || null,
      attachments: message.attachments,
      lacks: message.lacks,
      // As it was stated: a Date would forget the microseconds that order messages of one millisecond.
      occurred_at: new Date(message.occurredAt) > receivedAt ? receivedAt.toISOString() : message.occurredAt,
      received_at: receivedAt.toISOString(),
      account: message.account,
      thread_ref: message.threadRef,
      message_id: message.messageId,
      message_refs: message.references,
      reply_cases: message.pointsTo.replyTokens,
      issued: message.pointsTo.issued,
      tagged_cases: message.pointsTo.subjectTags,
      automatic: message.automatic,
      automatic_kind: message.automaticKind,
      auth: message.auth,
      public_url: message.publicUrl,
      opens_thread: message.opensThread,
      raw_key: message.rawKey,
      customer_id: message.customerId,
      matched_by: message.matchedBy,
      author_id: message.authorId,
      author_name: message.authorName,
      store_id: message.storeId,
      correlation_id: message.correlationId ?? correlationId() ?? null,
    };
  }
}

/** Words as they are kept: readable, and without the codes of ours that they quote. */
const kept = (text: string): string => withoutCodes(readable(text));

interface ArrivalRow {
  interaction_id: string;
  case_id: string;
  customer_id: string;
  outcome: Arrival['outcome'];
  matched_by: Arrival['matchedBy'];
}
