import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ChangePartnerBody, Partner, PartnerBody, PartnerVersion, Tmf621Peer } from '#contracts';
import { CountedTime } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, sqlState, type Clock } from '#platform';
import { factsNotShared } from '../share/form.rules.js';
import { apart, isSamePlace, PartnerSecrets } from './partner.secrets.js';

const UNIQUE_VIOLATION = '23505';
const MOST = 500;

const PARTNER = `select p.id, p.name, p.kind, p.language, p.time_zone as "timeZone", p.active, p.gateway, p.email, p.senders, p.tmf621,
    p.postal_address as "postalAddress", p.terms, p.version, p.sealed is not null as "hasSecret", iso(p.changed_at) as "changedAt",
    (select count(*)::int from handoff h where h.partner_id = p.id and h.state not in ('closed', 'expired', 'cancelled', 'recalled')) as open,
    case when a.id is not null then json_build_object('id', a.id, 'displayName', a.display_name) end as "changedBy"
  from partner p left join agent a on a.id = p.changed_by`;

interface Kept {
  tmf621: Tmf621Peer | null;
  sealed: string | null;
  version: number;
}

/** The companies that work with us. What was agreed is kept at each save: a handoff stays under the version it was sent by. */
@Injectable()
export class Partners {
  constructor(
    private readonly secrets: PartnerSecrets,
    private readonly counted: CountedTime,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** By name; those we no longer work with stand last. */
  list(tx: EntityManager): Promise<Partner[]> {
    return tx.query(`${PARTNER} order by not p.active, lower(p.name), p.id limit ${MOST}`);
  }

  /** @throws DomainError partner.not_found */
  async find(tx: EntityManager, id: string): Promise<Partner> {
    const rows: Partner[] = await tx.query(`${PARTNER} where p.id = $1`, [id]);
    if (!rows[0]) throw new DomainError('partner.not_found');
    return rows[0];
  }

  /** What was agreed at each save, newest first. @throws DomainError partner.not_found */
  async versions(tx: EntityManager, id: string): Promise<PartnerVersion[]> {
    await this.find(tx, id);
    return tx.query(
      `select v.version, v.terms, iso(v.changed_at) as "changedAt",
         case when a.id is not null then json_build_object('id', a.id, 'displayName', a.display_name) end as "changedBy"
       from partner_version v left join agent a on a.id = v.changed_by where v.partner_id = $1 order by v.version desc limit ${MOST}`,
      [id],
    );
  }

  /**
   * @returns its id
   * @throws DomainError permission.denied, partner.name_taken, partner.gateway_incomplete, partner.fact_not_shared, calendar.not_found, calendar.never_opens
   */
  async create(tx: EntityManager, principal: Principal, body: PartnerBody): Promise<string> {
    demand(principal, 'partner.manage');
    await this.check(tx, body);
    const { peer, secret } = apart(body.tmf621);
    if (peer && peer.auth.kind !== 'none' && secret === null) throw new DomainError('partner.secret_needed');
    const [id, now] = [newId(), this.clock.now()];
    await named(() =>
      tx.query(
        `insert into partner (id, name, kind, language, time_zone, active, gateway, email, senders, postal_address, tmf621, sealed, terms, version,
           changed_by, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14, $15)`,
        [id, ...columns(body), peer, secret && this.secrets.seal(secret), body.terms, principal.id, now],
      ),
    );
    await keepVersion(tx, id);
    return id;
  }

  /**
   * Replaces what is known of it; what was sent goes on by what was agreed then.
   * @throws DomainError permission.denied, partner.not_found, partner.changed_meanwhile, partner.name_taken,
   * partner.gateway_incomplete, partner.secret_needed, partner.fact_not_shared, calendar.not_found, calendar.never_opens
   */
  async change(tx: EntityManager, principal: Principal, id: string, body: ChangePartnerBody): Promise<void> {
    demand(principal, 'partner.manage');
    await this.check(tx, body);
    const rows: Kept[] = await tx.query('select tmf621, sealed, version from partner where id = $1 for update', [id]);
    const [before] = rows;
    if (!before) throw new DomainError('partner.not_found');
    if (before.version !== body.version)
      throw new DomainError('partner.changed_meanwhile', { version: before.version });
    const { peer, secret } = apart(body.tmf621);
    const sealed = secret === null ? kept(before, peer) : this.secrets.seal(secret);
    await named(() =>
      tx.query(
        `update partner set name = $2, kind = $3, language = $4, time_zone = $5, active = $6, gateway = $7, email = $8, senders = $9,
           postal_address = $10, tmf621 = $11, sealed = $12, terms = $13, changed_by = $14, changed_at = $15, version = version + 1 where id = $1`,
        [id, ...columns(body), peer, sealed, body.terms, principal.id, this.clock.now()],
      ),
    );
    await keepVersion(tx, id);
  }

  /** @throws DomainError partner.gateway_incomplete, partner.fact_not_shared, calendar.not_found, calendar.never_opens: nothing would ever come due */
  private async check(tx: EntityManager, { gateway, email, tmf621, terms }: PartnerBody): Promise<void> {
    if (gateway === 'tmf621' ? !tmf621 : !email) throw new DomainError('partner.gateway_incomplete');
    const beyond = factsNotShared(terms);
    if (beyond.length > 0) throw new DomainError('partner.fact_not_shared', { keys: beyond });
    const after = await this.counted.by(tx, terms.calendar);
    if (after(this.clock.now(), terms.expiresMinutes) === null)
      throw new DomainError('calendar.never_opens', { minutes: terms.expiresMinutes });
  }
}

const columns = ({ name, kind, language, timeZone, active, gateway, ...of }: PartnerBody): unknown[] => [
  ...[name, kind, language, timeZone, active, gateway],
  ...[of.email ?? null, [...new Set(of.senders)], of.postalAddress],
];

/** The secret that stays. @throws DomainError partner.secret_needed */
function kept({ tmf621, sealed }: Kept, peer: Tmf621Peer | null): string | null {
  if (!peer || peer.auth.kind === 'none') return null;
  if (sealed === null || !isSamePlace(tmf621, peer)) throw new DomainError('partner.secret_needed');
  return sealed;
}

async function keepVersion(tx: EntityManager, id: string): Promise<void> {
  await tx.query(
    `insert into partner_version (partner_id, version, terms, changed_by, changed_at)
     select id, version, terms, changed_by, changed_at from partner where id = $1`,
    [id],
  );
}

/** @throws DomainError partner.name_taken */
async function named<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (sqlState(error) === UNIQUE_VIOLATION) throw new DomainError('partner.name_taken');
    throw error;
  }
}
