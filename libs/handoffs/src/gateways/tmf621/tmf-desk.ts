import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { theirSide } from '../../handoff/handoff-log.js';
import { lockAnyHandoff, readHandoff, type HandoffRecord } from '../../handoff/handoff-record.js';
import { PartnerDoor } from '../../handoff/partner-door.service.js';
import { givenBy } from './given.rules.js';
import { meantBy, postedBy, type Meant } from './patch.rules.js';
import { priorityIn } from './status.rules.js';
import type { NewTicket, Ticket, TicketFile, TicketPatch } from './ticket.js';
import { namedFile, TmfFilesIn, type Brought, type Fetched } from './tmf-files-in.js';
import { TmfTickets } from './tmf-tickets.js';

export interface Posting {
  posted: NewTicket;
  /** Of the call. */
  key: string | undefined;
  brought: Brought;
}

export interface Changing {
  patch: TicketPatch;
  brought: Brought;
}

/** What partners do with tickets of ours: those they gave us, and those we keep for partners without a system of their own. */
@Injectable()
export class TmfDesk {
  constructor(
    private readonly door: PartnerDoor,
    private readonly tickets: TmfTickets,
    private readonly files: TmfFilesIn,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError handoff.not_found, also for a ticket of another partner */
  async read(tx: EntityManager, partnerId: string, id: string): Promise<Ticket> {
    await this.find(tx, partnerId, id);
    return (await this.tickets.render(tx, id)).ticket;
  }

  /** The files that come with a call: before its transaction, as storing one takes its time. */
  bring({ attachment = [] }: Pick<TicketPatch, 'attachment'>): Promise<Brought> {
    return this.files.bring(attachment);
  }

  /** Work for us. By their number, or the key of the call, the same comes in once. @throws DomainError partner.inactive */
  async create(tx: EntityManager, partnerId: string, { posted, key, brought }: Posting): Promise<Ticket> {
    const { ask, mode, priority, document, files } = givenBy(posted);
    const now = this.clock.now();
    const externalRef = posted.externalId ?? key ?? newId();
    const given = { partnerId, via: 'tmf621' as const, externalRef, ask, mode, priority, document, at: now };
    const { handoffId, isNew } = await this.door.open(tx, given);
    if (!isNew) return (await this.tickets.render(tx, handoffId)).ticket;
    const { note = [], attachment: _, ...kept } = posted;
    await tx.query(`insert into tmf_ticket (handoff_id, partner_id, home, posted) values ($1, $2, 'ours', $3)`, [
      ...[handoffId, partnerId, JSON.stringify(kept)],
    ]);
    const meant = { said: [], files: files.map((file, at) => ({ file, externalRef: `file:${file.id ?? at}` })) };
    const handoff = await readHandoff(tx, handoffId);
    await this.hear(tx, handoff, { ...meant, isForbidden: false, faults: [] }, brought);
    if (note.length > 0) return this.change(tx, partnerId, handoffId, { patch: { note }, brought });
    return (await this.tickets.render(tx, handoffId)).ticket;
  }

  /**
   * @throws DomainError handoff.not_found, handoff.not_yours_to_say, handoff.transition_forbidden, request.invalid; nothing of the change is kept
   */
  async change(tx: EntityManager, partnerId: string, id: string, { patch, brought }: Changing): Promise<Ticket> {
    await this.find(tx, partnerId, id);
    const handoff = await lockAnyHandoff(tx, id);
    const { ticket } = await this.tickets.render(tx, id);
    const side = theirSide(handoff);
    const at = this.clock.now().toISOString();
    const { state, partnerRef } = handoff;
    const acceptedAt = handoff.acceptedAt?.toISOString() ?? null;
    const engineerName = handoff.engineer?.name ?? null;
    const meant = meantBy(patch, { ticket, side, state, acceptedAt, partnerRef, engineerName, at });
    await this.hear(tx, handoff, meant, brought);
    const isRecalled = meant.said.some(({ word }) => word.kind === 'recalled');
    if (side === 'giver') await this.keep(tx, handoff, patch, isRecalled);
    return (await this.tickets.render(tx, id)).ticket;
  }

  /** Off their list; whoever gave the work takes it back by it, whoever had it does not do it. @throws DomainError handoff.not_found */
  async remove(tx: EntityManager, partnerId: string, id: string): Promise<void> {
    await this.find(tx, partnerId, id);
    const handoff = await lockAnyHandoff(tx, id);
    const now = this.clock.now();
    await tx.query(
      `insert into tmf_ticket (handoff_id, partner_id, home, deleted_at) values ($1, $2, 'ours', $3)
       on conflict (handoff_id) do update set deleted_at = excluded.deleted_at`,
      [id, partnerId, now],
    );
    const kind = theirSide(handoff) === 'giver' ? 'cancelled' : 'rejected';
    await this.door.take(
      tx,
      { handoffId: id, partnerId, via: 'tmf621' },
      { word: { kind, reason: 'deleted' }, externalRef: 'deleted', at: now.toISOString(), attachmentIds: [] },
    );
  }

  private async find(tx: EntityManager, partnerId: string, id: string): Promise<void> {
    const rows: unknown[] = await tx.query(
      `select from handoff h left join tmf_ticket k on k.handoff_id = h.id
       where h.id::text = $1 and h.partner_id = $2 and h.sent_at is not null and k.deleted_at is null`,
      [id, partnerId],
    );
    if (rows.length === 0) throw new DomainError('handoff.not_found');
  }

  private async hear(tx: EntityManager, handoff: HandoffRecord, meant: Meant, brought: Brought): Promise<void> {
    if (meant.faults.length > 0)
      throw new DomainError(
        'request.invalid',
        meant.faults.map((message) => ({ path: 'attachment', message })),
      );
    if (meant.isForbidden) throw new DomainError('handoff.not_yours_to_say');
    const where = { handoffId: handoff.id, partnerId: handoff.partnerId, via: 'tmf621' as const };
    for (const { word, externalRef, at, by, must } of meant.said) {
      const message = { word, externalRef, at, by: by ? { name: by.slice(0, 120) } : null, attachmentIds: [] };
      const { applied } = await this.door.take(tx, where, message);
      if (must && !applied) throw new DomainError('handoff.transition_forbidden');
    }
    for (const { file, externalRef } of meant.files) {
      const word = await this.fileWord(tx, file, brought.get(file) ?? null);
      await this.door.take(tx, where, { word, externalRef, at: this.clock.now().toISOString(), attachmentIds: [] });
    }
  }

  private async fileWord(tx: EntityManager, file: TicketFile, fetched: Fetched | null) {
    if (!fetched) return { kind: 'note' as const, text: namedFile(file) };
    return {
      kind: 'file' as const,
      text: file.description || null,
      attachmentIds: [await this.files.keep(tx, fetched)],
    };
  }

  /** What they say of it now; of what they take back nothing is kept. */
  private async keep(
    tx: EntityManager,
    handoff: HandoffRecord,
    patch: TicketPatch,
    isRecalled: boolean,
  ): Promise<void> {
    const set = postedBy(patch);
    if (isRecalled)
      await tx.query(
        `update tmf_ticket set posted = jsonb_strip_nulls(jsonb_build_object('severity', posted -> 'severity', 'ticketType', posted -> 'ticketType',
           'externalId', posted -> 'externalId')) where handoff_id = $1`,
        [handoff.id],
      );
    else if (Object.keys(set).length > 0)
      await tx.query('update tmf_ticket set posted = posted || $2::jsonb where handoff_id = $1', [
        ...[handoff.id, JSON.stringify(set)],
      ]);
    const priority = priorityIn(set.priority, set.severity);
    if (set.priority || set.severity)
      await tx.query('update handoff set priority = $2 where id = $1', [handoff.id, priority]);
  }
}
