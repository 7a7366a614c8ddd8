import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Language, NewPartnerKey, PartnerKey, PartnerKeyBody } from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, type Clock } from '#platform';

const KEY = `k.id, k.kind, k.label, k.client_id as "clientId", iso(k.created_at) as "createdAt", iso(k.used_at) as "usedAt", iso(k.revoked_at) as "revokedAt"`;
const SEEN_EVERY = `interval '1 minute'`;
const PREFIX = 'hilop_';

/** A leaked table opens nothing: 256 random bits are kept as their SHA-256. */
const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Whose system it is that calls. */
export interface KeyHolder {
  keyId: string;
  partnerId: string;
  /** They are answered in it when they ask for none. */
  language: Language;
}

/** Keys by which partners' systems call ours. The secret is shown once and kept as its hash. */
@Injectable()
export class PartnerKeys {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Also those that open nothing any more; newest first. @throws DomainError permission.denied, partner.not_found */
  async list(tx: EntityManager, principal: Principal, partnerId: string): Promise<PartnerKey[]> {
    demand(principal, 'partner.manage');
    await expectPartner(tx, partnerId);
    return tx.query(
      `select ${KEY} from partner_key k where k.partner_id = $1 order by k.created_at desc, k.id desc limit 200`,
      [partnerId],
    );
  }

  /** @throws DomainError permission.denied, partner.not_found */
  async issue(
    tx: EntityManager,
    principal: Principal,
    partnerId: string,
    { kind, label }: PartnerKeyBody,
  ): Promise<NewPartnerKey> {
    demand(principal, 'partner.manage');
    await expectPartner(tx, partnerId);
    const secret = PREFIX + randomBytes(32).toString('base64url');
    const clientId = kind === 'oauth2_client' ? `hilo-${randomBytes(9).toString('hex')}` : null;
    const [key]: PartnerKey[] = await tx.query(
      `insert into partner_key as k (id, partner_id, kind, label, client_id, secret_hash, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${KEY}`,
      [newId(), partnerId, kind, label, clientId, hashOf(secret), principal.id, this.clock.now()],
    );
    if (!key) throw new DomainError('partner_key.not_found');
    return { ...key, secret };
  }

  /** It opens nothing from now on. Again changes nothing. @throws DomainError permission.denied, partner_key.not_found */
  async revoke(tx: EntityManager, principal: Principal, partnerId: string, keyId: string): Promise<void> {
    demand(principal, 'partner.manage');
    const [, found]: [unknown, number] = await tx.query(
      'update partner_key set revoked_at = coalesce(revoked_at, $3) where id = $2 and partner_id = $1',
      [partnerId, keyId, this.clock.now()],
    );
    if (found === 0) throw new DomainError('partner_key.not_found');
  }

  /** Whose API key it is; null: nobody's, taken back, or of somebody we no longer work with. */
  async byApiKey(tx: EntityManager, secret: string): Promise<KeyHolder | null> {
    return this.holder(tx, `k.kind = 'api_key' and k.secret_hash = $1`, [hashOf(secret)]);
  }

  /** Whose OAuth 2 client it is, by its name and secret; null as above. */
  async byClient(tx: EntityManager, clientId: string, secret: string): Promise<KeyHolder | null> {
    return this.holder(tx, `k.kind = 'oauth2_client' and k.secret_hash = $1 and k.client_id = $2`, [
      hashOf(secret),
      clientId,
    ]);
  }

  /** Whether a key that opened something still does: a token that was given for it ends with it. */
  async stillOpens(tx: EntityManager, keyId: string): Promise<KeyHolder | null> {
    return this.holder(tx, 'k.id = $1', [keyId]);
  }

  private async holder(tx: EntityManager, condition: string, values: unknown[]): Promise<KeyHolder | null> {
    const now = this.clock.now();
    const [found]: (KeyHolder & { stale: boolean })[] = await tx.query(
      `select k.id as "keyId", k.partner_id as "partnerId", p.language, k.used_at is null or k.used_at < $${values.length + 1}::timestamptz - ${SEEN_EVERY} as stale
       from partner_key k join partner p on p.id = k.partner_id where ${condition} and k.revoked_at is null and p.active`,
      [...values, now],
    );
    if (!found) return null;
    const { stale, ...holder } = found;
    if (stale) await tx.query('update partner_key set used_at = $2 where id = $1', [holder.keyId, now]);
    return holder;
  }
}

async function expectPartner(tx: EntityManager, id: string): Promise<void> {
  const rows: unknown[] = await tx.query('select from partner where id = $1', [id]);
  if (rows.length === 0) throw new DomainError('partner.not_found');
}
