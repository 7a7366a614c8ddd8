import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { CLOCK, type Clock } from '#platform';
import { SENT, type Handed, type Parcel, type PartnerGateway } from '../gateway.js';
import { Gateways } from '../gateways.js';
import { causedBy, newTicket, patchOf, type Ours } from './outgoing.rules.js';
import { TheirTicket } from './ticket.js';
import { TmfFiles } from './tmf-files.js';
import { TmfPeers, type Answer } from './tmf-peers.js';
import { TmfRegistrations } from './tmf-registrations.js';
import { TmfTickets } from './tmf-tickets.js';

/** What goes into tickets of theirs. */
@Injectable()
export class TmfWares {
  constructor(
    private readonly database: DataSource,
    private readonly files: TmfFiles,
    private readonly tickets: TmfTickets,
  ) {}

  async giving({ handoff, partner, ref, attachmentIds }: Parcel) {
    const { document, reference, mode, priority } = handoff;
    if (!document) throw new Error(`handoff ${handoff.id} has nothing to tell`);
    const ids = [...new Set([...document.files.map(({ id }) => id), ...attachmentIds])];
    const files = await this.files.outgoing(this.database.manager, handoff.id, ids);
    const { language, timeZone, terms } = partner;
    const reader = { language, timeZone, form: terms.form };
    return { ...{ reference, mode, priority, document, files, ref }, ...reader, house: this.tickets.house };
  }

  async saying({ handoff, partner, word, ref, at, byName, attachmentIds }: Parcel) {
    const ids = [...new Set([...attachmentIds, ...(word.kind === 'file' ? word.attachmentIds : [])])];
    const files = await this.files.outgoing(this.database.manager, handoff.id, ids);
    const { language } = partner;
    const ours = await this.ours(handoff);
    return { ...{ word, ref, at, byName, language, files, ours }, isAccepted: handoff.acceptedAt !== null };
  }

  /** By what our notes and files in a ticket of theirs are known. */
  private async ours(handoff: Parcel['handoff']): Promise<Ours> {
    const log: { id: string; byName: string; attachmentIds: string[] }[] = await this.database.query(
      'select id, by_name as "byName", attachment_ids as "attachmentIds" from handoff_entry where handoff_id = $1 and ours',
      [handoff.id],
    );
    const files = [...handoff.attachmentIds, ...(handoff.document?.files ?? []).map(({ id }) => id)];
    return {
      ids: new Set([...files, ...log.flatMap(({ id, attachmentIds }) => [id, ...attachmentIds])]),
      authors: new Set(log.map(({ byName }) => byName)),
      filesAt: this.files.place,
    };
  }
}

/**
 * Partners with a ticket system. Work we give is a ticket there; work they give us is a ticket here, which they read and are told
 * of by the hub: of that nothing has to be sent.
 */
@Injectable()
export class TmfGateway implements PartnerGateway, OnModuleInit {
  readonly kind = 'tmf621';

  constructor(
    private readonly database: DataSource,
    private readonly gateways: Gateways,
    private readonly peers: TmfPeers,
    private readonly registrations: TmfRegistrations,
    private readonly wares: TmfWares,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.gateways.register(this);
  }

  async deliver(parcel: Parcel): Promise<Handed> {
    const { handoff, partner } = parcel;
    if (handoff.direction === 'in') return SENT;
    // Whoever has no system reads our ticket; a ticket in a system that nobody knows any more is out of reach.
    if (!partner.tmf621) return (await this.ticketThere(handoff.id)) === null ? SENT : NO_SYSTEM;
    return parcel.word.kind === 'sent' ? this.give(parcel) : this.tell(parcel);
  }

  /** A ticket there. A try that broke off may have made it: it is looked for by our number first. */
  private async give(parcel: Parcel): Promise<Handed> {
    const { handoff, partner } = parcel;
    if (!handoff.document) return { verdict: 'dead', error: 'what was to be told is forgotten', retryAfter: null };
    await this.registrations.ensure(partner);
    const { refused, ticketId } = await this.search(parcel);
    if (refused) return refused;
    if (ticketId !== null) return this.given(parcel, ticketId);
    const made = await this.peers.call(partner, 'POST', '/troubleTicket', newTicket(await this.wares.giving(parcel)));
    if (made.error !== null) return refusal(made);
    const ticket = TheirTicket.safeParse(made.body);
    if (!ticket.success) return unreadable(made);
    return this.given(parcel, ticket.data.id);
  }

  /** By our number. */
  private async search({ handoff, partner }: Parcel): Promise<{ refused: Handed | null; ticketId: string | null }> {
    const path = `/troubleTicket?externalId=${encodeURIComponent(handoff.reference)}`;
    const there = await this.peers.call(partner, 'GET', path);
    if (there.error !== null) return { refused: refusal(there), ticketId: null };
    const listed = z.array(z.unknown()).safeParse(there.body).data ?? [];
    const found = listed
      .map((item) => TheirTicket.safeParse(item).data)
      .find((ticket) => ticket?.externalId === handoff.reference);
    return { refused: null, ticketId: found?.id ?? null };
  }

  /** Its number, as far as we know it. */
  private async ticketThere(handoffId: string): Promise<string | null> {
    const [kept]: { ticketId: string }[] = await this.database.query(
      `select ticket_id as "ticketId" from tmf_ticket where handoff_id = $1 and home = 'theirs'`,
      [handoffId],
    );
    return kept?.ticketId ?? null;
  }

  private async given({ handoff, partner }: Parcel, ticketId: string): Promise<Handed> {
    await this.database.query(
      `insert into tmf_ticket (handoff_id, partner_id, home, ticket_id, look_at) values ($1, $2, 'theirs', $3, $4)
       on conflict (handoff_id) do update set home = 'theirs', ticket_id = excluded.ticket_id, look_at = excluded.look_at`,
      [handoff.id, partner.id, ticketId, this.clock.now()],
    );
    return SENT;
  }

  /** A change of the ticket there; by its number a note that is there already is known. */
  private async tell(parcel: Parcel): Promise<Handed> {
    const known = await this.ticketThere(parcel.handoff.id);
    if (known !== null) return this.change(parcel, known);
    // A try that broke off may have made it, and nobody wrote down its number.
    const { refused, ticketId } = await this.search(parcel);
    if (refused) return refused;
    if (ticketId !== null) {
      await this.given(parcel, ticketId);
      return this.change(parcel, ticketId);
    }
    // There is nothing to take back.
    if (parcel.word.kind === 'recalled' || parcel.word.kind === 'cancelled') return SENT;
    return { verdict: 'again', error: 'their ticket is not there yet', retryAfter: null };
  }

  private async change(parcel: Parcel, ticketId: string): Promise<Handed> {
    const { handoff, partner } = parcel;
    const path = `/troubleTicket/${encodeURIComponent(ticketId)}`;
    const read = await this.peers.call(partner, 'GET', path);
    if (read.error !== null) return refusal(read);
    const before = TheirTicket.safeParse(read.body);
    if (!before.success) return unreadable(read);
    const patch = patchOf(await this.wares.saying(parcel), before.data);
    if (Object.keys(patch).length === 0) return SENT;
    const changed = await this.peers.call(partner, 'PATCH', path, patch);
    if (changed.error !== null) return refusal(changed);
    const after = TheirTicket.safeParse(changed.body);
    await this.database.query(
      'update tmf_ticket set look_at = $2, caused = (select array(select distinct unnest(caused || $3::text[]))) where handoff_id = $1',
      [handoff.id, this.clock.now(), after.success ? causedBy(patch, before.data, after.data) : []],
    );
    return SENT;
  }
}

const NO_SYSTEM: Handed = { verdict: 'dead', error: 'no system known', retryAfter: null };

/** What a refusal means: what they will never take is not tried again. */
function refusal({ status, error, retryAfter }: Answer): Handed {
  const isFinal = status !== null && status >= 400 && status < 500 && !AGAIN.has(status);
  return { verdict: isFinal ? 'dead' : 'again', error, retryAfter };
}

/** Somebody may mend the keys, or the other side its load. */
const AGAIN = new Set([401, 403, 408, 425, 429]);

const unreadable = ({ status }: Answer): Handed => ({
  ...{ verdict: 'again', retryAfter: null },
  error: `${status}: what came back is no trouble ticket`,
});
