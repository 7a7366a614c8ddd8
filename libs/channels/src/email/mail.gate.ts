import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { InboundInteraction } from '#contracts';
import { CLOCK, CONFIG, type Clock, type Config } from '#platform';
import { AUTOMATIC_WINDOW_MS, HOUR_MS, stormOf, type MailInStorm, type SenderHistory } from './loop.rules.js';
import { LoopWatch } from './loop.watch.js';

/** A mail that could be taken in. */
export interface MailAtGate {
  arrival: InboundInteraction;
  /** A person let it in: nothing holds it back again. */
  isReleased: boolean;
}

export type GateReason = 'mail.rate' | 'mail.repeated' | 'mail.automatic';

/** Texts of a sender that are compared with a new one. */
const COMPARED_TEXTS = 20;

const HISTORY = `
  select s.sender, h."inAnHour" + r.mails as "inAnHour", h.automatic + r.automatic as automatic, h.texts
  from unnest($1::text[]) s (sender), lateral (
    select count(*)::int as "inAnHour", (count(*) filter (where i.automatic and i.received_at > $3))::int as automatic,
      coalesce(array_agg(left(i.text, 2000)) filter (where i.place <= ${COMPARED_TEXTS}), '{}') as texts
    from (select i.*, row_number() over (order by i.received_at desc) as place
      from contact_point p join cases c on c.customer_id = p.customer_id, lateral (
        select e.text, e.automatic, e.received_at from interaction e
        where e.case_id = c.id and e.contact_point_id = p.id and e.channel = 'email' and e.direction = 'inbound' and e.received_at > $2
        order by e.occurred_at desc limit $4) i
      where p.kind = 'email' and p.value = s.sender and p.valid_to is null and not p.shared) i) h, lateral (
    select count(*)::int as mails, (count(*) filter (where q.received_at > $3))::int as automatic
    from inbound_reject q where q.sender = s.sender and q.received_at > $2 and q.reason in ('mail.rate', 'mail.repeated')) r`;

const inStorm = ({ text, automatic, automaticKind, references }: InboundInteraction): MailInStorm => ({
  text,
  isAutomatic: automatic ?? false,
  isAnswer: (automaticKind ?? null) !== null || (references ?? []).length > 0,
});

/**
 * The last look at a batch before it becomes interactions: what may be part of a loop is kept back, with a reason, for a
 * person to decide. A common batch passes without a question to the database.
 */
@Injectable()
export class MailGate {
  private readonly watch = new LoopWatch();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns why mails are kept back, by their place in the batch */
  async held(tx: EntityManager, mails: readonly MailAtGate[]): Promise<Map<number, GateReason>> {
    const now = this.clock.now();
    const { suspects, programs } = this.look(mails, now);
    if (suspects.size + programs.size === 0) return new Map();
    const histories = await this.histories(tx, [...suspects], now);
    const strangers = await this.strangers(tx, [...programs]);
    const known = histories.size > 0 ? await this.known(tx, mails) : new Set<string>();
    const held = new Map<number, GateReason>();
    for (const [at, { arrival, isReleased }] of mails.entries()) {
      const sender = arrival.contact?.value ?? '';
      if (isReleased || known.has(arrival.externalId)) continue;
      const isStrange = arrival.automatic && strangers.has(sender);
      const reason = isStrange ? 'mail.automatic' : this.storm(arrival, histories.get(sender));
      if (reason) held.set(at, reason);
      // The same mail once more in this batch is no repetition either.
      else known.add(arrival.externalId);
    }
    return held;
  }

  /** Senders to look up: those that may be part of a storm, and those of mails nobody wrote. */
  private look(mails: readonly MailAtGate[], now: Date): { suspects: Set<string>; programs: Set<string> } {
    const found = { suspects: new Set<string>(), programs: new Set<string>() };
    for (const { arrival, isReleased } of mails) {
      const sender = arrival.contact?.value;
      if (!sender || isReleased) continue;
      if (this.watch.notice({ sender, ...inStorm(arrival) }, now)) found.suspects.add(sender);
      if (arrival.automatic) found.programs.add(sender);
    }
    return found;
  }

  /** Counts the mail into the history: the next of its batch stands behind it. */
  private storm(arrival: InboundInteraction, history: SenderHistory | undefined): GateReason | null {
    if (!history) return null;
    const reason = stormOf(inStorm(arrival), history, this.config.mail.senderLimit);
    history.inAnHour += 1;
    if (arrival.automatic) history.automatic += 1;
    history.texts.push(arrival.text);
    return reason;
  }

  private async histories(tx: EntityManager, senders: string[], now: Date): Promise<Map<string, SenderHistory>> {
    if (senders.length === 0) return new Map();
    const rows: (SenderHistory & { sender: string })[] = await tx.query(HISTORY, [
      senders,
      new Date(now.getTime() - HOUR_MS),
      new Date(now.getTime() - AUTOMATIC_WINDOW_MS),
      Math.max(100, this.config.mail.senderLimit),
    ]);
    return new Map(rows.map(({ sender, ...history }) => [sender, history]));
  }

  /** Of these senders those who stand on no case: what their programs write answers nothing of ours. */
  private async strangers(tx: EntityManager, senders: string[]): Promise<Set<string>> {
    if (senders.length === 0) return new Set();
    const rows: { sender: string }[] = await tx.query(
      `select s.sender from unnest($1::text[]) s (sender) where not exists (
         select from contact_point p join cases c on c.customer_id = p.customer_id
         where p.kind = 'email' and p.value = s.sender and p.valid_to is null and not p.shared)`,
      [senders],
    );
    return new Set(rows.map(({ sender }) => sender));
  }

  /** Those that are taken in already, by external id: a second delivery is no repetition. */
  private async known(tx: EntityManager, mails: readonly MailAtGate[]): Promise<Set<string>> {
    const rows: { external_id: string }[] = await tx.query(
      `select external_id from interaction where channel = 'email' and external_id = any($1)`,
      [mails.map(({ arrival }) => arrival.externalId)],
    );
    return new Set(rows.map(({ external_id }) => external_id));
  }
}
