import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DESK, type DeskAction, type DeskLink, type HandoffState } from '#contracts';
import { actorOf, record, SYSTEM, visible } from '#cases';
import { demand, visibleStore, type Principal } from '#identity';
import { CLOCK, CONFIG, DomainError, newId, type Clock, type Config } from '#platform';
import { AgreedTimes } from '../../handoff/agreed-times.js';
import { lockAnyHandoff, lockHandoff, type HandoffRecord } from '../../handoff/handoff-record.js';

/** 192 bits: nobody guesses one. */
const TOKEN_BYTES = 24;
const TOKEN = /^[\w-]{32}$/u;
const DAY_MS = 86_400_000;

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** A link as it was just made: the only time its address is known. */
export interface MadeDeskLink {
  id: string;
  url: string;
  expiresAt: Date;
}

/** A link that opens a page: whose, and about what. */
export interface OpenDeskLink {
  id: string;
  handoffId: string;
  partnerId: string;
  expiresAt: Date;
}

/** Why a link that was one opens nothing: its own time, or that of what it led to. */
export type ShutDeskLink = { shut: 'gone' } | { shut: 'recalled' | 'expired' | 'forgotten'; reference: string };

/** The same link with the form of an action open: to be looked at, for a click does nothing by itself. */
export function withAction(url: string, action: DeskAction): string {
  const at = new URL(url);
  at.searchParams.set('do', action);
  at.hash = 'act';
  return at.href;
}

const which = ({ id, reference, partnerId, partnerName }: HandoffRecord) => ({
  ...{ handoffId: id, reference },
  ...{ partnerId, partnerName },
});

/**
 * Links on which a partner works on one handoff without an account. The token is random and kept as a hash; a link is one
 * partner's and one handoff's, ends by itself, can be taken back, and opens nothing of what was recalled, forgotten or expired.
 */
@Injectable()
export class DeskLinks {
  constructor(
    private readonly times: AgreedTimes,
    @Inject(CONFIG) private readonly config: Pick<Config, 'http'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The address of a new link, as it goes out with a message; its buttons: `withAction`.
   * @throws DomainError handoff.not_found
   */
  async issue(tx: EntityManager, handoffId: string): Promise<string> {
    return (await this.make(tx, handoffId, null)).url;
  }

  /** One of us makes one, to hand over. @throws DomainError handoff.not_found, handoff.transition_forbidden while it is a draft, handoff.forgotten, permission.denied */
  async issueBy(tx: EntityManager, principal: Principal, handoffId: string): Promise<MadeDeskLink> {
    demand(principal, 'handoff.work');
    const handoff = await lockHandoff(tx, principal, handoffId);
    // What was never sent is nobody's to read yet.
    if (handoff.state === 'draft') throw new DomainError('handoff.transition_forbidden');
    if (isShut(handoff.state, handoff.forgottenAt)) throw new DomainError('handoff.forgotten');
    const link = await this.make(tx, handoffId, principal.id);
    await record(tx, handoff.caseId, actorOf(principal), 'api', this.clock.now(), [
      {
        type: 'handoff.link_issued',
        data: { ...which(handoff), linkId: link.id, expiresAt: link.expiresAt.toISOString() },
      },
    ]);
    return link;
  }

  private async make(tx: EntityManager, handoffId: string, by: string | null): Promise<MadeDeskLink> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const now = this.clock.now();
    const link = {
      id: newId(),
      url: new URL(`/desk/${token}`, this.config.http.baseUrl).href,
      expiresAt: new Date(now.getTime() + DESK.linkDays * DAY_MS),
    };
    const rows: unknown[] = await tx.query(
      `insert into handoff_link (id, handoff_id, partner_id, token_hash, issued_by, issued_at, expires_at)
       select $1, h.id, h.partner_id, $3, $4, $5, $6 from handoff h where h.id = $2 returning 1`,
      [link.id, handoffId, hashOf(token), by, now, link.expiresAt],
    );
    if (rows.length === 0) throw new DomainError('handoff.not_found');
    return link;
  }

  /** Where a link leads; null: it never was one. */
  async find(tx: EntityManager, token: string): Promise<OpenDeskLink | ShutDeskLink | null> {
    return this.look(tx, 'l.token_hash = $1', hashOf(TOKEN.test(token) ? token : ''));
  }

  /** Whether it still opens what it opened: asked again where something is done by it. Nobody takes it back meanwhile. */
  async holds(tx: EntityManager, link: OpenDeskLink): Promise<boolean> {
    await tx.query('select from handoff_link where id = $1 for share', [link.id]);
    const found = await this.look(tx, 'l.id = $1', link.id);
    return found !== null && !('shut' in found);
  }

  private async look(tx: EntityManager, by: string, key: Buffer | string): Promise<OpenDeskLink | ShutDeskLink | null> {
    const rows: (OpenDeskLink & {
      good: boolean;
      reference: string;
      state: HandoffState;
      forgottenAt: Date | null;
    })[] = await tx.query(
      `select l.id, l.handoff_id as "handoffId", l.partner_id as "partnerId", l.expires_at as "expiresAt", h.reference, h.state,
         h.forgotten_at as "forgottenAt", l.revoked_at is null and l.expires_at > $2 and p.active as good
       from handoff_link l join handoff h on h.id = l.handoff_id join partner p on p.id = l.partner_id where ${by}`,
      [key, this.clock.now()],
    );
    if (!rows[0]) return null;
    const { good, reference, state, forgottenAt, ...link } = rows[0];
    if (!good || state === 'draft') return { shut: 'gone' };
    if (state === 'recalled' || state === 'expired') return { shut: state, reference };
    return forgottenAt ? { shut: 'forgotten', reference } : link;
  }

  /**
   * Their page was fetched: they have it, however the letter about it fared. The first time is written on the case; it proves nothing,
   * for a program may have.
   */
  async opened(tx: EntityManager, link: OpenDeskLink): Promise<void> {
    const now = this.clock.now();
    const news: unknown[] = await tx.query(
      'select from handoff_link l join handoff h on h.id = l.handoff_id where l.id = $1 and (l.opens = 0 or h.delivered_at is null)',
      [link.id],
    );
    // The case before the link, as everybody takes them.
    const handoff = news.length > 0 ? await lockAnyHandoff(tx, link.handoffId) : null;
    const [rows]: [{ opens: number }[], number] = await tx.query(
      `update handoff_link set opens = opens + 1, first_opened_at = coalesce(first_opened_at, $2), last_opened_at = $2
       where id = $1 returning opens`,
      [link.id, now],
    );
    if (!handoff) return;
    await this.times.arrived(tx, handoff, now);
    if (rows[0]?.opens !== 1) return;
    await record(tx, handoff.caseId, { ...SYSTEM, name: handoff.partnerName }, 'desk', now, [
      { type: 'handoff.link_opened', data: { ...which(handoff), linkId: link.id } },
    ]);
  }

  /** Of a handoff, newest first. @throws DomainError handoff.not_found, permission.denied */
  async list(tx: EntityManager, principal: Principal, handoffId: string): Promise<DeskLink[]> {
    demand(principal, 'handoff.work');
    await seen(tx, principal, handoffId);
    return tx.query(
      `select l.id, case when l.revoked_at is not null then 'revoked' when l.expires_at <= $2 then 'expired' else 'live' end as state,
         case when a.id is not null then json_build_object('id', a.id, 'displayName', a.display_name) end as "issuedBy",
         iso(l.issued_at) as "issuedAt", iso(l.expires_at) as "expiresAt", iso(l.revoked_at) as "revokedAt",
         iso(l.last_opened_at) as "lastOpenedAt", l.opens
       from handoff_link l left join agent a on a.id = l.issued_by
       where l.handoff_id = $1 order by l.issued_at desc, l.id desc limit 50`,
      [handoffId, this.clock.now()],
    );
  }

  /** One of us takes one back; again changes nothing. @throws DomainError handoff.not_found, desk.link_not_found, permission.denied */
  async revokeBy(tx: EntityManager, principal: Principal, handoffId: string, linkId: string): Promise<void> {
    demand(principal, 'handoff.work');
    const handoff = await lockHandoff(tx, principal, handoffId);
    const rows: unknown[] = await tx.query('select from handoff_link where id = $1 and handoff_id = $2', [
      linkId,
      handoffId,
    ]);
    if (rows.length === 0) throw new DomainError('desk.link_not_found');
    const now = this.clock.now();
    const [, revoked]: [unknown, number] = await tx.query(
      'update handoff_link set revoked_at = $2, revoked_by = $3 where id = $1 and revoked_at is null',
      [linkId, now, principal.id],
    );
    if (revoked > 0)
      await record(tx, handoff.caseId, actorOf(principal), 'api', now, [
        { type: 'handoff.link_revoked', data: { ...which(handoff), linkId } },
      ]);
  }
}

/** Whether a handoff in this state shows its partner nothing any more. */
export const isShut = (state: HandoffState, forgottenAt: Date | null): boolean =>
  state === 'recalled' || state === 'expired' || forgottenAt !== null;

/** @throws DomainError handoff.not_found, also when its case is not theirs to see */
async function seen(tx: EntityManager, principal: Principal, handoffId: string): Promise<void> {
  const rows: unknown[] = await tx.query(
    `select from handoff h join cases c on c.id = h.case_id where h.id = $1 and ${visible('$2')}`,
    [handoffId, visibleStore(principal)],
  );
  if (rows.length === 0) throw new DomainError('handoff.not_found');
}
