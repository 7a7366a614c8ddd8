import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { PartnerMessage } from '#contracts';
import { CLOCK, DomainError, withRetry, type Clock } from '#platform';
import { DeadLetters, type Letter } from '../../handoff/dead-letters.service.js';
import type { HandoffRecord } from '../../handoff/handoff-record.js';
import { PartnerDoor } from '../../handoff/partner-door.service.js';
import type { PartnerRecord } from '../../partners/partner-record.js';
import { newsIn, type Heard, type Known, type Seen } from './incoming.rules.js';
import { moveBy } from './status.rules.js';
import { noteText } from './ticket.rules.js';
import type { TheirTicket } from './ticket.js';
import { namedFile, TmfFilesIn, type Fetched } from './tmf-files-in.js';
import { TmfTickets } from './tmf-tickets.js';

const VIA = 'tmf621';

/** What is new in a ticket goes through the door; what of it nobody understands is kept for a person. */
@Injectable()
export class TmfNews implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly door: PartnerDoor,
    private readonly letters: DeadLetters,
    private readonly files: TmfFilesIn,
    private readonly tickets: TmfTickets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.letters.register(VIA, (tx, letter) => this.again(tx, letter));
  }

  async take(handoff: HandoffRecord, partner: PartnerRecord, ticket: TheirTicket): Promise<void> {
    const before = await this.known(this.database.manager, handoff, partner);
    const fetched = new Map<string, Fetched | null>();
    const first = newsIn(ticket, before);
    for (const { externalRef, files } of first.heard)
      if (files[0] && !before.taken.has(externalRef))
        fetched.set(externalRef, await this.files.fetch(partner, files[0]));
    await withRetry(this.database, async (tx) => {
      await tx.query('select from tmf_ticket where handoff_id = $1 for update', [handoff.id]);
      const known = await this.known(tx, handoff, partner);
      const { heard, seen, unread } = newsIn(ticket, known);
      const inOrder = heard
        .filter(({ externalRef }) => !known.taken.has(externalRef))
        .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
      for (const one of inOrder) await this.tell(tx, handoff, one, fetched.get(one.externalRef) ?? null);
      for (const { externalRef, raw, because } of unread) await this.keep(tx, handoff, externalRef, raw, because);
      await tx.query('update tmf_ticket set seen = $2 where handoff_id = $1', [handoff.id, JSON.stringify(seen)]);
    });
  }

  private async tell(tx: EntityManager, handoff: HandoffRecord, heard: Heard, file: Fetched | null): Promise<void> {
    const { externalRef, at, by } = heard;
    const word = await this.wordOf(tx, heard, file);
    const message = { word, externalRef, at, by: by ? { name: by.slice(0, 120) } : null };
    const read = PartnerMessage.safeParse(message);
    if (!read.success) return this.keep(tx, handoff, externalRef, message, z.prettifyError(read.error));
    try {
      await this.door.take(tx, { handoffId: handoff.id, partnerId: handoff.partnerId, via: VIA }, read.data);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.keep(tx, handoff, externalRef, message, error.message);
    }
  }

  /** Somebody wants what was kept to be read once more. @throws DomainError request.invalid: it is still no message */
  private async again(tx: EntityManager, { raw, handoffId, partnerId }: Letter): Promise<{ handoffId: string }> {
    const read = PartnerMessage.safeParse(raw);
    if (!read.success || !handoffId || !partnerId)
      throw new DomainError(
        'request.invalid',
        (read.error?.issues ?? []).map(({ path, message }) => ({ path: path.join('.'), message })),
      );
    await this.door.take(tx, { handoffId, partnerId, via: VIA }, read.data);
    return { handoffId };
  }

  /** A file that could not be had is told of in words. */
  private async wordOf(tx: EntityManager, { word, files }: Heard, file: Fetched | null): Promise<unknown> {
    if (word.kind !== 'file') return word;
    if (file) return { ...word, attachmentIds: [await this.files.keep(tx, file)] };
    return { kind: 'note', text: files.map(namedFile).join('\n') };
  }

  private async keep(
    tx: EntityManager,
    { id, partnerId }: HandoffRecord,
    ref: string,
    raw: unknown,
    error: string,
  ): Promise<void> {
    const letter: Letter = { partnerId, gateway: VIA, externalRef: `${id}:${ref}`.slice(0, 300), raw, error };
    await this.letters.keep(tx, { ...letter, handoffId: id });
  }

  private async known(tx: EntityManager, handoff: HandoffRecord, { language }: PartnerRecord): Promise<Known> {
    const [row]: { seen: Seen; caused: string[] }[] = await tx.query(
      'select seen, caused from tmf_ticket where handoff_id = $1',
      [handoff.id],
    );
    const log: { id: string; ours: boolean; ref: string | null }[] = await tx.query(
      'select id, ours, external_ref as ref from handoff_entry where handoff_id = $1',
      [handoff.id],
    );
    const mine = new Set(log.filter(({ ours }) => ours).map(({ id }) => id));
    const ours = (await this.tickets.entries(tx, handoff.id)).filter(({ id }) => mine.has(id));
    const moves = ours.flatMap(({ word }) => [moveBy(word, true), moveBy(word, false)]);
    const texts = ours.map(({ word, byName }) => `${byName}|${noteText(word, language)?.text ?? ''}`);
    const files = [...handoff.attachmentIds, ...(handoff.document?.files ?? []).map(({ id }) => id)];
    return {
      taken: new Set(log.flatMap(({ ours: mineToo, ref }) => (ref && !mineToo ? [ref] : []))),
      ...{ seen: row?.seen ?? {}, caused: new Set(row?.caused), now: this.clock.now().toISOString() },
      moved: new Set(moves.flatMap((move) => (move ? [`${move.status}|${move.reason ?? ''}`] : []))),
      ids: new Set([...mine, ...files, ...ours.flatMap((entry) => entry.files.map(({ id }) => id))]),
      notes: new Set(texts.filter((text) => !text.endsWith('|'))),
    };
  }
}
