import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '#platform';
import { readHandoff } from '../../handoff/handoff-record.js';
import { partnerAt } from '../../partners/partner-record.js';
import { fileNamesOf } from '../../share/file-names.js';
import type { NewTicket, Ticket } from './ticket.js';
import { ticketOf, type ShownEntry } from './ticket.rules.js';
import { TmfFiles } from './tmf-files.js';

export const API_PATH = '/tmf-api/troubleTicket/v4';

/** A handoff as its partner reads it, with the side its partner is on. */
export interface Rendered {
  ticket: Ticket;
  entries: ShownEntry[];
}

interface EntryRow extends Omit<ShownEntry, 'files'> {
  handoffId: string;
  attachmentIds: string[];
}

/** Handoffs as tickets of ours. Reads what the partner may read, and nothing else of a case. */
@Injectable()
export class TmfTickets {
  constructor(
    private readonly files: TmfFiles,
    @Inject(CONFIG) private readonly config: Pick<Config, 'http' | 'mail'>,
  ) {}

  /** As who we report. */
  get house(): string {
    return this.config.mail.name;
  }

  href(handoffId: string): string {
    return new URL(`${API_PATH}/troubleTicket/${handoffId}`, this.config.http.baseUrl).href;
  }

  /** @throws DomainError handoff.not_found */
  async render(tx: EntityManager, handoffId: string): Promise<Rendered> {
    const handoff = await readHandoff(tx, handoffId);
    const { language, timeZone, name, terms } = await partnerAt(tx, handoff.partnerId, handoff.partnerVersion);
    const [kept]: { posted: Partial<NewTicket> }[] = await tx.query(
      `select posted from tmf_ticket where handoff_id = $1 and home = 'ours'`,
      [handoffId],
    );
    const entries = (await this.entries(tx, handoffId)).map((entry) => asTheySaid(entry, name));
    const ticket = ticketOf({
      handoff: { ...handoff, isForgotten: handoff.forgottenAt !== null, sentAt: handoff.sentAt },
      ...{ entries, posted: kept?.posted ?? {}, house: this.house, href: this.href(handoffId) },
      ...{ language, timeZone, form: terms.form },
      fileUrl: (attachmentId) => this.files.url(handoffId, attachmentId),
    });
    return { ticket, entries };
  }

  /** What of the log the partner may read. */
  async entries(tx: EntityManager, handoffId: string): Promise<ShownEntry[]> {
    const rows: EntryRow[] = await tx.query(
      `select id, side, word, by_name as "byName", at, recorded_at as "recordedAt", applied, external_ref as "externalRef", attachment_ids as "attachmentIds"
       from handoff_entry where handoff_id = $1 and audience <> 'internal' order by seq`,
      [handoffId],
    );
    const ids = rows.flatMap(({ attachmentIds }) => attachmentIds);
    const found: ShownEntry['files'] =
      ids.length === 0
        ? []
        : await tx.query(
            `select id, '' as "fileName", content_type as "contentType", size::int as size from attachment where id = any($1)`,
            [ids],
          );
    const names = found.length === 0 ? null : await fileNamesOf(tx, handoffId);
    const files = found.map((file) => ({ ...file, fileName: names?.get(file.id) ?? 'file' }));
    return rows.map(({ attachmentIds, ...entry }) => ({
      ...entry,
      files: attachmentIds.flatMap((id) => files.filter((file) => file.id === id)),
    }));
  }
}

/** To us somebody of theirs is of that company; to themselves they are not. */
const asTheySaid = (entry: ShownEntry, partner: string): ShownEntry =>
  entry.byName.endsWith(` (${partner})`) ? { ...entry, byName: entry.byName.slice(0, -partner.length - 3) } : entry;
