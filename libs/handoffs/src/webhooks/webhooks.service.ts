import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { NewWebhook, Webhook, WebhookBody } from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, Secrets, type Clock } from '#platform';

const PURPOSE = 'webhook';
const PREFIX = 'whsec_';
/** So long both secrets sign, once one was made anew. */
const BOTH_MS = 24 * 3_600_000;

const COUNTED = (state: string) =>
  `(select count(*)::int from webhook_message m where m.endpoint_id = w.id and m.state = '${state}')`;
const WEBHOOK = `w.id, w.url, w.description, w.types, w.active, w.failures, iso(w.resumes_at) as "resumesAt", iso(w.last_sent_at) as "lastSentAt",
  iso(w.both_until) as "bothUntil", iso(w.created_at) as "createdAt", json_build_object('id', a.id, 'displayName', a.display_name) as "createdBy",
  ${COUNTED('waiting')} as waiting, ${COUNTED('dead')} as dead`;
const FROM = 'webhook_endpoint w join agent a on a.id = w.created_by';

/** Which other systems are told of what, and by which secret they know that it is us. */
@Injectable()
export class Webhooks {
  constructor(
    private readonly secrets: Secrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError permission.denied */
  async list(tx: EntityManager, principal: Principal): Promise<Webhook[]> {
    demand(principal, 'webhook.manage');
    return tx.query(`select ${WEBHOOK} from ${FROM} order by w.created_at, w.id limit 200`);
  }

  /** @throws DomainError permission.denied, webhook.not_found */
  async one(tx: EntityManager, principal: Principal, id: string): Promise<Webhook> {
    demand(principal, 'webhook.manage');
    const rows: Webhook[] = await tx.query(`select ${WEBHOOK} from ${FROM} where w.id = $1`, [id]);
    if (!rows[0]) throw new DomainError('webhook.not_found');
    return rows[0];
  }

  /** @throws DomainError permission.denied */
  async add(tx: EntityManager, principal: Principal, body: WebhookBody): Promise<NewWebhook> {
    demand(principal, 'webhook.manage');
    const [id, secret] = [newId(), newSecret()];
    await tx.query(
      `insert into webhook_endpoint (id, url, description, types, active, sealed, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        ...[id, body.url, body.description, body.types, body.active, this.secrets.seal(PURPOSE, secret)],
        ...[principal.id, this.clock.now()],
      ],
    );
    return { ...(await this.one(tx, principal, id)), secret };
  }

  /** What waits goes to the new address. @throws DomainError permission.denied, webhook.not_found */
  async change(tx: EntityManager, principal: Principal, id: string, body: WebhookBody): Promise<Webhook> {
    await this.one(tx, principal, id);
    await tx.query(
      `update webhook_endpoint set url = $2, description = $3, types = $4, active = $5, failures = 0, resumes_at = null where id = $1`,
      [id, body.url, body.description, body.types, body.active],
    );
    return this.one(tx, principal, id);
  }

  /** With all that waits. @throws DomainError permission.denied, webhook.not_found */
  async remove(tx: EntityManager, principal: Principal, id: string): Promise<void> {
    await this.one(tx, principal, id);
    await tx.query('delete from webhook_endpoint where id = $1', [id]);
  }

  /** A new secret; the one before signs, too, for a day. @throws DomainError permission.denied, webhook.not_found */
  async rotate(tx: EntityManager, principal: Principal, id: string): Promise<NewWebhook> {
    await this.one(tx, principal, id);
    const secret = newSecret();
    const until = new Date(this.clock.now().getTime() + BOTH_MS);
    await tx.query('update webhook_endpoint set sealed_before = sealed, both_until = $3, sealed = $2 where id = $1', [
      ...[id, this.secrets.seal(PURPOSE, secret), until],
    ]);
    return { ...(await this.one(tx, principal, id)), secret };
  }

  /** Secrets a message is signed with now. */
  open(sealed: readonly (string | null)[]): string[] {
    return sealed.flatMap((each) => (each === null ? [] : [this.secrets.open(PURPOSE, each)]));
  }

  /**
   * Goes again from the beginning: one, or all that are dead.
   * @throws DomainError permission.denied, webhook.not_found, webhook.not_dead
   */
  async replay(tx: EntityManager, principal: Principal, id: string, messageId: string | null): Promise<number> {
    await this.one(tx, principal, id);
    const [, moved]: [unknown, number] = await tx.query(
      `update webhook_message set state = 'waiting', due_at = $2, attempts = 0, error = null, status = null
       where endpoint_id = $1 and state <> 'waiting' and case when $3::uuid is null then state = 'dead' else id = $3 end`,
      [id, this.clock.now(), messageId],
    );
    if (moved === 0 && messageId !== null) throw new DomainError('webhook.not_dead');
    await tx.query('update webhook_endpoint set failures = 0, resumes_at = null where id = $1', [id]);
    return moved;
  }
}

const newSecret = (): string => PREFIX + randomBytes(32).toString('base64');
