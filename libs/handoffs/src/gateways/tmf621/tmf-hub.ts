import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { askOutside, CLOCK, CONFIG, DomainError, newId, reasonOf, type Clock, type Config } from '#platform';
import type { KeyHolder } from '../../partners/partner-keys.service.js';
import { bodyOf, eventsOf, nameOf, wants } from './hub.rules.js';
import { TmfTickets } from './tmf-tickets.js';

const PORTION = 10;
/** Whoever tells and dies leaves it for so long. */
const LEASE_MS = 60_000;
/** Nobody reads what they answer. */
const LIMITS = { patienceMs: 10_000, most: 2_000 };
const FIRST_MS = 5_000;
const LONGEST_MS = 3_600_000;
/** About three days. */
const MOST_TRIES = 80;
const MOST_LISTENERS = 20;

export interface Subscription {
  id: string;
  callback: string;
  query: string;
}

interface Due {
  seq: string;
  id: string;
  subscriptionId: string;
  handoffId: string;
  attempts: number;
  callback: string;
  query: string;
  kind: string;
  at: Date;
  isDeleted: boolean;
  /** We work with them. */
  isActive: boolean;
  /** The key by which they subscribed opens nothing any more. */
  isRevoked: boolean;
}

/** Tells listeners of partners what happens to their tickets: each in order, again until it is taken. */
@Injectable()
export class TmfHub {
  constructor(
    private readonly database: DataSource,
    private readonly tickets: TmfTickets,
    @Inject(CONFIG) private readonly config: Pick<Config, 'production'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The same address again is the same listener, of the key that said so last: with its key it ends. @throws DomainError request.invalid */
  async subscribe(
    tx: EntityManager,
    { partnerId, keyId }: Pick<KeyHolder, 'partnerId' | 'keyId'>,
    callback: string,
    query: string,
  ): Promise<Subscription> {
    this.expectCallable(callback);
    await tx.query('select from partner where id = $1 for update', [partnerId]);
    const there: Subscription[] = await tx.query(
      'select id, callback, query from tmf_subscription where partner_id = $1 and ended_at is null',
      [partnerId],
    );
    const same = there.find((one) => one.callback === callback && one.query === query);
    if (same) {
      await tx.query('update tmf_subscription set key_id = $2 where id = $1', [same.id, keyId]);
      return same;
    }
    if (there.length >= MOST_LISTENERS)
      throw new DomainError('request.invalid', [
        { path: 'callback', message: `more than ${MOST_LISTENERS} listeners` },
      ]);
    const made = { id: newId(), callback, query };
    await tx.query(
      'insert into tmf_subscription (id, partner_id, key_id, callback, query, created_at) values ($1, $2, $3, $4, $5, $6)',
      [made.id, partnerId, keyId, callback, query, this.clock.now()],
    );
    return made;
  }

  /** A partner names the address that we call: in production only one that proves whose it is. */
  private expectCallable(callback: string): void {
    const { username, password, hash, protocol } = new URL(callback);
    const fault =
      (username || password || hash) !== ''
        ? 'names a user or a fragment'
        : this.config.production && protocol !== 'https:'
          ? 'is not https'
          : null;
    if (fault) throw new DomainError('request.invalid', [{ path: 'callback', message: fault }]);
  }

  /** @throws DomainError webhook.not_found, also for a listener of another partner */
  async unsubscribe(tx: EntityManager, partnerId: string, id: string): Promise<void> {
    const [ended]: [unknown[], number] = await tx.query(
      'update tmf_subscription set ended_at = $3 where id = $2 and partner_id = $1 and ended_at is null returning id',
      [partnerId, id, this.clock.now()],
    );
    if (ended.length === 0) throw new DomainError('webhook.not_found');
    await this.endEvents(tx, id);
  }

  /** The next for each listener. @returns whether there may be more right away */
  async tellSome(): Promise<boolean> {
    const due = await this.take();
    await Promise.all(due.map((one) => this.tell(one)));
    return due.length > 0;
  }

  private async take(): Promise<Due[]> {
    const now = this.clock.now();
    const [rows]: [Due[], number] = await this.database.query(
      `update tmf_event v set attempts = v.attempts + 1, due_at = $2 from (
         select w.seq from tmf_event w where w.state = 'waiting' and w.due_at <= $1 and not exists (
           select from tmf_event b where b.subscription_id = w.subscription_id and b.seq < w.seq and b.state = 'waiting')
         order by w.seq limit ${PORTION} for update skip locked) due
       join tmf_event own on own.seq = due.seq join tmf_subscription s on s.id = own.subscription_id
       join partner p on p.id = s.partner_id join partner_key y on y.id = s.key_id
       join handoff_entry e on e.id = own.entry_id left join tmf_ticket k on k.handoff_id = own.handoff_id
       where v.seq = due.seq returning v.seq::text, v.id, s.id as "subscriptionId", v.handoff_id as "handoffId", v.attempts, s.callback, s.query,
         e.kind, e.recorded_at as at, k.deleted_at is not null as "isDeleted",
         p.active as "isActive", y.revoked_at is not null as "isRevoked"`,
      [now, new Date(now.getTime() + LEASE_MS)],
    );
    return rows;
  }

  private async tell(due: Due): Promise<void> {
    if (due.isRevoked) return this.database.transaction((tx) => this.end(tx, due.subscriptionId));
    if (!due.isActive) return this.endEvents(this.database.manager, due.subscriptionId);
    const { ticket } = await this.tickets.render(this.database.manager, due.handoffId);
    const events = eventsOf(due.kind, due.isDeleted).filter((event) => wants(due.query, event, ticket));
    let error: string | null = null;
    for (const event of events) {
      const url = new URL(due.callback);
      url.pathname = `${url.pathname.replace(/\/+$/u, '')}/listener/t${nameOf(event).slice(1)}`;
      error = await post(url, bodyOf(event, due.id, due.at, ticket));
      if (error !== null) break;
    }
    if (error === GONE) return this.database.transaction((tx) => this.end(tx, due.subscriptionId));
    const isOver = due.attempts >= MOST_TRIES;
    const state = error === null ? 'sent' : isOver ? 'dead' : 'waiting';
    const now = this.clock.now();
    const wait = Math.min(FIRST_MS * 2 ** (due.attempts - 1), LONGEST_MS);
    await this.database.query(
      `update tmf_event set state = $3::text, due_at = case when $3 = 'waiting' then $4::timestamptz end, error = $5,
         given_up_at = case when $3 = 'dead' then $6::timestamptz end
       where seq = $1 and attempts = $2 and state = 'waiting'`,
      [due.seq, due.attempts, state, new Date(now.getTime() + wait), error, now],
    );
  }

  /** They want to be told no more. */
  private async end(tx: EntityManager, subscriptionId: string): Promise<void> {
    await tx.query('update tmf_subscription set ended_at = $2 where id = $1', [subscriptionId, this.clock.now()]);
    await this.endEvents(tx, subscriptionId);
  }

  private async endEvents(tx: EntityManager, subscriptionId: string): Promise<void> {
    await tx.query(
      `update tmf_event set state = 'dead', due_at = null, error = 'nobody listens', given_up_at = null
       where subscription_id = $1 and (state = 'waiting' or given_up_at is not null)`,
      [subscriptionId],
    );
  }
}

const GONE = '410';

/** @returns why it was not taken; null: it was */
async function post(url: URL, body: unknown): Promise<string | null> {
  try {
    const headers = { 'content-type': 'application/json;charset=utf-8' };
    const { ok, status } = await askOutside(url, { method: 'POST', body: JSON.stringify(body), headers }, LIMITS);
    return ok ? null : String(status);
  } catch (error) {
    return reasonOf(error);
  }
}
