import type { HandoffWord, Language, Priority } from '#contracts';
import type { DocumentSource } from '../../share/document.text.rules.js';
import { describe } from './description.rules.js';
import { moveBy, severityOf, short, type Move } from './status.rules.js';
import { entitiesFor, jsonFile, noteText, partiesFor } from './ticket.rules.js';
import type { NewTicket, TheirTicket, TicketFile, TicketPatch } from './ticket.js';

/** What we say to a partner's ticket system, as it is to be sent. */

/** A long story whole, and nothing that another system might refuse for its length. */
const MOST_DESCRIBED = 10_000;

export interface Giving extends DocumentSource {
  reference: string;
  mode: string;
  priority: Priority;
  files: TicketFile[];
  house: string;
  /** Names the first word of the log: the same for every try. */
  ref: string;
}

/** The ticket a handoff begins with. What does not fit the fields of TMF621 goes along as data, too. */
export function newTicket(giving: Giving): NewTicket {
  const { reference, mode, priority, document, files, house, ref } = giving;
  return {
    externalId: reference,
    name: short(document.ask.split('\n')[0] ?? reference, 120),
    description: short(describe(giving), MOST_DESCRIBED),
    severity: severityOf(priority),
    priority,
    ticketType: mode,
    relatedParty: partiesFor(document, house),
    relatedEntity: entitiesFor(document),
    attachment: [jsonFile(ref, 'handoff', { ...document, files: [] }), ...files],
  };
}

export interface Saying {
  word: HandoffWord;
  ref: string;
  at: Date;
  byName: string;
  language: Language;
  files: TicketFile[];
  isAccepted: boolean;
  ours: Ours;
}

/** What we put into a ticket is known by its number, or by who wrote it and where it lies. */
export interface Ours {
  ids: ReadonlySet<string>;
  authors: ReadonlySet<string>;
  filesAt: string;
}

/** A word of ours as a change of their ticket: what we add, with what is there, for systems that put one list in place of another. */
export function patchOf(
  { word, ref, at, byName, language, files, isAccepted, ours }: Saying,
  there: TheirTicket,
): TicketPatch {
  const move = moveFor(word, isAccepted, there);
  if (word.kind === 'recalled') return { ...statusBy(move), ...RECALL, ...withoutOurs(there, ours) };
  const said = noteText(word, language);
  const note = said && { id: ref, author: byName, date: at.toISOString(), ...said };
  const quote =
    word.kind === 'quote_answered'
      ? [jsonFile(ref, 'quote_answer', { approved: word.approved, text: word.text ?? null })]
      : [];
  const added = [...quote, ...files].filter(({ id }) => !there.attachment?.some((one) => one.id === id));
  return {
    ...statusBy(move),
    ...(note ? { note: [...(there.note ?? []).filter(({ id }) => id !== ref), note] } : {}),
    ...(added.length > 0 ? { attachment: [...(there.attachment ?? []), ...added] } : {}),
  };
}

/** Where their ticket is to go; null: it is there, or nothing can move it any more. */
function moveFor(word: HandoffWord, isAccepted: boolean, { status }: TheirTicket): Move | null {
  const move = moveBy(word, isAccepted);
  if (!move || move.status === status || (status !== undefined && FINAL.has(status))) return null;
  // An answer brings it back only where they wait for one.
  return word.kind === 'info' && status !== 'pending' ? null : move;
}

const FINAL = new Set(['rejected', 'cancelled', 'closed']);

const statusBy = (move: Move | null): TicketPatch =>
  move ? { status: move.status, ...(move.reason ? { statusChangeReason: short(move.reason, 2000) } : {}) } : {};

/** What was told is taken back with the work: nothing of it stays in the ticket that we put there. */
const RECALL: TicketPatch = { description: '-', name: '-', relatedParty: [], relatedEntity: [] };

/** What they wrote and put there themselves stays. */
const withoutOurs = ({ note = [], attachment = [] }: TheirTicket, { ids, authors, filesAt }: Ours): TicketPatch => ({
  note: note.filter(({ id, author }) => !ids.has(id ?? '') && !authors.has(author ?? '')),
  attachment: attachment.filter(
    ({ id, url, attachmentType }) =>
      !ids.has(id ?? '') && !url?.startsWith(filesAt) && !OUR_DATA.has(attachmentType ?? ''),
  ),
});

const OUR_DATA = new Set(['handoff', 'quote_answer']);

/** What of a ticket's history a change of ours caused: there now, not there before, and what we asked for. */
export function causedBy(patch: TicketPatch, before: TheirTicket, after: TheirTicket): string[] {
  if (patch.status === undefined) return [];
  const known = new Set((before.statusChange ?? []).map(refOfChange));
  return (after.statusChange ?? [])
    .filter((change) => change.status === patch.status)
    .map(refOfChange)
    .filter((ref) => !known.has(ref));
}

export const refOfChange = ({ status, changeDate }: { status: string; changeDate: string }): string =>
  `status:${status}:${changeDate}`;
