import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LINK_DAYS_LIVE, type CaseLink, type LinkPurpose } from '#contracts';
import { CLOCK, CONFIG, DomainError, newId, type Clock, type Config } from '#platform';
import { demand, type Principal } from '#identity';
import { findCase, lockCase } from '../case-access.js';
import { actorOf, record, SYSTEM, type Actor } from '../record.js';

/** 192 bits: nobody guesses one. 32 letters, so that it fits a direct message and a printed line. */
const TOKEN_BYTES = 24;
const TOKEN = /^[\w-]{32}$/u;
const DAY_MS = 86_400_000;

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** A link as it was just made: the only time its address is known. */
export interface MadeLink {
  id: string;
  url: string;
  expiresAt: Date;
}

/** A link that leads somewhere: whose case, as merges have left it. */
export interface OpenLink {
  id: string;
  caseId: string;
  customerId: string;
  contactPointId: string | null;
  expiresAt: Date;
}

/**
 * Links on which whoever was sent one follows a case without a login. The token is random and kept as a hash; a link ends by
 * itself, can be taken back, and goes where merges take its case. It dies when the address it was sent to is no longer its
 * customer's: a number that is somebody else's by now opens nothing.
 */
@Injectable()
export class CaseLinks {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'http'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Staff make one, for an address of the customer or to hand over.
   * @throws DomainError case.not_found, link.contact_point_unknown, permission.denied
   */
  async issueBy(
    tx: EntityManager,
    principal: Principal,
    idOrReference: string,
    contactPointId?: string,
  ): Promise<MadeLink> {
    demand(principal, 'link.issue');
    const { id } = await lockCase(tx, principal, idOrReference);
    return this.issue(tx, actorOf(principal), id, { contactPointId });
  }

  /**
   * A new link to this case.
   * @param caseId a case that is in the caller's hands (locked, or seen)
   * @throws DomainError link.contact_point_unknown when the address is not the customer's
   */
  async issue(
    tx: EntityManager,
    actor: Actor,
    caseId: string,
    { contactPointId, purpose = 'track' }: { contactPointId?: string; purpose?: LinkPurpose } = {},
  ): Promise<MadeLink> {
    const sentTo = contactPointId === undefined ? null : await addressOf(tx, caseId, contactPointId);
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const now = this.clock.now();
    const link = {
      id: newId(),
      url: new URL(`/t/${token}`, this.config.http.baseUrl).href,
      expiresAt: new Date(now.getTime() + LINK_DAYS_LIVE * DAY_MS),
    };
    await tx.query(
      `insert into case_link (id, case_id, contact_point_id, purpose, token_hash, issued_by, issued_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        link.id,
        caseId,
        contactPointId ?? null,
        purpose,
        hashOf(token),
        actor.kind === 'agent' ? actor.id : null,
        now,
        link.expiresAt,
      ],
    );
    await record(tx, caseId, actor, 'api', now, [
      { type: 'link.issued', data: { linkId: link.id, sentTo, expiresAt: link.expiresAt.toISOString() } },
    ]);
    return link;
  }

  /**
   * Where a link leads, looked up the same way and in the same time whether it is unknown, expired, revoked or good.
   * @returns null when it leads nowhere, whyever
   */
  async find(tx: EntityManager, token: string): Promise<OpenLink | null> {
    const rows: (OpenLink & { good: boolean })[] = await tx.query(
      `select l.id, c.id as "caseId", c.customer_id as "customerId", l.contact_point_id as "contactPointId", l.expires_at as "expiresAt",
         l.revoked_at is null and l.expires_at > $2 and c.status <> 'spam'
           and (p.id is null or (p.valid_to is null and living_customer(p.customer_id) = living_customer(c.customer_id))) as good
       from case_link l join cases c on c.id = living_case(l.case_id) left join contact_point p on p.id = l.contact_point_id
       where l.token_hash = $1`,
      [hashOf(TOKEN.test(token) ? token : ''), this.clock.now()],
    );
    const row = rows[0];
    if (!row?.good) return null;
    const { good: _, ...link } = row;
    return link;
  }

  /** The page behind it was fetched. The first time is written on the case; it proves nothing, for a program may have. */
  async opened(tx: EntityManager, link: OpenLink): Promise<void> {
    const now = this.clock.now();
    const [rows]: [{ opens: number }[], number] = await tx.query(
      `update case_link set opens = opens + 1, first_opened_at = coalesce(first_opened_at, $2), last_opened_at = $2
       where id = $1 returning opens`,
      [link.id, now],
    );
    if (rows[0]?.opens !== 1) return;
    const people: { name: string }[] = await tx.query('select display_name as name from customer where id = $1', [
      link.customerId,
    ]);
    const actor: Actor = { kind: 'customer', id: null, name: people[0]?.name ?? '' };
    await record(tx, link.caseId, actor, 'web', now, [
      { type: 'link.opened', data: { linkId: link.id, contactPointId: link.contactPointId } },
    ]);
  }

  /** The links of a case, newest first, of those merged into it too. @throws DomainError case.not_found */
  async list(tx: EntityManager, principal: Principal, idOrReference: string): Promise<CaseLink[]> {
    const caseId = await findCase(tx, principal, idOrReference);
    return tx.query(
      `select l.id, l.purpose, case when l.revoked_at is not null then 'revoked' when l.expires_at <= $2 then 'expired' else 'live' end as state,
         case when p.id is not null then json_build_object('id', p.id, 'kind', p.kind, 'display', coalesce('@' || p.handle, p.display)) end as "contactPoint",
         case when a.id is not null then json_build_object('id', a.id, 'displayName', a.display_name) end as "issuedBy",
         iso(l.issued_at) as "issuedAt", iso(l.expires_at) as "expiresAt", iso(l.revoked_at) as "revokedAt", iso(l.last_opened_at) as "lastOpenedAt", l.opens
       from case_link l left join contact_point p on p.id = l.contact_point_id left join agent a on a.id = l.issued_by
       where l.case_id in (select $1::uuid union all select id from cases where merged_into = $1) order by l.issued_at desc, l.id desc limit 50`,
      [caseId, this.clock.now()],
    );
  }

  /** Staff take one back; again changes nothing. @throws DomainError case.not_found, link.not_found, permission.denied */
  async revokeBy(tx: EntityManager, principal: Principal, idOrReference: string, linkId: string): Promise<void> {
    demand(principal, 'link.issue');
    const caseId = await findCase(tx, principal, idOrReference);
    const rows: unknown[] = await tx.query(
      'select from case_link where id = $1 and living_case(case_id) = $2 for update',
      [linkId, caseId],
    );
    if (rows.length === 0) throw new DomainError('link.not_found');
    await this.revoke(tx, actorOf(principal), caseId, linkId);
  }

  /** Whoever holds it takes it back themselves. */
  async revokeOwn(tx: EntityManager, link: OpenLink): Promise<void> {
    await this.revoke(tx, { ...SYSTEM, kind: 'customer' }, link.caseId, link.id);
  }

  private async revoke(tx: EntityManager, actor: Actor, caseId: string, linkId: string): Promise<void> {
    const now = this.clock.now();
    const [, revoked]: [unknown, number] = await tx.query(
      'update case_link set revoked_at = $2, revoked_by = $3 where id = $1 and revoked_at is null',
      [linkId, now, actor.kind === 'agent' ? actor.id : null],
    );
    if (revoked > 0)
      await record(tx, caseId, actor, actor.kind === 'agent' ? 'api' : 'web', now, [
        { type: 'link.revoked', data: { linkId } },
      ]);
  }
}

/** How an address of the case's customer is written. @throws DomainError link.contact_point_unknown */
async function addressOf(tx: EntityManager, caseId: string, contactPointId: string): Promise<string> {
  const rows: { display: string }[] = await tx.query(
    `select coalesce('@' || p.handle, p.display) as display from contact_point p join cases c on c.customer_id = p.customer_id
     where p.id = $1 and c.id = $2 and p.kind in ('twitter', 'email', 'phone') and p.valid_to is null`,
    [contactPointId, caseId],
  );
  if (!rows[0]) throw new DomainError('link.contact_point_unknown');
  return rows[0].display;
}
