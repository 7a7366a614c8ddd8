import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { invitationText, type Language } from '#contracts';
import { CLOCK, CONFIG, DomainError, newId, type Clock, type Config } from '#platform';
import { demand, type Principal } from '#identity';
import type { CaseRecord } from './case-access.js';
import { isOpen } from './case.states.js';
import { previewOf } from './intake.rules.js';
import { actorOf, record } from './record.js';

interface PublicPost {
  postId: string | null;
  contactPointId: string;
  threadId: string;
  account: string;
  handle: string | null;
  language: Language;
}

/**
 * Invites somebody who called us in public to write in private: a public answer with a link and not a word about the case.
 * X allows it only to those who called us (2026), and a direct message only to those who wrote one.
 */
@Injectable()
export class InvitationService {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'undoSeconds'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * One invitation for each post, whoever asks again; one that was taken back does not count.
   * @returns the id of its interaction, held for `undoSeconds`
   * @throws DomainError case.over, interaction.not_found, invitation.not_public
   */
  async invite(tx: EntityManager, principal: Principal, found: CaseRecord, interactionId: string): Promise<string> {
    demand(principal, 'case.reply');
    if (!isOpen(found.status)) throw new DomainError('case.over', { status: found.status });
    const post = await this.post(tx, found.id, interactionId);
    if (post.postId === null) throw new DomainError('invitation.not_public');
    const known: { id: string }[] = await tx.query(
      `select i.id from interaction i join delivery d on d.interaction_id = i.id
       where i.answers_post = $1 and i.case_id = $2 and d.state <> 'undone' limit 1`,
      [post.postId, found.id],
    );
    return known[0]?.id ?? this.write(tx, principal, found, post);
  }

  private async post(tx: EntityManager, caseId: string, interactionId: string): Promise<PublicPost> {
    const rows: PublicPost[] = await tx.query(
      `select case when i.direction = 'inbound' and i.public_url is not null then substring(i.external_id from '^post:([0-9]+)$') end as "postId",
         i.contact_point_id as "contactPointId", i.thread_id as "threadId", t.account, p.handle, c.language
       from interaction i join channel_thread t on t.id = i.thread_id join contact_point p on p.id = i.contact_point_id
         join customer c on c.id = p.customer_id
       where i.id = $1 and i.case_id = $2`,
      [interactionId, caseId],
    );
    if (!rows[0]) throw new DomainError('interaction.not_found');
    return rows[0];
  }

  private async write(tx: EntityManager, principal: Principal, found: CaseRecord, post: PublicPost): Promise<string> {
    const id = newId();
    const now = this.clock.now();
    const dueAt = new Date(now.getTime() + this.config.undoSeconds * 1000);
    const text = invitationText(post, post.account);
    await tx.query(
      `insert into interaction (id, case_id, contact_point_id, thread_id, channel, direction, text, answers_post,
         author_kind, author_id, author_name, occurred_at, received_at, search)
       values ($1, $2, $3, $4, 'twitter', 'outbound', $5, $6, 'agent', $7, $8, $9, $9, to_tsvector('spanish', fold($5)))`,
      [id, found.id, post.contactPointId, post.threadId, text, post.postId, principal.id, principal.displayName, now],
    );
    await tx.query(
      `insert into delivery (interaction_id, channel, state, due_at, first_due_at) values ($1, 'twitter', 'held', $2, $2)`,
      [id, dueAt],
    );
    await tx.query(
      `update cases set preview = $2, last_channel = 'twitter', last_direction = 'outbound', last_interaction_at = greatest(last_interaction_at, $3),
         next_action = 'await_customer', unread = 0 where id = $1`,
      [found.id, previewOf(text, null), now],
    );
    await record(tx, found.id, actorOf(principal), 'api', now, [
      { type: 'interaction.queued', data: { interactionId: id, channel: 'twitter' } },
    ]);
    return id;
  }
}
