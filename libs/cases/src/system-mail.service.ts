import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Language } from '#contracts';
import { CLOCK, CONFIG, newId, Secrets, type Clock, type Config } from '#platform';
import { record, SYSTEM } from './record.js';
import { replySubject } from './reply.rules.js';
import { issuedMessageId } from './threading.rules.js';

const DAY_MS = 86_400_000;
/** Mails nobody typed that one address gets within a day, at most. */
const MOST_A_DAY = 5;

export interface SystemMailOrder {
  /** What it is about, as `over_limit:<interaction>`: one mail of each, ever. */
  cause: string;
  caseId: string;
  /** Whose address it goes to. */
  contactPointId: string;
  /** One of them is sent, in the language of the customer; both while nobody knows it. */
  text: Record<Language, string>;
}

/** The likelier one first. */
const inBoth = ({ es, en }: Record<Language, string>): string => `${es}\n\n— English —\n\n${en}`;

interface Path {
  threadId: string;
  subject: string | null;
  reference: string;
  /** Null: nobody knows it. */
  language: Language | null;
  domain: string;
}

/**
 * Mails nobody typed: a notice that a file was too large, a confirmation. They stand on the case like every other message
 * and leave by the same way, but are no answer of ours: the case goes on waiting for one. Whether anybody may be written to
 * without being answered (loops, other programs) is to be asked before.
 */
@Injectable()
export class SystemMail {
  constructor(
    private readonly secrets: Secrets,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Writes one, in the transaction of what caused it; safe to run again.
   * @returns its id; null when there has been one of this cause, the address has had enough today, or it is no mail address
   */
  async write(tx: EntityManager, order: SystemMailOrder): Promise<string | null> {
    await tx.query('select from cases where id = $1 for update', [order.caseId]);
    const path = (await this.mayWrite(tx, order)) ? await this.path(tx, order) : null;
    if (!path) return null;
    const id = newId();
    const now = this.clock.now();
    const text = path.language ? order.text[path.language] : inBoth(order.text);
    await tx.query(
      `insert into interaction (id, case_id, contact_point_id, thread_id, channel, direction, message_id, subject, text,
         author_kind, author_name, automatic, occurred_at, received_at, search)
       values ($1, $2, $3, $4, 'email', 'outbound', $5, $6, $7, 'system', $8, true, $9, $9, to_tsvector('spanish', fold($7)))`,
      [
        id,
        order.caseId,
        order.contactPointId,
        path.threadId,
        issuedMessageId(this.secrets, id, this.config.mail.address),
        replySubject(path.subject, path.reference, path.language ?? 'es'),
        text,
        SYSTEM.name,
        now,
      ],
    );
    await tx.query(
      `insert into delivery (interaction_id, channel, state, due_at, first_due_at, recipient_domain) values ($1, 'email', 'pending', $2, $2, $3)`,
      [id, now, path.domain],
    );
    await tx.query(
      'insert into system_mail (cause, interaction_id, contact_point_id, created_at) values ($1, $2, $3, $4)',
      [order.cause, id, order.contactPointId, now],
    );
    await record(tx, order.caseId, SYSTEM, 'system_mail', now, [
      { type: 'interaction.queued', data: { interactionId: id, channel: 'email' } },
    ]);
    return id;
  }

  /** Once of each cause, and not forever to one address: the last line of defence when two programs talk to each other. */
  private async mayWrite(tx: EntityManager, { cause, contactPointId }: SystemMailOrder): Promise<boolean> {
    const rows: { known: boolean; lately: number }[] = await tx.query(
      `select exists (select from system_mail where cause = $1) as known,
         (select count(*)::int from system_mail where contact_point_id = $2 and created_at > $3) as lately`,
      [cause, contactPointId, new Date(this.clock.now().getTime() - DAY_MS)],
    );
    return rows[0]?.known === false && rows[0].lately < MOST_A_DAY;
  }

  /** The thread with this address, made now when nobody has written by it yet. */
  private async path(tx: EntityManager, { caseId, contactPointId }: SystemMailOrder): Promise<Path | null> {
    const rows: Path[] = await tx.query(
      `with made as (
         insert into channel_thread (id, case_id, contact_point_id, channel, account)
         select $3, $1, p.id, 'email', $4 from contact_point p where p.id = $2 and p.kind = 'email' and p.valid_to is null
         on conflict (case_id, contact_point_id, channel) do update set account = coalesce(channel_thread.account, excluded.account)
         returning id, subject)
       select made.id as "threadId", made.subject, c.reference, case when cu.language_known then cu.language end as language,
         split_part(p.value, '@', 2) as domain
       from made, cases c join customer cu on cu.id = c.customer_id, contact_point p where c.id = $1 and p.id = $2`,
      [caseId, contactPointId, newId(), this.config.mail.address],
    );
    return rows[0] ?? null;
  }
}
