import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ChangeHandoffBody, GoOnBody, HandoffPreview, HandoffWord, NewHandoffBody } from '#contracts';
import { actorOf, AttachmentService, lockCase, record } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, sqlState, type Clock } from '#platform';
import { readPartner } from '../partners/partner-record.js';
import { DocumentBuilder } from '../share/document-builder.js';
import { previewOf } from '../share/share.rules.js';
import { AgreedTimes } from './agreed-times.js';
import { isWordOf } from './fold.rules.js';
import { HandoffEffects } from './handoff-effects.js';
import { whichOf } from './handoff-events.js';
import { ourSide } from './handoff-log.js';
import { lockHandoff, readHandoff, type HandoffRecord } from './handoff-record.js';
import { placeOf } from './handoff-place.js';
import { OurVoice, speakerOf } from './our-voice.js';

const OVER = new Set(['closed', 'merged', 'spam']);

/** What one of us does with a handoff: gives it, says something to the other company, ends it. */
@Injectable()
export class Handoffs {
  constructor(
    private readonly documents: DocumentBuilder,
    private readonly voice: OurVoice,
    private readonly effects: HandoffEffects,
    private readonly files: AttachmentService,
    private readonly times: AgreedTimes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Written down, and nobody is told yet.
   * @throws DomainError permission.denied, case.not_found, case.over, partner.not_found, partner.inactive, device.not_found, repair.not_found, attachment.not_found
   */
  async draft(tx: EntityManager, principal: Principal, idOrReference: string, body: NewHandoffBody): Promise<string> {
    demand(principal, 'handoff.work');
    const found = await lockCase(tx, principal, idOrReference);
    if (OVER.has(found.status)) throw new DomainError('case.over', { status: found.status });
    const partner = await readPartner(tx, body.partnerId);
    if (!partner.active) throw new DomainError('partner.inactive', { partnerId: partner.id });
    const place = await placeOf(tx, found.id, body);
    await this.files.keep(tx, principal, found.id, body.attachmentIds);
    const [id, now] = [newId(), this.clock.now()];
    const [counted]: { place: number }[] = await tx.query(
      `select coalesce(max(split_part(reference, '.', 2)::int), 0) + 1 as place from handoff where reference like $1 || '.%'`,
      [found.reference],
    );
    await tx.query(
      `insert into handoff (id, reference, direction, case_id, partner_id, partner_version, mode, state, state_at, priority, device_id, repair_order_id,
         store_id, ask, form, attachment_ids, gateway, opened_by, opened_at)
       values ($1, $2, 'out', $3, $4, $5, $6, 'draft', $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $7)`,
      [
        ...[id, `${found.reference}.${counted?.place ?? 1}`, found.id, partner.id, partner.version, body.mode, now],
        ...[found.priority, place.deviceId, place.repairId, place.storeId, body.ask, JSON.stringify(body.form)],
        ...[body.attachmentIds, partner.gateway, principal.id],
      ],
    );
    const handoff = await readHandoff(tx, id);
    await record(tx, found.id, actorOf(principal), 'api', now, [{ type: 'handoff.drafted', data: whichOf(handoff) }]);
    return id;
  }

  /** @throws DomainError permission.denied, handoff.not_found, handoff.not_draft, attachment.not_found */
  async change(tx: EntityManager, principal: Principal, handoffId: string, body: ChangeHandoffBody): Promise<void> {
    demand(principal, 'handoff.work');
    const handoff = await this.held(tx, principal, handoffId, 'draft');
    await this.files.keep(tx, principal, handoff.caseId, body.attachmentIds ?? []);
    await tx.query(
      `update handoff set ask = coalesce($2, ask), form = coalesce($3, form), attachment_ids = coalesce($4, attachment_ids), mode = coalesce($5, mode),
         version = version + 1 where id = $1`,
      [
        handoff.id,
        body.ask ?? null,
        body.form ? JSON.stringify(body.form) : null,
        body.attachmentIds ?? null,
        body.mode ?? null,
      ],
    );
  }

  /** Exactly what they would get to see, and what their form lacks. @throws DomainError handoff.not_found, handoff.not_draft */
  async preview(tx: EntityManager, principal: Principal, handoffId: string): Promise<HandoffPreview> {
    demand(principal, 'handoff.work');
    const handoff = await this.held(tx, principal, handoffId, 'draft');
    const built = await this.documents.build(tx, handoff, await readPartner(tx, handoff.partnerId));
    return previewOf(built, principal.language);
  }

  /**
   * From now on they have it. Sent again, it stays as it is.
   * @throws DomainError permission.denied, handoff.not_found, case.over, handoff.not_draft, handoff.incomplete {missing}, handoff.device_handed_over, partner.inactive
   */
  async send(tx: EntityManager, principal: Principal, handoffId: string): Promise<void> {
    demand(principal, 'handoff.work');
    const handoff = await lockHandoff(tx, principal, handoffId);
    if (handoff.direction === 'out' && handoff.sentAt) return;
    if (handoff.state !== 'draft') throw new DomainError('handoff.not_draft', { state: handoff.state });
    const [found]: { status: string }[] = await tx.query('select status from cases where id = $1', [handoff.caseId]);
    if (found && OVER.has(found.status)) throw new DomainError('case.over', { status: found.status });
    const partner = await readPartner(tx, handoff.partnerId);
    if (!partner.active) throw new DomainError('partner.inactive', { partnerId: partner.id });
    const built = await this.documents.build(tx, handoff, partner);
    if (built.missing.length > 0)
      throw new DomainError('handoff.incomplete', {
        missing: previewOf(built, principal.language).missing,
      });
    const now = this.clock.now();
    await tx.query('update handoff set document = $2, sent_at = $3, partner_version = $4, gateway = $5 where id = $1', [
      ...[handoff.id, JSON.stringify(built.document), now, partner.version, partner.gateway],
    ]);
    Object.assign(handoff, {
      ...{ document: built.document, sentAt: now, gateway: partner.gateway, partnerVersion: partner.version },
      targets: partner.terms.targets[handoff.priority] ?? null,
      calendar: partner.terms.calendar,
    });
    await this.times.sent(tx, handoff);
    await this.documents.keep(tx, handoff.id, built, now);
    await onceADevice(() => this.voice.speak(tx, handoff, speakerOf(principal), { kind: 'sent' }));
  }

  /**
   * What we say to them, as giver or taker.
   * @throws DomainError permission.denied, handoff.not_found, handoff.not_yours_to_say, handoff.transition_forbidden, attachment.not_found
   */
  async say(tx: EntityManager, principal: Principal, handoffId: string, word: HandoffWord): Promise<void> {
    demand(principal, word.kind === 'recalled' ? 'handoff.manage' : 'handoff.work');
    const handoff = await lockHandoff(tx, principal, handoffId);
    if (word.kind === 'sent' || !isWordOf(word, ourSide(handoff))) throw new DomainError('handoff.not_yours_to_say');
    if (word.kind === 'file') await this.files.keep(tx, principal, handoff.caseId, word.attachmentIds);
    await this.voice.speak(tx, handoff, speakerOf(principal), word);
  }

  /** They do not answer: it is taken from them, and we go on alone. @throws DomainError permission.denied, handoff.not_found, handoff.transition_forbidden */
  async goOn(tx: EntityManager, principal: Principal, handoffId: string, body: GoOnBody): Promise<void> {
    demand(principal, 'handoff.manage');
    const handoff = await lockHandoff(tx, principal, handoffId);
    if (handoff.direction === 'in') throw new DomainError('handoff.not_yours_to_say');
    await this.voice.speak(tx, handoff, speakerOf(principal), { kind: 'cancelled', reason: body.reason });
    await record(tx, handoff.caseId, actorOf(principal), 'api', this.clock.now(), [
      { type: 'handoff.went_on', data: { ...whichOf(handoff), ...body } },
    ]);
    const plan = { code: 'other', text: body.nextStep.slice(0, 200), dueAt: this.clock.now() } as const;
    await this.effects.left(tx, handoff, plan);
  }

  private async held(
    tx: EntityManager,
    principal: Principal,
    handoffId: string,
    state: 'draft',
  ): Promise<HandoffRecord> {
    const handoff = await lockHandoff(tx, principal, handoffId);
    if (handoff.state !== state) throw new DomainError('handoff.not_draft', { state: handoff.state });
    return handoff;
  }
}

/** A device is with one company at a time. */
async function onceADevice(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (sqlState(error) === '23505') throw new DomainError('handoff.device_handed_over');
    throw error;
  }
}
