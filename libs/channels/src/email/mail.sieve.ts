import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RejectService } from '#cases';
import type { InboundInteraction, Notice } from '#contracts';
import { BounceIntake } from './bounce.intake.js';
import { MailGate } from './mail.gate.js';
import type { ParsedMail } from './mail.parser.js';
import type { KeptMail } from './mail.reader.js';
import { OverLimitMail, type LandedMail } from './over-limit.mail.js';

/** A row of `inbound_mail` as the drain needs it. */
export interface PendingMail extends KeptMail {
  id: string;
  size: number;
  attempts: number;
  correlation_id: string | null;
  /** What is to be said about how it came. */
  notices: Notice[];
}

export type Arriving = { mail: PendingMail; arrival: InboundInteraction };
export type Rejecting = { mail: PendingMail; reject: Extract<ParsedMail, { outcome: 'reject' }> };
export type Reporting = { mail: PendingMail; told: Extract<ParsedMail, { outcome: 'report' }> };

/** What becomes of mail that is no message of a customer, or may be none. Nothing of it is lost. */
@Injectable()
export class MailSieve {
  constructor(
    private readonly gate: MailGate,
    private readonly bounces: BounceIntake,
    private readonly rejects: RejectService,
    private readonly overLimit: OverLimitMail,
  ) {}

  /** Whoever sent more than is taken hears of it. */
  async told(tx: EntityManager, landed: readonly LandedMail[]): Promise<void> {
    await this.overLimit.tell(tx, landed);
  }

  /** @returns those that go on; what may be part of a loop is kept back */
  async pass(tx: EntityManager, arriving: Arriving[]): Promise<Arriving[]> {
    const asked = arriving.map(({ mail, arrival }) => ({ arrival, isReleased: mail.released_at !== null }));
    const held = await this.gate.held(tx, asked);
    if (held.size === 0) return arriving;
    for (const [at, { mail, arrival }] of arriving.entries()) {
      const reason = held.get(at);
      const words = { detail: null, sender: arrival.contact?.value ?? null, subject: arrival.subject ?? null };
      if (reason) await this.keep(tx, mail, { outcome: 'reject', reason, ...words });
    }
    return arriving.filter((_, at) => !held.has(at));
  }

  /** What a mail server tells stands on the message it tells of; of a message that is none of ours it is kept. */
  async report(tx: EntityManager, mail: PendingMail, { report, sender, subject }: Reporting['told']): Promise<void> {
    const interactionId = await this.bounces.take(tx, report, { id: mail.id, storageKey: mail.storage_key });
    if (interactionId) {
      await tx.query(`update inbound_mail set state = 'reported', interaction_id = $2 where id = $1`, [
        mail.id,
        interactionId,
      ]);
      return;
    }
    const reason = report.kind === 'complaint' ? 'mail.complaint' : 'mail.bounce_unmatched';
    const detail = report.recipients[0]?.diagnostic ?? report.messageId;
    await this.keep(tx, mail, { outcome: 'reject', reason, detail, sender, subject });
  }

  async keep(tx: EntityManager, mail: PendingMail, why: Rejecting['reject']): Promise<void> {
    const { reason, detail, sender, subject } = why;
    await this.rejects.keep(tx, {
      channel: 'email',
      reason,
      detail,
      sender,
      subject,
      storageKey: mail.storage_key,
      size: mail.size,
      wasReleased: mail.released_at !== null,
    });
    await tx.query(`update inbound_mail set state = 'rejected' where id = $1`, [mail.id]);
  }
}
