import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Language, ReplyChannel } from '#contracts';
import { actorOf, AttachmentService, CaseLinks, lockCase, record, ReplyService } from '#cases';
import { CLOCK, DomainError, type Clock } from '#platform';
import type { Principal } from '#identity';
import { paperOf, type ReceiptData } from './receipt.data.js';
import { Receipts } from './receipts.service.js';

const LETTERS: Record<Language, Record<ReturnType<typeof paperOf>, (data: ReceiptData, link: string) => string>> = {
  es: {
    left: ({ reference, store }, link) =>
      `Aquí tienes el resguardo de lo que has dejado en ${store.name} (caso ${reference}). Puedes seguirlo en ${link} y responder a este mensaje cuando quieras.`,
    fetched: ({ reference, store }, link) =>
      `Aquí tienes el resguardo de tu recogida en ${store.name} (caso ${reference}). Si algo no va bien, responde a este mensaje o escribe en ${link}: seguimos donde estábamos.`,
    visit: ({ reference, store }, link) =>
      `Aquí tienes el resguardo de tu visita a ${store.name} (caso ${reference}). Puedes seguirlo en ${link} y responder a este mensaje cuando quieras.`,
  },
  en: {
    left: ({ reference, store }, link) =>
      `Here is the receipt for what you left at ${store.name} (case ${reference}). Follow it at ${link}, and reply to this message whenever you like.`,
    visit: ({ reference, store }, link) =>
      `Here is the receipt of your visit to ${store.name} (case ${reference}). Follow it at ${link}, and reply to this message whenever you like.`,
    fetched: ({ reference, store }, link) =>
      `Here is the receipt for your pick-up at ${store.name} (case ${reference}). If anything is wrong, reply to this message or write at ${link}: we go on where we were.`,
  },
};

/** The receipt goes the way the customer chose: by mail as a file, by X as a link to their case. */
@Injectable()
export class ReceiptPost {
  constructor(
    private readonly receipts: Receipts,
    private readonly replies: ReplyService,
    private readonly attachments: AttachmentService,
    private readonly links: CaseLinks,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A way that leads nowhere holds up no intake: the event says which. */
  async send(
    tx: EntityManager,
    principal: Principal,
    caseId: string,
    data: ReceiptData,
    channels: readonly ReplyChannel[],
  ): Promise<void> {
    if (channels.length === 0) return;
    const sent: ReplyChannel[] = [];
    const unreachable: ReplyChannel[] = [];
    for (const channel of channels)
      ((await this.sendBy(tx, principal, caseId, data, channel)) ? sent : unreachable).push(channel);
    await record(tx, caseId, actorOf(principal), 'counter', this.clock.now(), [
      { type: 'receipt.sent', data: { intakeId: data.intakeId, by: sent, unreachable } },
    ]);
  }

  private async sendBy(
    tx: EntityManager,
    principal: Principal,
    caseId: string,
    data: ReceiptData,
    channel: ReplyChannel,
  ): Promise<boolean> {
    const found = await lockCase(tx, principal, caseId);
    if (!(await reachable(tx, caseId, channel))) return false;
    const { url } = await this.links.issue(tx, actorOf(principal), caseId);
    const text = LETTERS[data.language][paperOf(data)](data, url);
    const attachmentIds = channel === 'email' ? [await this.file(tx, principal, data)] : [];
    try {
      await this.replies.reply(tx, principal, found, { channel, text, attachmentIds });
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'thread.unreachable') return false;
      throw error;
    }
  }

  private async file(tx: EntityManager, principal: Principal, data: ReceiptData): Promise<string> {
    const { fileName, bytes } = await this.receipts.draw(tx, data);
    const body = Readable.from([bytes]);
    const { id } = await this.attachments.upload(tx, principal, { fileName, contentType: 'application/pdf', body });
    return id;
  }
}

/** Whether there is an address to write to, before a link is made for nobody. */
async function reachable(tx: EntityManager, caseId: string, channel: ReplyChannel): Promise<boolean> {
  const rows: { ways: boolean }[] = await tx.query(
    `select case when $2 = 'twitter' then exists (select from channel_thread t where t.case_id = c.id and t.channel = 'twitter' and t.last_inbound_at is not null)
       else exists (select from contact_point p where p.customer_id = c.customer_id and p.kind = 'email' and p.valid_to is null) end as ways
     from cases c where c.id = $1`,
    [caseId, channel],
  );
  return rows[0]?.ways ?? false;
}
