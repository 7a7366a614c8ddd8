import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type FormField,
  HandoffDocument,
  isHandoffEnded,
  type DeskAction,
  type Contact,
  type HandoffMode,
  type HandoffOutcome,
  type HandoffSide,
  type HandoffState,
  type HandoffWord,
  type Language,
  type PartnerQuote,
  type Priority,
} from '#contracts';
import { DomainError } from '#platform';
import { readHandoff } from '../../handoff/handoff-record.js';
import { partnerAt } from '../../partners/partner-record.js';
import { fileNamesOf } from '../../share/file-names.js';
import { offeredOf, type Offered } from './desk-actions.rules.js';
import type { OpenDeskLink } from './desk-links.js';

/** So many of what was said are read; what is older both have read long ago. */
const ENTRIES = 200;

export interface DeskFile {
  id: string;
  fileName: string;
  contentType: string;
  size: number;
}

/** A file with where it lies. */
export interface StoredDeskFile extends DeskFile {
  key: string;
}

/** One thing that was said, as the partner may read it. */
export interface DeskEntry {
  id: string;
  /** Whether the house said it. */
  ours: boolean;
  word: HandoffWord;
  byName: string;
  at: Date;
  files: DeskFile[];
}

/** A handoff as its partner sees it: the document that was made for them, and what was said to them or by them. */
export interface DeskView {
  reference: string;
  /** Which of the two the partner is. */
  side: HandoffSide;
  mode: HandoffMode;
  state: HandoffState;
  priority: Priority;
  ask: string;
  /** What their form asked for, in their words. */
  form: { title: Record<Language, string>; value: string | number | boolean; isDay: boolean }[];
  document: HandoffDocument;
  partner: { name: string; language: Language; timeZone: string };
  partnerRef: string | null;
  engineer: Contact | null;
  etaAt: Date | null;
  outcome: HandoffOutcome | null;
  /** What whoever took the work asked and nobody has answered. */
  question: string | null;
  /** The last price that nobody has answered. */
  quote: PartnerQuote | null;
  sentAt: Date;
  offered: Offered;
  /** Oldest first. */
  entries: DeskEntry[];
  files: DeskFile[];
  /** Who of theirs wrote last. */
  lastBy: string | null;
}

/** What of a log is for their eyes: what they said themselves, and what was said to them. */
const THEIRS = `(not e.ours or e.audience in ('partner', 'customer')) and e.kind not in ('expired', 'went_on', 'forgotten')`;

interface EntryRow extends Omit<DeskEntry, 'files'> {
  attachmentIds: string[];
}

/** What a partner reads by a link. Cases and customers are not looked at: all there is stands in the handoff. */
@Injectable()
export class DeskViews {
  /** @throws DomainError desk.link_gone when it was taken back or forgotten meanwhile */
  async of(tx: EntityManager, link: OpenDeskLink): Promise<DeskView> {
    const handoff = await readHandoff(tx, link.handoffId);
    if (!handoff.document || handoff.partnerId !== link.partnerId) throw new DomainError('desk.link_gone');
    // Of work that they gave us it holds what they told, and no more.
    const document = HandoffDocument.parse({ ...handoff, ...handoff.document });
    const [partner, rows, files] = await Promise.all([
      partnerAt(tx, link.partnerId, handoff.partnerVersion),
      this.said(tx, link),
      this.files(tx, link),
    ]);
    const side = handoff.direction === 'out' ? ('taker' as const) : ('giver' as const);
    const quote = openQuote(rows);
    const { reference, mode, state, priority, ask, partnerRef, engineer, etaAt, outcome, question } = handoff;
    return {
      ...{ reference, side, mode, state, priority, ask, partnerRef, engineer, etaAt, outcome, question, quote },
      document: { ...document, files: document.files.filter(({ id }) => files.has(id)) },
      form: Object.entries(document.form).map(([key, value]) => answerOf(partner.terms.form, key, value)),
      partner: { name: partner.name, language: partner.language, timeZone: partner.timeZone },
      sentAt: handoff.sentAt ?? handoff.openedAt,
      offered: offeredOf({
        ...{ side, state, getsDevice: mode !== 'advise' },
        ...{ quoted: quote !== null && !isHandoffEnded(state), asked: question !== null },
      }),
      entries: rows.map(({ attachmentIds, ...entry }) => ({
        ...entry,
        files: attachmentIds.flatMap((id) => shown(files.get(id))),
      })),
      files: document.files.flatMap(({ id }) => shown(files.get(id))),
      lastBy: lastOf(rows, partner.name),
    };
  }

  private async said(tx: EntityManager, { handoffId }: OpenDeskLink): Promise<EntryRow[]> {
    const rows: EntryRow[] = await tx.query(
      `select e.id, e.ours, e.word, e.by_name as "byName", e.at, e.attachment_ids as "attachmentIds" from handoff_entry e
       where e.handoff_id = $1 and ${THEIRS} order by e.seq desc limit ${ENTRIES}`,
      [handoffId],
    );
    return rows.reverse();
  }

  /** A file they may have; null: there is none of that name for them. */
  async file(tx: EntityManager, link: OpenDeskLink, id: string): Promise<StoredDeskFile | null> {
    return (await this.files(tx, link)).get(id) ?? null;
  }

  /** Every file that was named to them or came from them. */
  async files(tx: EntityManager, link: OpenDeskLink): Promise<Map<string, StoredDeskFile>> {
    const names = await fileNamesOf(tx, link.handoffId);
    const rows: (Omit<StoredDeskFile, 'size' | 'fileName'> & { size: string })[] = await tx.query(
      `with named as (
         select (f ->> 'id')::uuid as id from handoff h, jsonb_array_elements(h.document -> 'files') f
           where h.id = $1 and h.partner_id = $2 and h.forgotten_at is null
         union select unnest(e.attachment_ids) from handoff_entry e join handoff h on h.id = e.handoff_id
           where h.id = $1 and h.partner_id = $2 and h.forgotten_at is null and ${THEIRS})
       select a.id, a.content_type as "contentType", a.size, a.storage_key as key
       from named n join attachment a on a.id = n.id order by a.created_at, a.id`,
      [link.handoffId, link.partnerId],
    );
    return new Map(
      rows.map((row) => [row.id, { ...row, size: Number(row.size), fileName: names.get(row.id) ?? 'file' }]),
    );
  }
}

const shown = (file: StoredDeskFile | undefined): DeskFile[] => {
  if (!file) return [];
  const { key: _, ...rest } = file;
  return [rest];
};

/** Who of theirs said something last: the log adds for whom they speak. */
function lastOf(rows: readonly EntryRow[], partner: string): string | null {
  const last = rows.findLast(({ ours, byName }) => !ours && byName !== partner);
  return last ? last.byName.replace(` (${partner})`, '') : null;
}

function answerOf<Value>(form: readonly FormField[], key: string, value: Value) {
  const field = form.find((each) => each.key === key);
  return { title: field?.title ?? { es: key, en: key }, value, isDay: field?.type === 'date' };
}

function openQuote(rows: readonly EntryRow[]): PartnerQuote | null {
  const last = rows.findLast(({ word }) => word.kind === 'quoted' || word.kind === 'quote_answered')?.word;
  return last?.kind === 'quoted' ? last.quote : null;
}

/** Whether a button of a message leads to something that can still be said. */
export const isOffered = ({ offered }: DeskView, action: DeskAction): boolean => offered.actions.includes(action);
