import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import {
  isPhoto,
  type Arrival,
  type CallBody,
  type ElsewhereBody,
  type ImpactKind,
  type MatchedBy,
  type VisitBody,
} from '#contracts';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { demand, PeopleService, visibleStore, type Principal } from '#identity';
import { AttachmentService } from './attachment.service.js';
import { visible } from './case-access.js';
import { statedContacts, type StatedAddresses } from './contact.rules.js';
import { IntakeService } from './intake.service.js';
import { RecognitionService } from './recognition.service.js';
import { actorOf } from './record.js';
import { FactService } from './story/fact.service.js';
import { tellCall, tellDevice } from './story/told-facts.js';
import { showToStore } from './tracking/presence.js';
import { tellReached } from './tracking/typed-references.js';

export interface StaffArrival {
  /** The visit's or the call's own id. */
  id: string;
  interactionId: string;
  caseId: string;
  caseReference: string;
  customerId: string;
  matchedBy: MatchedBy;
}

interface Stated {
  displayName: string | undefined;
  addresses: StatedAddresses;
  /** The addresses are new ones of somebody known: another's is refused, not noted. */
  adding: boolean;
  customerId: string | undefined;
  caseReference: string | undefined;
}

/** Arrivals a member of staff writes down: a visit at the counter, a call. */
@Injectable()
export class ArrivalService {
  constructor(
    private readonly intake: IntakeService,
    private readonly recognition: RecognitionService,
    private readonly attachments: AttachmentService,
    private readonly people: PeopleService,
    private readonly facts: FactService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError store.not_found, contact.invalid, contact.taken, customer.not_found, case.not_found, permission.denied,
   * attachment.not_found, visit.photos_only
   */
  async visit(tx: EntityManager, principal: Principal, body: z.infer<typeof VisitBody>): Promise<StaffArrival> {
    demand(principal, 'visit.log');
    if (!(await this.people.storeExists(tx, body.storeId))) throw new DomainError('store.not_found');
    // Store staff write down visits of their own store only.
    if (principal.role === 'store' && principal.storeId !== body.storeId)
      throw new DomainError('permission.denied', { permission: 'visit.log' });
    const files = await this.attachments.claim(tx, principal, body.attachmentIds ?? []);
    const others = files.filter(({ contentType }) => !isPhoto(contentType)).map(({ fileName }) => fileName);
    if (others.length > 0) throw new DomainError('visit.photos_only', { files: others });
    const id = newId();
    const arrival = await this.arrive(tx, principal, {
      id,
      channel: 'store',
      stated: {
        displayName: body.customer?.displayName,
        addresses: { ...body.customer, ...body.addContacts },
        adding: body.addContacts !== undefined,
        customerId: body.customerId,
        caseReference: body.caseReference,
      },
      text: body.text,
      lacks: body.lacks ?? [],
      storeId: body.storeId,
      direction: 'inbound',
      files,
    });
    await tx.query(
      'insert into visit (id, interaction_id, store_id, staff_id, imei, model, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [
        id,
        arrival.interactionId,
        body.storeId,
        principal.id,
        body.device?.imei ?? null,
        body.device?.model ?? null,
        this.clock.now(),
      ],
    );
    await tellDevice(tx, this.facts, actorOf(principal), { ...arrival, device: body.device });
    await showToStore(tx, this.clock.now(), { storeId: body.storeId, customerId: arrival.customerId });
    return arrival;
  }

  /**
   * Of a person who is not there nobody has seen more than a number: a call opens no case of others to a store.
   * @throws DomainError contact.invalid, customer.not_found, case.not_found, permission.denied
   */
  async call(tx: EntityManager, principal: Principal, body: z.infer<typeof CallBody>): Promise<StaffArrival> {
    demand(principal, 'call.log');
    const id = newId();
    const arrival = await this.arrive(tx, principal, {
      id,
      channel: 'phone',
      stated: {
        displayName: body.displayName,
        addresses: { phone: body.phone },
        adding: false,
        customerId: body.customerId,
        caseReference: body.caseReference,
      },
      text: body.text ?? '',
      lacks: body.lacks ?? [],
      storeId: principal.role === 'store' ? principal.storeId : null,
      direction: body.direction,
      files: [],
    });
    await tx.query(
      'insert into call (id, interaction_id, agent_id, direction, outcome, phone, times, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [
        id,
        arrival.interactionId,
        principal.id,
        body.direction,
        body.outcome,
        body.phone,
        body.times ?? 1,
        this.clock.now(),
      ],
    );
    const { direction, outcome, times = 1 } = body;
    await tellCall(tx, this.facts, actorOf(principal), { ...arrival, direction, outcome, times, at: this.clock.now() });
    return arrival;
  }

  /** @throws DomainError customer.not_found, case.not_found, permission.denied */
  async elsewhere(tx: EntityManager, principal: Principal, body: z.infer<typeof ElsewhereBody>): Promise<StaffArrival> {
    demand(principal, 'elsewhere.log');
    const id = newId();
    const arrival = await this.arrive(tx, principal, {
      id,
      channel: 'other',
      stated: {
        displayName: body.displayName,
        addresses: {},
        adding: false,
        customerId: body.customerId,
        caseReference: body.caseReference,
      },
      text: body.text,
      lacks: [],
      storeId: null,
      direction: 'inbound',
      files: [],
      saidAt: body.occurredAt,
    });
    await tx.query(
      'insert into elsewhere (id, interaction_id, place, url, author_name, staff_id, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [
        id,
        arrival.interactionId,
        body.place,
        body.url ?? null,
        body.authorName ?? null,
        principal.id,
        this.clock.now(),
      ],
    );
    return arrival;
  }

  private async arrive(
    tx: EntityManager,
    principal: Principal,
    what: {
      id: string;
      channel: 'store' | 'phone' | 'other';
      stated: Stated;
      text: string;
      lacks: ImpactKind[];
      storeId: string | null;
      direction: 'inbound' | 'outbound';
      files: Awaited<ReturnType<AttachmentService['claim']>>;
      /** When it was said, where that is not now. */
      saidAt?: string;
    },
  ): Promise<StaffArrival> {
    const { contacts, invalid } = statedContacts(what.stated.addresses);
    if (invalid.length > 0) throw new DomainError('contact.invalid', { fields: invalid });
    const known = await this.recognition.recognise(tx, principal, { ...what.stated, contacts });
    const isTheirs = what.channel === 'store' || (await seesWhereItGoes(tx, principal, known.customerId));
    const [arrival] = await this.intake.receive(tx, [
      {
        channel: what.channel,
        direction: what.direction,
        externalId: what.id,
        contact: what.channel === 'phone' ? (contacts[0] ?? null) : null,
        displayName: principal.displayName,
        text: what.text,
        occurredAt: what.saidAt ?? this.clock.now().toISOString(),
        customerId: known.customerId,
        matchedBy: known.matchedBy,
        authorId: principal.id,
        storeId: isTheirs ? what.storeId : null,
        lacks: what.lacks,
        attachments: what.files,
      },
    ]);
    if (!arrival) throw new Error('intake returned nothing for an arrival');
    await this.recognition.conclude(tx, principal, arrival.caseId, known);
    if (what.channel === 'store' && what.storeId !== null && known.strangeReference !== null)
      await tellReached(tx, this.clock.now(), principal, {
        ...{ caseId: arrival.caseId, storeId: what.storeId, reference: known.strangeReference },
      });
    return { id: what.id, ...this.answer(arrival), caseReference: await referenceOf(tx, arrival.caseId) };
  }

  private answer({ interactionId, caseId, customerId, matchedBy }: Arrival) {
    return { interactionId, caseId, customerId, matchedBy };
  }
}

/**
 * A number is typed by whoever says that it rang: what they write down stands on the case, and opens to their store only what
 * it sees already or what begins with this call.
 */
async function seesWhereItGoes(tx: EntityManager, principal: Principal, customerId: string): Promise<boolean> {
  const open: { seen: boolean }[] = await tx.query(
    `select ${visible('$2')} as seen from cases c where c.customer_id = $1 and c.is_open`,
    [customerId, visibleStore(principal)],
  );
  return open.every(({ seen }) => seen);
}

async function referenceOf(tx: EntityManager, caseId: string): Promise<string> {
  const rows: { reference: string }[] = await tx.query('select reference from cases where id = $1', [caseId]);
  return rows[0]?.reference ?? '';
}
