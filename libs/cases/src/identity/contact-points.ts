import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  allows,
  isMasked,
  type AddContactPointBody,
  type ContactSource,
  type EndReason,
  type IdentifierKind,
} from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { lockKeys } from '../contact.rules.js';
import { actorOf, record, type Actor, type NewEvent } from '../record.js';
import {
  hasKind,
  knownOtherwise,
  holdCustomer,
  holdersOf,
  insertPoint,
  isProtected,
  openCaseOf,
  pointOf,
  type HeldCustomer,
  type PointRecord,
} from './contact-points.sql.js';
import { EndOfReplies } from './end-of-replies.js';
import { identifierOf, toldAs, type Identifier } from './identifier.rules.js';
import { ProofService } from './proof.service.js';

/** Only these can be several people's. */
const SHAREABLE: readonly IdentifierKind[] = ['email', 'phone'];
const ADDRESSES: readonly IdentifierKind[] = ['email', 'phone', 'twitter'];
/** What was mistyped a moment ago is put right without more ado. */
const SLIP_MS = 24 * 3_600_000;

const keysOf = ({ kind, value, handle }: Identifier): string[] =>
  kind === 'twitter' || kind === 'email' || kind === 'phone'
    ? lockKeys({ kind, value, handle })
    : [`${kind}:${value ?? ''}`];

/** What is granted, by whoever may: the card, an import, the customer themselves. */
export interface Grant {
  customerId: string;
  identifier: Identifier;
  source: ContactSource;
  /** Others have it too. */
  shared: boolean;
}

/**
 * What identifies a customer, as it begins, ends and turns out to be several people's. At any time everything is one
 * customer's or shared. Addresses are locked first, then customers, then cases, as everywhere.
 */
@Injectable()
export class ContactPoints {
  constructor(
    private readonly proofs: ProofService,
    private readonly endOfReplies: EndOfReplies,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Staff add what the customer says is theirs. What they already have stays as it is.
   * @returns its id
   * @throws DomainError permission.denied, customer.not_found, contact.invalid_identifier, contact.not_shareable, contact.taken,
   * contact.shared (say so), proof.required
   */
  async add(tx: EntityManager, principal: Principal, customerId: string, body: AddContactPointBody): Promise<string> {
    demand(principal, 'contact.manage');
    const identifier = identifierOf(body.kind, body.value);
    if (!identifier) throw new DomainError('contact.invalid_identifier', { fields: ['value'] });
    await tx.query('select lock_contacts($1)', [keysOf(identifier)]);
    const customer = await holdCustomer(tx, principal, customerId);
    const gated = ADDRESSES.includes(body.kind)
      ? await isProtected(tx, customer)
      : body.kind === 'document' && (await hasKind(tx, customer.id, 'document'));
    if (gated) await this.proofs.demandProof(tx, principal, customer.openCaseId, 'contact_point.add');
    return this.grant(tx, actorOf(principal), {
      customerId: customer.id,
      identifier,
      source: 'staff',
      shared: body.shared,
    });
  }

  /**
   * Whether an address that is stated on their behalf, at the counter or on the phone, becomes theirs: of whom more is known
   * than that only once they have proven who they are.
   * @param strict refuses instead of saying no
   * @throws DomainError proof.required
   */
  async mayState(tx: EntityManager, principal: Principal, customerId: string, strict: boolean): Promise<boolean> {
    if (!(await knownOtherwise(tx, customerId))) return true;
    const caseId = await openCaseOf(tx, customerId);
    if (strict) await this.proofs.demandProof(tx, principal, caseId, 'contact_point.add');
    return caseId !== null && allows((await this.proofs.levelOf(tx, caseId)).level, 'contact_point.add');
  }

  /**
   * Writes down whose something is, whoever found out; asks for no proof. An import, a merge, a match.
   * @returns its id, also when they had it already
   * @throws DomainError contact.not_shareable, contact.taken, contact.shared
   */
  async grant(tx: EntityManager, actor: Actor, { customerId, identifier, source, shared }: Grant): Promise<string> {
    const { kind } = identifier;
    if (shared && !SHAREABLE.includes(kind)) throw new DomainError('contact.not_shareable');
    await tx.query('select lock_contacts($1)', [keysOf(identifier)]);
    const { alone, members } = await holdersOf(tx, identifier);
    const own = [alone, ...members].find((point) => point?.customerId === customerId);
    if (own && (own.shared || !shared)) return own.id;
    if (own) {
      await this.mark(tx, own, true);
      return own.id;
    }
    if (!shared && alone && members.length === 0) throw new DomainError('contact.taken', { fields: [kind] });
    if (!shared && members.length > 0) throw new DomainError('contact.shared', { fields: [kind] });
    // Of whom nothing is known but that they write by it is the household; anybody else is one of its people.
    if (alone && members.length === 0 && !alone.isHousehold) await this.mark(tx, alone, true, actor);
    const id = newId();
    await insertPoint(tx, { ...identifier, id, customerId, source, shared }, this.clock.now());
    await this.tell(tx, customerId, actor, {
      type: 'contact_point.added',
      data: { contactPointId: id, kind, display: toldAs(identifier) },
    });
    return id;
  }

  /**
   * No longer theirs: what comes from it is somebody else's from now on, and nothing of ours goes there any more, also what
   * waits to leave.
   * @throws DomainError permission.denied, customer.not_found, contact.not_found, contact.ended, proof.required
   */
  async end(tx: EntityManager, principal: Principal, customerId: string, id: string, reason: EndReason): Promise<void> {
    const { customer, point } = await this.hold(tx, principal, customerId, id);
    if (await this.endIsGated(tx, customer, point, reason))
      await this.proofs.demandProof(tx, principal, customer.openCaseId, 'contact_point.end');
    await this.endNow(tx, point, reason, principal);
    await this.tell(tx, customer.id, actorOf(principal), {
      type: 'contact_point.ended',
      data: { contactPointId: id, kind: point.kind, display: toldAs(point), reason },
    });
  }

  /**
   * Several people have it, or only this one after all.
   * @throws DomainError as `end`; contact.not_shareable, contact.still_shared
   */
  async share(tx: EntityManager, principal: Principal, customerId: string, id: string, shared: boolean): Promise<void> {
    const { customer, point } = await this.hold(tx, principal, customerId, id);
    if (!SHAREABLE.includes(point.kind)) throw new DomainError('contact.not_shareable');
    if (point.shared === shared) return;
    if (!shared) {
      await this.proofs.demandProof(tx, principal, customer.openCaseId, 'contact_point.add');
      const { alone, members } = await holdersOf(tx, point);
      if (members.length > 1 || (alone && !alone.isHousehold)) throw new DomainError('contact.still_shared');
      if (alone) await this.endNow(tx, alone, 'mistaken', principal);
    }
    await this.mark(tx, point, shared, actorOf(principal));
  }

  /**
   * Whoever has proven who they are says that it is theirs.
   * @throws DomainError as `end`; contact.shared
   */
  async verify(tx: EntityManager, principal: Principal, customerId: string, id: string): Promise<void> {
    const { customer, point } = await this.hold(tx, principal, customerId, id);
    if (point.shared) throw new DomainError('contact.shared', { fields: [point.kind] });
    const { method } = await this.proofs.demandProof(tx, principal, customer.openCaseId, 'contact_point.add');
    await tx.query('update contact_point set verified_at = $2, verified_how = $3, verified_by = $4 where id = $1', [
      id,
      this.clock.now(),
      method,
      principal.id,
    ]);
    await this.tell(tx, customer.id, actorOf(principal), {
      type: 'contact_point.verified',
      data: { contactPointId: id, kind: point.kind, display: toldAs(point), how: method ?? 'document_seen' },
    });
  }

  /**
   * The whole of what is shown masked, to be read out to somebody who has proven who they are; who read it is written down.
   * @throws DomainError as `end`
   */
  async reveal(tx: EntityManager, principal: Principal, customerId: string, id: string): Promise<PointRecord> {
    const { customer, point } = await this.hold(tx, principal, customerId, id);
    if (!isMasked(point.kind)) return point;
    await this.proofs.demandProof(tx, principal, customer.openCaseId, 'identifier.show');
    await this.tell(tx, customer.id, actorOf(principal), {
      type: 'contact_point.shown',
      data: { contactPointId: id, kind: point.kind, display: toldAs(point) },
    });
    return point;
  }

  /** The contact point with its key, its customer and their open case, all ours until the end. */
  private async hold(tx: EntityManager, principal: Principal, customerId: string, id: string) {
    demand(principal, 'contact.manage');
    const keys: Identifier[] = await tx.query('select kind, value, handle, display from contact_point where id = $1', [
      id,
    ]);
    if (!keys[0]) throw new DomainError('contact.not_found');
    await tx.query('select lock_contacts($1)', [keysOf(keys[0])]);
    const customer = await holdCustomer(tx, principal, customerId);
    return { customer, point: await pointOf(tx, customer.id, id) };
  }

  /**
   * Whoever answers there now need not prove to be the one who has gone, and a slip of ours is put right at once. All else
   * would take an address from somebody on a stranger's word.
   */
  private async endIsGated(
    tx: EntityManager,
    customer: HeldCustomer,
    { kind, source, verified, createdAt }: PointRecord,
    reason: EndReason,
  ): Promise<boolean> {
    const isSlip = source === 'staff' && !verified && this.clock.now().getTime() - createdAt.getTime() < SLIP_MS;
    if (reason === 'somebody_else' || (reason === 'mistaken' && isSlip)) return false;
    return (ADDRESSES.includes(kind) || kind === 'document') && (await isProtected(tx, customer));
  }

  private async endNow(tx: EntityManager, point: PointRecord, reason: string, principal: Principal): Promise<void> {
    const now = this.clock.now();
    await tx.query(
      `update contact_point set valid_to = greatest($2::timestamptz, valid_from), ended_by = $3, end_reason = $4 where id = $1`,
      [point.id, now, principal.id, reason],
    );
    await this.endOfReplies.to(tx, point.id);
  }

  /** The case is told where there is somebody who said so. */
  private async mark(tx: EntityManager, point: PointRecord, shared: boolean, actor?: Actor): Promise<void> {
    // What several people hold nobody has made sure of.
    await tx.query(
      `update contact_point set shared = $2, verified_at = case when $2 then null else verified_at end,
         verified_how = case when $2 then null else verified_how end, verified_by = case when $2 then null else verified_by end where id = $1`,
      [point.id, shared],
    );
    if (!actor) return;
    const data = { contactPointId: point.id, kind: point.kind, display: toldAs(point), shared };
    await this.tell(tx, point.customerId, actor, { type: 'contact_point.shared', data });
  }

  private async tell(tx: EntityManager, customerId: string, actor: Actor, event: NewEvent): Promise<void> {
    const caseId = await openCaseOf(tx, customerId);
    if (caseId) await record(tx, caseId, actor, 'api', this.clock.now(), [event]);
  }
}
