import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { isHandoffEnded, type GatewayKind, type HandoffState, type HandoffWord } from '#contracts';
import { record, SYSTEM, visible } from '#cases';
import { visibleStore, type Principal } from '#identity';
import { CLOCK, DomainError, withRetry, type Clock } from '#platform';
import type { Handed, Parcel } from '../gateways/gateway.js';
import { Gateways } from '../gateways/gateways.js';
import { partnerAt } from '../partners/partner-record.js';
import { AgreedTimes } from './agreed-times.js';
import { whichOf } from './handoff-events.js';
import { lockAnyHandoff, readHandoff } from './handoff-record.js';

/** Of each partner at a time. */
const PORTION = 10;
/** Whoever took a word and died leaves it for so long. */
const LEASE_MS = 60_000;
const FIRST_MS = 30_000;
const LONGEST_MS = 3_600_000;
/** A partner may be away for a weekend. */
const PATIENCE_MS = 72 * 3_600_000;

/** How long until the next try, after so many: half a minute, then twice as long each time, an hour at most. */
export const nextTryAfter = (attempts: number): number => Math.min(FIRST_MS * 2 ** (attempts - 1), LONGEST_MS);

interface Taken {
  deliveryId: string;
  entryId: string;
  handoffId: string;
  partnerId: string;
  gateway: GatewayKind;
  seq: number;
  attempts: number;
  createdAt: Date;
  word: HandoffWord;
  at: Date;
  byName: string;
  attachmentIds: string[];
}

interface Dead {
  gateway: GatewayKind;
  kind: HandoffWord['kind'];
  handoffState: HandoffState;
  /** They have the handoff all the same. */
  reached: boolean;
}

/**
 * Words are told in their order: each waits for those before it. That it is over waits for nothing that is stuck, nor for what waits
 * behind that; only for what began it. $1 is now, $3 the partners that are being spoken with.
 */
const NEXT = `select id from (
  select w.id, row_number() over (partition by h.partner_id order by w.due_at, w.id) as place
  from handoff_delivery w join handoff h on h.id = w.handoff_id join handoff_entry e on e.id = w.entry_id
  where w.state = 'waiting' and w.due_at <= $1 and h.partner_id <> all($3) and not exists (
    select from handoff_delivery b join handoff_entry f on f.id = b.entry_id
    where b.handoff_id = w.handoff_id and b.gateway = w.gateway and b.seq < w.seq and b.state in ('waiting', 'dead')
      and (e.kind not in ('cancelled', 'recalled') or f.kind = 'sent' or b.state = 'waiting' and not exists (
        select from handoff_delivery s where s.handoff_id = b.handoff_id and s.gateway = b.gateway and s.seq < b.seq and s.state = 'dead')))
  ) next where place <= ${PORTION}`;

/** Words of ours on their way to partners: of one handoff in their order, each tried until it is taken or nobody believes in it. */
@Injectable()
export class Deliveries {
  private readonly logger = new Logger('Deliveries');
  /** With whom we speak just now: with each about one thing after the other. */
  private readonly inHand = new Map<string, Promise<void>>();

  constructor(
    private readonly database: DataSource,
    private readonly gateways: Gateways,
    private readonly times: AgreedTimes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Begins with a few words for each partner we are not speaking with yet. A slow one keeps nobody waiting but itself, in no round; no
   * transaction is held while another system thinks.
   * @returns of each partner when that is done
   */
  async begin(): Promise<Promise<void>[]> {
    const taken = await withRetry(this.database, (tx) => this.take(tx));
    const byPartner = Map.groupBy(taken, ({ partnerId }) => partnerId);
    return [...byPartner].map(([partnerId, words]) => {
      const before = this.inHand.get(partnerId) ?? Promise.resolve();
      const done = before
        .then(() => this.sendAll(words))
        .catch((error: unknown) =>
          this.logger.error({ err: error, partnerId }, 'what became of words could not be kept'),
        )
        .finally(() => (this.inHand.get(partnerId) === done ? this.inHand.delete(partnerId) : false));
      this.inHand.set(partnerId, done);
      return done;
    });
  }

  /** The same, until all of it is done. @returns whether there may be more right away */
  async sendSome(): Promise<boolean> {
    const begun = await this.begin();
    await Promise.all(begun);
    return begun.length > 0;
  }

  /** What is in hand is done. */
  async idle(): Promise<void> {
    await Promise.all(this.inHand.values());
  }

  private async sendAll(words: Taken[]): Promise<void> {
    for (const word of words) {
      const attempts = await this.attempt(word);
      if (attempts === null) continue;
      const tried = { ...word, attempts };
      const handed = await this.hand(tried);
      await withRetry(this.database, (tx) => this.settle(tx, tried, handed));
    }
  }

  /** A dead one goes again. @throws DomainError handoff_message.not_found, handoff_message.not_dead */
  async revive(tx: EntityManager, principal: Principal, deliveryId: string): Promise<void> {
    const { kind, handoffState } = await this.dead(tx, principal, deliveryId);
    // What has ended is not begun by it: they would be told of a customer for nothing.
    if (kind === 'sent' && isHandoffEnded(handoffState))
      throw new DomainError('handoff_message.not_dead', { state: handoffState });
    await tx.query(
      `update handoff_delivery set state = 'waiting', due_at = $2, attempts = 0, created_at = $2 where id = $1`,
      [deliveryId, this.clock.now()],
    );
  }

  /**
   * A dead one is given up: what was said after it goes on without it. Not the first of all, unless it has reached them otherwise:
   * without it they know of nothing, and without their ticket there is nowhere to say more.
   * @throws DomainError handoff_message.not_found, handoff_message.not_dead, handoff_message.begins_it
   */
  async drop(tx: EntityManager, principal: Principal, deliveryId: string): Promise<void> {
    const { kind, reached, gateway } = await this.dead(tx, principal, deliveryId);
    if (kind === 'sent' && (!reached || gateway === 'tmf621')) throw new DomainError('handoff_message.begins_it');
    await tx.query(`update handoff_delivery set state = 'dropped' where id = $1`, [deliveryId]);
  }

  private async dead(tx: EntityManager, principal: Principal, deliveryId: string): Promise<Dead> {
    const [row]: (Dead & { state: string })[] = await tx.query(
      `select d.state, d.gateway, e.kind, h.state as "handoffState", coalesce(h.delivered_at, h.acknowledged_at) is not null as reached
       from handoff_delivery d join handoff h on h.id = d.handoff_id join handoff_entry e on e.id = d.entry_id
       where d.id = $1 and ${visible('$2', 'h.case_id')} for update of d`,
      [deliveryId, visibleStore(principal)],
    );
    if (!row) throw new DomainError('handoff_message.not_found');
    if (row.state !== 'dead') throw new DomainError('handoff_message.not_dead', { state: row.state });
    return row;
  }

  /** Those that are due and wait for none before them, as many of each partner; nobody else takes them for a while. */
  private async take(tx: EntityManager): Promise<Taken[]> {
    const now = this.clock.now();
    const [rows]: [Taken[], number] = await tx.query(
      `update handoff_delivery d set due_at = $2 from (
         select x.id from handoff_delivery x where x.state = 'waiting' and x.due_at <= $1 and x.id in (${NEXT}) for update skip locked) due
       join handoff_delivery own on own.id = due.id join handoff_entry e on e.id = own.entry_id join handoff h on h.id = own.handoff_id
       where d.id = due.id returning d.id as "deliveryId", d.entry_id as "entryId", d.handoff_id as "handoffId", h.partner_id as "partnerId", d.gateway, d.seq, d.attempts,
         d.created_at as "createdAt", e.word, e.at, e.by_name as "byName", e.attachment_ids as "attachmentIds"`,
      [now, new Date(now.getTime() + LEASE_MS), [...this.inHand.keys()]],
    );
    return rows.toSorted((a, b) => (a.deliveryId < b.deliveryId ? -1 : 1));
  }

  /** A try of its own, for as long as one may last. @returns how many there were; null: it is not ours any more, or is to be told no more */
  private async attempt({ deliveryId, attempts }: Taken): Promise<number | null> {
    const [[begun]]: [{ attempts: number }[], number] = await this.database.query(
      `update handoff_delivery set attempts = attempts + 1, due_at = $3 where id = $1 and attempts = $2 and state = 'waiting' returning attempts`,
      [deliveryId, attempts, new Date(this.clock.now().getTime() + LEASE_MS)],
    );
    return begun?.attempts ?? null;
  }

  private async hand(one: Taken): Promise<Handed> {
    try {
      const handoff = await readHandoff(this.database.manager, one.handoffId);
      const partner = await partnerAt(this.database.manager, handoff.partnerId, handoff.partnerVersion);
      const parcel: Parcel = { ...one, ref: one.entryId, handoff, partner };
      return await this.gateways.of(one.gateway).deliver(parcel);
    } catch (error) {
      this.logger.warn({ err: error, deliveryId: one.deliveryId }, 'a word could not be handed over');
      return { verdict: 'again', error: error instanceof Error ? error.message : String(error), retryAfter: null };
    }
  }

  /** Of the try that has it in hand only: what somebody else has taken since is theirs. */
  private async settle(tx: EntityManager, one: Taken, handed: Handed): Promise<void> {
    const handoff = await lockAnyHandoff(tx, one.handoffId);
    const now = this.clock.now();
    const lasts = now.getTime() - one.createdAt.getTime() < PATIENCE_MS;
    const state = handed.verdict === 'again' ? (lasts ? 'waiting' : 'dead') : handed.verdict;
    const wait = Math.max(nextTryAfter(one.attempts), Math.min(handed.retryAfter ?? 0, 86_400) * 1000);
    const [settled]: [unknown[], number] = await tx.query(
      `update handoff_delivery set state = $3::text, due_at = case when $3 = 'waiting' then $4::timestamptz end, error = $5,
         sent_at = case when $3 = 'sent' then $6::timestamptz end where id = $1 and attempts = $2 and state = 'waiting' returning id`,
      [one.deliveryId, one.attempts, state, new Date(now.getTime() + wait), handed.error, now],
    );
    if (settled.length === 0) return;
    if (state === 'sent' && one.word.kind === 'sent') await this.times.arrived(tx, handoff, now);
    if (state === 'dead')
      await record(tx, handoff.caseId, SYSTEM, 'handoff', now, [
        {
          type: 'handoff.undeliverable',
          data: { ...whichOf(handoff), deliveryId: one.deliveryId, error: handed.error ?? '' },
        },
      ]);
  }
}
