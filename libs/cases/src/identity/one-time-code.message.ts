import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CODE_DOTS, ONE_TIME_CODE, ONE_TIME_CODE_TEXT, type Language } from '#contracts';
import { CLOCK, CONFIG, newId, Secrets, type Clock, type Config } from '#platform';
import { record, SYSTEM } from '../record.js';
import { replySubject } from '../reply.rules.js';
import { issuedMessageId } from '../threading.rules.js';

interface Way {
  threadId: string;
  channel: 'twitter' | 'email';
  subject: string | null;
  reference: string;
  language: Language;
  domain: string | null;
}

/** What a code's message says, with its code or with the dots that stand for it. */
export const codeText = (language: Language, code: string): string =>
  ONE_TIME_CODE_TEXT[language].replace('{code}', code).replace('{minutes}', String(ONE_TIME_CODE.minutes));

/**
 * The message that carries a code. It stands on the case like every other and leaves by the same way; what we keep of it, and
 * what anybody of ours reads, has dots in the code's place.
 */
@Injectable()
export class OneTimeCodeMessage {
  constructor(
    private readonly secrets: Secrets,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns the id of its interaction, about to be sent; null: there is no way to that address */
  async write(tx: EntityManager, caseId: string, contactPointId: string): Promise<string | null> {
    const way = await this.way(tx, caseId, contactPointId);
    if (!way) return null;
    const [id, now, isMail] = [newId(), this.clock.now(), way.channel === 'email'];
    await tx.query(
      `insert into interaction (id, case_id, contact_point_id, thread_id, channel, direction, message_id, subject, text,
         author_kind, author_name, automatic, occurred_at, received_at, search)
       values ($1, $2, $3, $4, $5, 'outbound', $6, $7, $8, 'system', $9, true, $10, $10, to_tsvector('spanish', fold($8)))`,
      [
        id,
        caseId,
        contactPointId,
        way.threadId,
        way.channel,
        isMail ? issuedMessageId(this.secrets, id, this.config.mail.address) : null,
        isMail ? replySubject(way.subject, way.reference, way.language) : null,
        codeText(way.language, CODE_DOTS),
        SYSTEM.name,
        now,
      ],
    );
    await tx.query(
      `insert into delivery (interaction_id, channel, state, due_at, first_due_at, recipient_domain) values ($1, $2, 'pending', $3, $3, $4)`,
      [id, way.channel, now, way.domain],
    );
    await record(tx, caseId, SYSTEM, 'one_time_code', now, [
      { type: 'interaction.queued', data: { interactionId: id, channel: way.channel } },
    ]);
    return id;
  }

  /** The thread with this address on this case, made now when there is none: on X from the account they wrote to. */
  private async way(tx: EntityManager, caseId: string, contactPointId: string): Promise<Way | null> {
    const rows: Way[] = await tx.query(
      `with made as (
         insert into channel_thread (id, case_id, contact_point_id, channel, account)
         select $3, $1, p.id, p.kind, case p.kind when 'email' then $4 else (
           select t.account from channel_thread t where t.contact_point_id = p.id and t.channel = 'twitter' order by t.last_inbound_at desc nulls last limit 1) end
         from contact_point p where p.id = $2 and p.kind in ('email', 'twitter') and p.valid_to is null
         on conflict (case_id, contact_point_id, channel) do update set account = coalesce(channel_thread.account, excluded.account)
         returning id, channel, subject)
       select made.id as "threadId", made.channel, made.subject, c.reference, cu.language,
         case when made.channel = 'email' then split_part(p.value, '@', 2) end as domain
       from made, cases c join customer cu on cu.id = c.customer_id, contact_point p where c.id = $1 and p.id = $2`,
      [caseId, contactPointId, newId(), this.config.mail.address],
    );
    return rows[0] ?? null;
  }
}
