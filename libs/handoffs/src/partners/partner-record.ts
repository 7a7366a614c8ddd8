import type { EntityManager } from 'typeorm';
import type { GatewayKind, Language, PartnerKind, PartnerTerms, Tmf621Peer } from '#contracts';
import { DomainError } from '#platform';

/** A partner as gateways and decisions look at it. */
export interface PartnerRecord {
  id: string;
  name: string;
  kind: PartnerKind;
  language: Language;
  timeZone: string;
  active: boolean;
  gateway: GatewayKind;
  email: string | null;
  senders: string[];
  /** Without its secret. */
  tmf621: Tmf621Peer | null;
  /** The secret of that, sealed. */
  sealed: string | null;
  terms: PartnerTerms;
  version: number;
}

/** Columns of `partner p`; `v.terms` are those of the version that is asked for. */
const COLUMNS = `p.id, p.name, p.kind, p.language, p.time_zone as "timeZone", p.active, p.gateway, p.email, p.senders, p.tmf621, p.sealed`;

/** As it is now. @throws DomainError partner.not_found */
export async function readPartner(tx: EntityManager, partnerId: string): Promise<PartnerRecord> {
  const rows: PartnerRecord[] = await tx.query(`select ${COLUMNS}, p.terms, p.version from partner p where p.id = $1`, [
    partnerId,
  ]);
  if (!rows[0]) throw new DomainError('partner.not_found');
  return rows[0];
}

/** With the terms a handoff was sent under. @throws DomainError partner.not_found */
export async function partnerAt(tx: EntityManager, partnerId: string, version: number): Promise<PartnerRecord> {
  const rows: PartnerRecord[] = await tx.query(
    `select ${COLUMNS}, v.terms, v.version from partner p join partner_version v on v.partner_id = p.id and v.version = $2 where p.id = $1`,
    [partnerId, version],
  );
  if (!rows[0]) throw new DomainError('partner.not_found');
  return rows[0];
}
