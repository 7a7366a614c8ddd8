import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Arrival, InboundInteraction } from '#contracts';
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
    const batch = messages.map((message) => this.row(InboundInteraction.parse(message), receivedAt));
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

  private row(message: z.output<typeof InboundInteraction>, receivedAt: Date) {
    const text = readable(message.text);
    const subject = message.subject ? readable(message.subject) : null;
    const occurred = new Date(message.occurredAt);
    return {
      ...message,
      text,
      subject,
      html: message.html ? readable(message.html) : null,
      displayName: readable(message.displayName),
      occurredAt: (occurred > receivedAt ? receivedAt : occurred).toISOString(),
      receivedAt: receivedAt.toISOString(),
      preview: previewOf(text, subject),
      problem: problemOf(text, subject),
      correlationId: message.correlationId ?? correlationId() ?? null,
    };
  }
}

interface ArrivalRow {
  interaction_id: string;
  case_id: string;
  customer_id: string;
  outcome: Arrival['outcome'];
  matched_by: Arrival['matchedBy'];
}
