import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { takesFiles, TEXT_LIMITS, type Language, type ReplyBody, type ReplyChannel, type StoredFile } from '#contracts';
import { CLOCK, CONFIG, DomainError, newId, Secrets, type Clock, type Config } from '#platform';
import { demand, visibleStore, type Principal } from '#identity';
import { AttachmentService } from './attachment.service.js';
import { lockCaseOf, visible, type CaseRecord } from './case-access.js';
import { isOpen } from './case.states.js';
import { draftAgain, forgetDraft } from './drafts/draft.service.js';
import { previewOf, readable } from './intake.rules.js';
import { showLastWord } from './last-word.js';
import { bare } from './ownership/bare-redirect.js';
import { actorOf, record, type NewEvent } from './record.js';
import { takeRedirectBack } from './ownership/redirects-taken-back.js';
import { replySubject } from './reply.rules.js';
import { issuedMessageId } from './threading.rules.js';

interface ReplyThread {
  id: string;
  contactPointId: string;
  subject: string | null;
}

/** Said to many at once: nobody has read their case for it, and what somebody is writing to them stays. */
export interface ToMany {
  toMany: boolean;
}

/** Answers to the customer. A reply is a row that waits a moment (undo), then leaves from that row. */
@Injectable()
export class ReplyService {
  constructor(
    private readonly attachments: AttachmentService,
    private readonly secrets: Secrets,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns the id of the new interaction, held for `undoSeconds`
   * @throws DomainError case.over, thread.unreachable, reply.too_long, reply.attachments_unsupported, attachment.not_found
   */
  async reply(
    tx: EntityManager,
    principal: Principal,
    found: CaseRecord,
    body: ReplyBody,
    { toMany }: ToMany = { toMany: false },
  ): Promise<string> {
    demand(principal, 'case.reply');
    if (!isOpen(found.status)) throw new DomainError('case.over', { status: found.status });
    const text = readable(body.text);
    if (text.length > TEXT_LIMITS[body.channel])
      throw new DomainError('reply.too_long', { limit: TEXT_LIMITS[body.channel], length: text.length });
    const thread = await this.thread(tx, found.id, body.channel, body.threadId);
    const files = await this.attachments.claim(tx, principal, body.attachmentIds ?? []);
    if (!takesFiles(body.channel, files))
      throw new DomainError('reply.attachments_unsupported', { channel: body.channel });
    return this.write(tx, principal, found, { channel: body.channel, text, thread, files, toMany });
  }

  private async write(
    tx: EntityManager,
    principal: Principal,
    found: CaseRecord,
    reply: { channel: ReplyChannel; text: string; thread: ReplyThread; files: StoredFile[] } & ToMany,
  ): Promise<string> {
    const { channel, text, thread, files, toMany } = reply;
    const id = newId();
    const now = this.clock.now();
    const dueAt = new Date(now.getTime() + this.config.undoSeconds * 1000);
    const subject =
      channel === 'email'
        ? replySubject(thread.subject, found.reference, await languageOf(tx, found.customerId))
        : null;
    const messageId = channel === 'email' ? issuedMessageId(this.secrets, id, this.config.mail.address) : null;
    await tx.query(
      `insert into interaction (id, case_id, contact_point_id, thread_id, channel, direction, message_id, subject, text,
         author_kind, author_id, author_name, occurred_at, received_at, search)
       values ($1, $2, $3, $4, $5, 'outbound', $6, $7, $8, 'agent', $9, $10, $11, $11, to_tsvector('spanish', fold($8)))`,
      [
        id,
        found.id,
        thread.contactPointId,
        thread.id,
        channel,
        messageId,
        subject,
        text,
        principal.id,
        principal.displayName,
        now,
      ],
    );
    await tx.query(
      `insert into delivery (interaction_id, channel, state, due_at, first_due_at, recipient_domain)
       select $1, $2::text, 'held', $3, $3, case when $2::text = 'email' then split_part(value, '@', 2) end from contact_point where id = $4`,
      [id, channel, dueAt, thread.contactPointId],
    );
    await tx.query('update attachment set interaction_id = $1 where id = any($2)', [id, files.map((file) => file.id)]);
    if (!toMany) await forgetDraft(tx, principal.id, found.id, ['customer', channel]);
    await tx.query(
      `update cases set preview = $2, last_channel = $3, last_direction = 'outbound', last_interaction_at = greatest(last_interaction_at, $4),
         next_action = case when $5 and unread > 0 then next_action else 'await_customer' end, unread = case when $5 then unread else 0 end
       where id = $1`,
      [found.id, previewOf(text, null), channel, now, toMany],
    );
    const queued: NewEvent = { type: 'interaction.queued', data: { interactionId: id, channel } };
    await record(tx, found.id, actorOf(principal), 'api', now, [queued, ...(await bare(tx, id, text))]);
    return id;
  }

  /**
   * Takes a reply back that is held, or waits for its turn and was never tried.
   * @returns its case
   * @throws DomainError interaction.not_held once it has left
   */
  async undo(
    tx: EntityManager,
    principal: Principal,
    interactionId: string,
    { toMany }: ToMany = { toMany: false },
  ): Promise<string> {
    const caseId = await this.lockOwn(tx, principal, interactionId);
    const [, undone]: [unknown, number] = await tx.query(
      `update delivery set state = 'undone' where interaction_id = $1
         and (state = 'held' or (state = 'pending' and attempts = 0 and transmitting_at is null))`,
      [interactionId],
    );
    if (undone === 0) throw new DomainError('interaction.not_held');
    const [files]: [{ id: string }[], number] = await tx.query(
      'update attachment set interaction_id = null where interaction_id = $1 returning id',
      [interactionId],
    );
    const now = this.clock.now();
    if (!toMany)
      await draftAgain(
        tx,
        interactionId,
        files.map(({ id }) => id),
        now,
      );
    const redirect = await takeRedirectBack(tx, interactionId, now);
    await showLastWord(tx, caseId);
    await record(tx, caseId, actorOf(principal), 'api', now, [
      { type: 'interaction.undone', data: { interactionId } },
      ...redirect,
    ]);
    return caseId;
  }

  /**
   * Sends a failed reply again, at once.
   * @throws DomainError interaction.not_failed
   */
  async resend(tx: EntityManager, principal: Principal, interactionId: string): Promise<string> {
    const caseId = await this.lockOwn(tx, principal, interactionId);
    const now = this.clock.now();
    const rows: [{ channel: ReplyChannel }[], number] = await tx.query(
      `update delivery set state = 'pending', due_at = $2, first_due_at = $2, reason = null, detail = null, report = null, transmitting_at = null
       where interaction_id = $1 and state = 'failed' returning channel`,
      [interactionId, now],
    );
    const channel = rows[0][0]?.channel;
    if (!channel) throw new DomainError('interaction.not_failed');
    await tx.query('update cases set failed_sends = greatest(0, failed_sends - 1) where id = $1', [caseId]);
    await record(tx, caseId, actorOf(principal), 'api', now, [
      { type: 'interaction.queued', data: { interactionId, channel } },
    ]);
    return caseId;
  }

  /** Its case, locked wherever an absorption has just taken it. */
  private async lockOwn(tx: EntityManager, principal: Principal, interactionId: string): Promise<string> {
    demand(principal, 'case.reply');
    const caseId = await lockCaseOf(tx, interactionId);
    const rows: unknown[] = await tx.query(
      `select from interaction i where i.id = $1 and i.direction = 'outbound'
         and ${visible('$2', 'i.case_id')}`,
      [interactionId, visibleStore(principal)],
    );
    if (rows.length === 0) throw new DomainError('interaction.not_found');
    return caseId;
  }

  /** The reply path: the one asked for, else the one the customer used last; made now for an address staff recorded. */
  private async thread(
    tx: EntityManager,
    caseId: string,
    channel: ReplyChannel,
    threadId: string | undefined,
  ): Promise<ReplyThread> {
    const rows: ReplyThread[] = await tx.query(
      `select t.id, t.contact_point_id as "contactPointId", t.subject
       from channel_thread t join cases c on c.id = t.case_id join contact_point p on p.id = t.contact_point_id
       where t.case_id = $1 and t.channel = $2 and ($3::uuid is null or t.id = $3)
         -- An address that turned out to be another's, or is theirs no longer: somebody else may read it now.
         and p.customer_id = c.customer_id and p.valid_to is null
         -- X: only people who wrote to us first may be written to (automation rules of X, 2026).
         and (t.channel <> 'twitter' or t.last_inbound_at is not null)
       order by t.last_inbound_at desc nulls last limit 1`,
      [caseId, channel, threadId ?? null],
    );
    if (rows[0]) return rows[0];
    if (channel === 'twitter' || threadId) throw new DomainError('thread.unreachable', { channel });
    const made: ReplyThread[] = await tx.query(
      `insert into channel_thread (id, case_id, contact_point_id, channel, account)
       select $1, c.id, p.id, $3, $4 from cases c join contact_point p on p.customer_id = c.customer_id and p.kind = $3 and p.valid_to is null
       where c.id = $2 order by p.shared, p.created_at desc limit 1 returning id, contact_point_id as "contactPointId", subject`,
      [newId(), caseId, channel, this.config.mail.address],
    );
    if (!made[0]) throw new DomainError('thread.unreachable', { channel });
    return made[0];
  }
}

async function languageOf(tx: EntityManager, customerId: string): Promise<Language> {
  const rows: { language: Language }[] = await tx.query('select language from customer where id = $1', [customerId]);
  return rows[0]?.language ?? 'es';
}
