import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Language } from '#contracts';
import { CLOCK, type Clock } from '#platform';
import { nextTry } from './mail-pace.rules.js';

const PORTION = 20;
/** How long one try may take before another process may take the row over. */
const LEASE_MS = 120_000;

/** A mail whose turn it is, with the address its reader has now. */
export interface StaffMail {
  id: string;
  attempt: number;
  to: string;
  name: string;
  language: Language;
  subject: string;
  text: string;
  html: string;
  createdAt: Date;
}

/** What became of a try. */
export type Posted = { outcome: 'sent' } | { outcome: 'retry' | 'failed'; reason: string; detail: string };

/** The mails to us on their way out: the row is the queue. */
@Injectable()
export class StaffPost {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Those that are due, each for whoever takes it on alone. Somebody who has left is written to no more. */
  async take(tx: EntityManager): Promise<StaffMail[]> {
    const now = this.clock.now();
    await tx.query(
      `update staff_mail m set state = 'failed', reason = 'recipient.gone' from agent a
       where m.state = 'pending' and m.due_at <= $1 and a.id = m.agent_id and not a.active`,
      [now],
    );
    const [mails]: [StaffMail[], number] = await tx.query(
      `update staff_mail m set attempts = m.attempts + 1, due_at = $2
       from (select id from staff_mail where state = 'pending' and due_at <= $1 order by due_at limit $3 for update skip locked) due, agent a
       where m.id = due.id and a.id = m.agent_id
       returning m.id, m.attempts as attempt, a.email as "to", a.display_name as name, a.language, m.subject, m.text, m.html, m.created_at as "createdAt"`,
      [now, new Date(now.getTime() + LEASE_MS), PORTION],
    );
    return mails;
  }

  /** Writes down what became of it; of a try that another has taken over, nothing. */
  async settle(
    tx: EntityManager,
    mail: Pick<StaffMail, 'id' | 'attempt' | 'createdAt'>,
    posted: Posted,
  ): Promise<void> {
    const now = this.clock.now();
    const next = posted.outcome === 'retry' ? nextTry(now, mail.createdAt, mail.attempt) : null;
    const state = posted.outcome === 'sent' ? 'sent' : next ? 'pending' : 'failed';
    const { reason, detail } = posted.outcome === 'sent' ? { reason: null, detail: null } : posted;
    await tx.query(
      `update staff_mail set state = $3, due_at = coalesce($4, due_at), reason = $5, detail = $6, sent_at = $7
       where id = $1 and attempts = $2 and state = 'pending'`,
      [mail.id, mail.attempt, state, next, reason, detail, state === 'sent' ? now : null],
    );
  }
}
