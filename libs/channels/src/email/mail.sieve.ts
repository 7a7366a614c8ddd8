import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RejectService } from '#cases';
import { Secrets } from '#platform';
import type { InboundInteraction, Notice } from '#contracts';
import { BounceIntake } from './bounce.intake.js';
import type { MailReport } from './bounce.rules.js';
import { readBounceToken } from './bounce.token.js';
import { MailGate } from './mail.gate.js';
import type { ParsedMail } from './mail.parser.js';
import type { KeptMail } from './mail.reader.js';
import { SideDoors, type ReturnedMail } from './side-doors.js';
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

export type Arriving = { mail: PendingMail; arrival: InboundInteraction; tags: readonly string[] };
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
    private readonly sideDoors: SideDoors,
    private readonly secrets: Secrets,
  ) {}

  /** Whoever sent more than is taken hears of it. */
  async told(tx: EntityManager, landed: readonly LandedMail[]): Promise<void> {
    await this.overLimit.tell(tx, landed);
  }

  /** @returns those that go on; what may be part of a loop is kept back */
  async pass(tx: EntityManager, read: Arriving[]): Promise<Arriving[]> {
    const arriving = await this.aside(tx, read);
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

  /** What is no customer's goes through a door of its own. @returns the others */
  private async aside(tx: EntityManager, arriving: Arriving[]): Promise<Arriving[]> {
    const passing = arriving.map(({ mail, ...read }) => ({ ...read, receivedAt: mail.received_at }));
    const taken = await this.sideDoors.take(tx, passing);
    if (taken.size === 0) return arriving;
    await tx.query(`update inbound_mail set state = 'partner' where id = any($1)`, [
      arriving.flatMap(({ mail }, at) => (taken.has(at) ? [mail.id] : [])),
    ]);
    return arriving.filter((_, at) => !taken.has(at));
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
    if (await this.sideDoors.returned(tx, returnedOf(report, this.secrets))) {
      await tx.query(`update inbound_mail set state = 'partner' where id = $1`, [mail.id]);
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

function returnedOf(report: MailReport, secrets: Secrets): ReturnedMail {
  const [told] = report.recipients;
  const action = told?.action;
  return {
    proven: report.tokens.flatMap((token) => readBounceToken(secrets, token) ?? []),
    messageId: report.messageId,
    action: action === 'failed' || action === 'delayed' ? action : 'other',
    detail: [told?.status, told?.diagnostic].filter(Boolean).join(' ').slice(0, 500) || null,
  };
}
