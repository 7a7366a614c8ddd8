import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  allows,
  GATED_ACTIONS,
  type DocumentSeenBody,
  type GatedAction,
  type PersonRef,
  type ProofLevel,
  type ProofMethod,
} from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import type { CaseRecord } from '../case-access.js';
import { actorOf, record, SYSTEM, type Actor } from '../record.js';
import { normaliseDocument, toldAs } from './identifier.rules.js';
import { channelProof, heldUntil, strongest, type ChannelProof, type GivenProof } from './proof.rules.js';
import { givenProofs, lastWords } from './proof.sql.js';

/** How far the person of a case has shown who they are, at this moment. */
export interface Proven {
  level: ProofLevel;
  method: ProofMethod | null;
  until: Date | null;
  by: PersonRef | null;
}

const UNPROVEN: Proven = { level: 'none', method: null, until: null, by: null };

export interface NewProof {
  caseId: string;
  customerId: string;
  level: Exclude<ProofLevel, 'none'>;
  method: ProofMethod;
  /** The address it was shown by; null: in person. */
  contactPointId: string | null;
  /** Null: nobody of ours had to do anything. */
  takenBy: Principal | null;
}

/**
 * Who somebody is was shown at the counter, by a code or by the way they write. Given for a case it holds on all its
 * channels for a while; a merge that it was not given after, and the end of the address it came by, take it away.
 */
@Injectable()
export class ProofService {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** The best there is now: given for the case, or by what the last messages prove by themselves. */
  async levelOf(tx: EntityManager, caseId: string): Promise<Proven> {
    const now = this.clock.now();
    const given = await givenProofs(tx, caseId, now);
    const best = strongest(given, now);
    if (best?.level === 'strong') return proven(best);
    const spoken = strongest(
      (await this.channelsOf(tx, caseId)).flatMap(({ level, method, until }) =>
        method && until ? [{ level, method, expiresAt: until, by: null }] : [],
      ),
      now,
    );
    const either = strongest(
      [best, spoken].flatMap((one) => one ?? []),
      now,
    );
    return either ? proven(either) : UNPROVEN;
  }

  /** What each way they wrote by within a day proves by itself. */
  async channelsOf(
    tx: EntityManager,
    caseId: string,
  ): Promise<(ChannelProof & { channel: string; contactPointId: string; until: Date | null })[]> {
    const words = await lastWords(tx, caseId, this.clock.now());
    return words.map((word) => {
      const { level, method } = channelProof(word);
      const until = method && heldUntil(method, word.at);
      return { channel: word.channel, contactPointId: word.contactPointId, level, method, until };
    });
  }

  /**
   * Nobody is told or given what needs a better proof than there is.
   * @throws DomainError proof.required {action, needs, has}
   */
  async demandProof(
    tx: EntityManager,
    _principal: Principal,
    caseId: string | null,
    action: GatedAction,
  ): Promise<Proven> {
    const has = caseId === null ? UNPROVEN : await this.levelOf(tx, caseId);
    if (!allows(has.level, action))
      throw new DomainError('proof.required', { action, needs: GATED_ACTIONS[action].level, has: has.level });
    return has;
  }

  /** Writes a proof down; the transaction holds the case. @returns its id */
  async give(tx: EntityManager, proof: NewProof, display: string | null): Promise<string> {
    const { caseId, customerId, level, method, contactPointId, takenBy } = proof;
    const [id, now] = [newId(), this.clock.now()];
    const until = heldUntil(method, now);
    await tx.query(
      `insert into proof (id, case_id, customer_id, contact_point_id, level, method, taken_by, given_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, caseId, customerId, contactPointId, level, method, takenBy?.id ?? null, now, until],
    );
    const actor: Actor = takenBy ? actorOf(takenBy) : SYSTEM;
    const data = { proofId: id, level, method, until: until.toISOString(), display };
    await record(tx, caseId, actor, 'api', now, [{ type: 'proof.given', data }]);
    return id;
  }

  /**
   * Whoever wrote on the page behind a link reads the address it was sent to: little, for links are passed on, and it says
   * nothing of who calls. That it was opened proves nothing: programs that look at mail open links, too.
   */
  async wroteByLink(tx: EntityManager, caseId: string, customerId: string, contactPointId: string): Promise<void> {
    const rows: { display: string }[] = await tx.query(
      `select coalesce('@' || p.handle, p.display) as display from contact_point p
       where p.id = $1 and p.customer_id = $2 and p.valid_to is null and not p.shared and not exists (
         select from proof f where f.case_id = $3 and f.contact_point_id = p.id and f.method = 'signed_link' and f.expires_at > $4)`,
      [contactPointId, customerId, caseId, this.clock.now()],
    );
    if (!rows[0]) return;
    const proof = { caseId, customerId, level: 'weak', method: 'signed_link', contactPointId, takenBy: null } as const;
    await this.give(tx, proof, rows[0].display);
  }

  /**
   * Somebody of ours has a document in their hand. The first one seen is kept; from then on it must be that one.
   * @returns false: it is another one than the one on record, which is written down; to be told after the transaction
   * @throws DomainError permission.denied, contact.invalid_identifier, contact.taken (somebody else's document)
   */
  async documentSeen(
    tx: EntityManager,
    principal: Principal,
    found: CaseRecord,
    { document }: DocumentSeenBody,
  ): Promise<boolean> {
    demand(principal, 'proof.document');
    const value = normaliseDocument(document.number, document.kind);
    if (value === null) throw new DomainError('contact.invalid_identifier', { fields: ['number'] });
    const now = this.clock.now();
    await tx.query('select lock_contacts($1)', [[`document:${value}`]]);
    const known: { id: string; value: string; customerId: string }[] = await tx.query(
      `select id, value, customer_id as "customerId" from contact_point
       where kind = 'document' and valid_to is null and not shared and (customer_id = $1 or value = $2)`,
      [found.customerId, value],
    );
    if (known.some(({ customerId }) => customerId !== found.customerId))
      throw new DomainError('contact.taken', { fields: ['document'] });
    const same = known.find((one) => one.value === value);
    if (known.length > 0 && !same) {
      await record(tx, found.id, actorOf(principal), 'api', now, [
        { type: 'proof.refused', data: { method: 'document_seen' } },
      ]);
      return false;
    }
    const id = same?.id ?? newId();
    await tx.query(
      `insert into contact_point (id, customer_id, kind, value, display, source, verified_at, verified_how, verified_by, created_at)
       values ($1, $2, 'document', $3, $3, 'staff', $4, 'document_seen', $5, $4)
       on conflict (id) do update set verified_at = excluded.verified_at, verified_how = excluded.verified_how, verified_by = excluded.verified_by`,
      [id, found.customerId, value, now, principal.id],
    );
    await this.give(
      tx,
      {
        caseId: found.id,
        customerId: found.customerId,
        level: 'strong',
        method: 'document_seen',
        contactPointId: null,
        takenBy: principal,
      },
      toldAs({ kind: 'document', display: value }),
    );
    return true;
  }
}

const proven = ({ level, method, expiresAt, by }: GivenProof & { by: PersonRef | null }): Proven => ({
  level,
  method,
  until: expiresAt,
  by,
});
