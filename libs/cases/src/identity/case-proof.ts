import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  allows,
  GATED_ACTIONS,
  ONE_TIME_CODE,
  type CaseProof,
  type Channel,
  type GatedAction,
  type SentCode,
} from '#contracts';
import type { Principal } from '#identity';
import { CLOCK, type Clock } from '#platform';
import { findCase } from '../case-access.js';
import { hasKind } from './contact-points.sql.js';
import { OneTimeCodes } from './one-time-codes.js';
import { ProofService } from './proof.service.js';

const ACTIONS = Object.keys(GATED_ACTIONS) as GatedAction[];

/** What stands beside the name on a case: who they have shown to be, and how they could show more. */
@Injectable()
export class CaseProofs {
  constructor(
    private readonly proofs: ProofService,
    private readonly codes: OneTimeCodes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError case.not_found */
  async of(tx: EntityManager, principal: Principal, idOrReference: string): Promise<CaseProof> {
    const caseId = await findCase(tx, principal, idOrReference);
    const rows: { customerId: string }[] = await tx.query(
      'select customer_id as "customerId" from cases where id = $1',
      [caseId],
    );
    const customerId = rows[0]?.customerId ?? '';
    const { level, method, until, by } = await this.proofs.levelOf(tx, caseId);
    const addresses = await this.codes.addresses(tx, customerId);
    const channels = await this.proofs.channelsOf(tx, caseId);
    return {
      level,
      method,
      until: until?.toISOString() ?? null,
      by,
      channels: channels.map((one) => ({
        channel: one.channel as Channel,
        contactPointId: one.contactPointId,
        level: one.level,
        method: one.method,
      })),
      reachable: addresses.map((address) => ({
        contactPointId: address.id,
        channel: address.kind,
        address: address.display,
        level: address.level,
      })),
      code: await this.sentCode(tx, caseId),
      documentKnown: await hasKind(tx, customerId, 'document'),
      allowed: ACTIONS.filter((action) => allows(level, action)),
    };
  }

  private async sentCode(tx: EntityManager, caseId: string): Promise<SentCode | null> {
    const rows: (Omit<SentCode, 'sentAt' | 'expiresAt' | 'triesLeft'> & { at: Date; end: Date; tries: number })[] =
      await tx.query(
        `select o.id, o.contact_point_id as "contactPointId", coalesce('@' || p.handle, p.display) as address, o.created_at as at, o.expires_at as end, o.tries
       from one_time_code o join contact_point p on p.id = o.contact_point_id
       where o.case_id = $1 and o.closed_at is null and o.expires_at > $2 and o.tries < $3 order by o.created_at desc limit 1`,
        [caseId, this.clock.now(), ONE_TIME_CODE.tries],
      );
    const [code] = rows;
    if (!code) return null;
    const { id, contactPointId, address, at, end, tries } = code;
    const [sentAt, expiresAt] = [at.toISOString(), end.toISOString()];
    return { id, contactPointId, address, sentAt, expiresAt, triesLeft: ONE_TIME_CODE.tries - tries };
  }
}
