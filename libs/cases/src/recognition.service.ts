import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { MatchedBy, StatedContact } from '#contracts';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { visibleStore, type Principal } from '#identity';
import { visible } from './case-access.js';
import { ContactPoints } from './identity/contact-points.js';
import { lockKeys } from './contact.rules.js';
import { matchStated, type AddressHolder } from './matching/stated.rules.js';
import { MergeService } from './merge/merge.service.js';
import { actorOf, record, type NewEvent } from './record.js';
import { parseReference } from './reference.rules.js';

interface LivingCustomer {
  id: string;
  provisional: boolean;
  createdAt: Date;
  mergedInto: string | null;
}

interface Recognition {
  customerId: string;
  matchedBy: MatchedBy;
  added: { id: string; contact: StatedContact }[];
  conflicts: { customerId: string; contact: StatedContact }[];
  /** Who was taken in with no case to tell it on. */
  untold: NewEvent[];
  /** Stated, and not taken for theirs: they would have to prove who they are. */
  unproven: StatedContact[];
  /** The reference that says alone whose this is, of a case that whoever typed it does not see; null otherwise. */
  strangeReference: string | null;
}

/** What the form calls the address of each kind. */
const FIELDS: Record<StatedContact['kind'], string> = { email: 'email', phone: 'phone', twitter: 'twitterHandle' };

/** Our answers go there: whoever adds one to somebody's record reads what is written to them. */
const isWritten = ({ kind }: StatedContact): boolean => kind === 'email' || kind === 'twitter';

/** Who this is, from what staff stated: decided by `matchStated`, written down with everything the statement taught us. */
@Injectable()
export class RecognitionService {
  constructor(
    private readonly merges: MergeService,
    private readonly points: ContactPoints,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError customer.not_found, case.not_found (an unknown or mistyped reference), contact.invalid, contact.taken */
  async recognise(
    tx: EntityManager,
    principal: Principal,
    stated: {
      displayName: string | undefined;
      customerId: string | undefined;
      caseReference: string | undefined;
      contacts: StatedContact[];
      adding: boolean;
    },
  ): Promise<Recognition> {
    const { contacts } = stated;
    await tx.query('select lock_contacts($1)', [contacts.flatMap(lockKeys)]);
    const named = stated.caseReference ? await namedCase(tx, principal, stated.caseReference) : null;
    const byReference = named?.customerId ?? null;
    const chosen = stated.customerId ? (await livingCustomer(tx, stated.customerId)).id : null;
    const shared = await sharedOf(tx, contacts);
    const holders = await holdersOf(
      tx,
      contacts.filter((contact) => !shared.has(contact)),
    );
    const decision = matchStated({ chosen, byReference, holders: [...holders.values()] });
    const conflicts = [...holders]
      .filter(([, holder]) => decision.conflicts.includes(holder.customerId))
      .map(([contact, holder]) => ({ customerId: holder.customerId, contact }));
    if (stated.adding && conflicts.length > 0)
      throw new DomainError('contact.taken', { fields: conflicts.map(({ contact }) => FIELDS[contact.kind]) });
    const customerId = decision.customerId ?? (await this.newCustomer(tx, stated.displayName, contacts));
    const untold: NewEvent[] = [];
    for (const from of decision.absorb) {
      const order = { into: customerId, from, reason: 'stated_together', locked: true };
      const merged = await this.merges.customers(tx, actorOf(principal), order);
      if (merged.untold) untold.push(merged.untold);
    }
    await confirm(tx, customerId, stated.displayName);
    const fresh = contacts.filter((contact) => !holders.has(contact) && !shared.get(contact)?.includes(customerId));
    const unproven =
      decision.customerId === null
        ? []
        : await this.unprovenOf(tx, principal, decision.customerId, { fresh, adding: stated.adding });
    const added = await this.addContacts(
      tx,
      customerId,
      fresh
        .filter((contact) => !unproven.includes(contact))
        .map((contact) => ({ contact, isShared: shared.has(contact) })),
    );
    const strangeReference = chosen === null ? strange(named, [...holders.values()]) : null;
    return { customerId, matchedBy: decision.matchedBy, added, conflicts, untold, unproven, strangeReference };
  }

  /** Writes what was learnt onto the case the arrival landed on. */
  async conclude(tx: EntityManager, principal: Principal, caseId: string, known: Recognition): Promise<void> {
    const events: NewEvent[] = [
      ...known.untold,
      ...known.added.map(({ id, contact }): NewEvent => ({
        type: 'contact_point.added',
        data: { contactPointId: id, kind: contact.kind, display: contact.display },
      })),
      ...known.unproven.map(({ kind, display }): NewEvent => ({
        type: 'contact_point.unproven',
        data: { kind, display },
      })),
      ...known.conflicts.map(({ customerId, contact }): NewEvent => ({
        type: 'contact_point.conflict',
        data: { customerId, display: contact.display },
      })),
    ];
    if (events.length > 0) await record(tx, caseId, actorOf(principal), 'api', this.clock.now(), events);
  }

  /** Of addresses new to somebody known, those that only they themselves could state. */
  private async unprovenOf(
    tx: EntityManager,
    principal: Principal,
    customerId: string,
    { fresh, adding }: { fresh: StatedContact[]; adding: boolean },
  ): Promise<StatedContact[]> {
    const written = fresh.filter(isWritten);
    return written.length === 0 || (await this.points.mayState(tx, principal, customerId, adding)) ? [] : written;
  }

  private async newCustomer(
    tx: EntityManager,
    displayName: string | undefined,
    contacts: StatedContact[],
  ): Promise<string> {
    const name = displayName ?? contacts[0]?.display;
    if (!name) throw new DomainError('contact.invalid', { fields: ['customer'] });
    const id = newId();
    await tx.query('insert into customer (id, display_name, provisional, created_at) values ($1, $2, false, $3)', [
      id,
      name,
      this.clock.now(),
    ]);
    return id;
  }

  private async addContacts(
    tx: EntityManager,
    customerId: string,
    contacts: { contact: StatedContact; isShared: boolean }[],
  ): Promise<Recognition['added']> {
    const added = contacts.map((one) => ({ id: newId(), ...one }));
    for (const { id, contact, isShared } of added)
      await tx.query(
        `insert into contact_point (id, customer_id, kind, value, handle, display, shared, source, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, 'staff', $8)`,
        [id, customerId, contact.kind, contact.value, contact.handle, contact.display, isShared, this.clock.now()],
      );
    return added;
  }
}

/**
 * Of the stated addresses those that several people share, each with its people. Such a one is nobody's evidence: whoever
 * states it can be reached by it, and neither is who else has it nor is taken in by them.
 */
async function sharedOf(tx: EntityManager, contacts: StatedContact[]): Promise<Map<StatedContact, string[]>> {
  const shared = new Map<StatedContact, string[]>();
  for (const contact of contacts) {
    if (contact.value === null || contact.kind === 'twitter') continue;
    const rows: { customer_id: string }[] = await tx.query(
      `select living_customer(p.customer_id) as customer_id from contact_point p
       where p.kind = $1 and p.value = $2 and p.shared and p.valid_to is null`,
      [contact.kind, contact.value],
    );
    if (rows.length > 0)
      shared.set(
        contact,
        rows.map(({ customer_id }) => customer_id),
      );
  }
  return shared;
}

/** Who holds each stated address already; addresses nobody holds are left out. */
async function holdersOf(tx: EntityManager, contacts: StatedContact[]): Promise<Map<StatedContact, AddressHolder>> {
  const holders = new Map<StatedContact, AddressHolder>();
  for (const contact of contacts) {
    const rows: { customer_id: string }[] = await tx.query(
      `select p.customer_id from contact_point p
       where p.kind = $1 and p.valid_to is null and not p.shared
         and (($2::text is not null and p.value = $2) or ($2::text is null and p.handle = $3))
       order by p.value nulls last limit 1`,
      [contact.kind, contact.value, contact.handle],
    );
    if (!rows[0]) continue;
    // While we waited for the lock somebody may have taken the holder in: they are who they are now.
    const { id, provisional, createdAt } = await livingCustomer(tx, rows[0].customer_id);
    holders.set(contact, { customerId: id, provisional, createdAt, by: contact.value ? 'contact_point' : 'handle' });
  }
  return holders;
}

interface NamedCase {
  reference: string;
  customerId: string;
  /** Whether whoever typed the reference sees the case without it. */
  seen: boolean;
}

/** A reference of a case they do not see, where no stated address says the same. */
const strange = (named: NamedCase | null, holders: AddressHolder[]): string | null =>
  named && !named.seen && !holders.some(({ customerId }) => customerId === named.customerId) ? named.reference : null;

async function namedCase(tx: EntityManager, principal: Principal, typed: string): Promise<NamedCase> {
  const rows: NamedCase[] = await tx.query(
    `select c.reference, c.customer_id as "customerId", ${visible('$2', 'living_case(c.id)')} as seen from cases c where c.reference = $1`,
    [parseReference(typed), visibleStore(principal)],
  );
  if (!rows[0]) throw new DomainError('case.not_found', { caseReference: typed });
  return { ...rows[0], customerId: (await livingCustomer(tx, rows[0].customerId)).id };
}

/** Follows the pointers of merges to who the customer is now, and locks them. */
async function livingCustomer(tx: EntityManager, id: string): Promise<LivingCustomer> {
  const rows: LivingCustomer[] = await tx.query(
    'select id, provisional, created_at as "createdAt", merged_into as "mergedInto" from customer where id = $1 for update',
    [id],
  );
  if (!rows[0]) throw new DomainError('customer.not_found');
  return rows[0].mergedInto ? livingCustomer(tx, rows[0].mergedInto) : rows[0];
}

/** A person spoke with them: the customer is real now, and has the name they gave. */
async function confirm(tx: EntityManager, customerId: string, displayName: string | undefined): Promise<void> {
  await tx.query(
    'update cases set customer_name = $2 where customer_id = $1 and $2::text is not null and exists (select from customer where id = $1 and provisional)',
    [customerId, displayName ?? null],
  );
  await tx.query(
    'update customer set display_name = case when provisional then coalesce($2, display_name) else display_name end, provisional = false where id = $1',
    [customerId, displayName ?? null],
  );
}
