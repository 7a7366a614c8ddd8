import type { HandoffWord } from '#contracts';
import { PartnerQuote } from '#contracts';
import { refOfChange } from './outgoing.rules.js';
import { short, wordOf } from './status.rules.js';
import { readContent } from './content.rules.js';
import type { StatusChange, TheirTicket, TicketEntity, TicketFile, TicketNote, TicketParty } from './ticket.js';

/**
 * What a partner's ticket says that was not said before. A ticket is read whole each time, so that events which come twice, late or
 * in another order change nothing: each thing in it has a name of its own, and what has no name is compared with how it was.
 */

/** What of the ticket was there when it was last looked at. */
export interface Seen {
  lastUpdate?: string | undefined;
  eta?: string | undefined;
  /** Their number and engineer, as they were. */
  taken?: string | undefined;
  /** Where it stood, of a ticket without a history. */
  status?: string | undefined;
}

export interface Known {
  seen: Seen;
  /** What of its history we caused (`refOfChange`), and what we said would bring it there: `status|reason`. */
  caused: ReadonlySet<string>;
  moved: ReadonlySet<string>;
  /** Names of notes and files that are ours, and what we wrote: `author|text`. */
  ids: ReadonlySet<string>;
  notes: ReadonlySet<string>;
  /** Names of what was heard before. */
  taken: ReadonlySet<string>;
  /** What it is to be taken as said at where the ticket does not say. */
  now: string;
}

export interface Heard {
  word: HandoffWord | { kind: 'file'; text: string | null };
  externalRef: string;
  at: string;
  by: string | null;
  files: TicketFile[];
}

export interface Reading {
  heard: Heard[];
  seen: Seen;
  /** What is there and cannot be understood. */
  unread: { externalRef: string; raw: unknown; because: string }[];
}

export function newsIn(ticket: TheirTicket, known: Known): Reading {
  const at = ticket.lastUpdate ?? known.now;
  const isOlder = known.seen.lastUpdate !== undefined && Date.parse(at) < Date.parse(known.seen.lastUpdate);
  const changes = historyOf(ticket).toSorted((a, b) => Date.parse(a.changeDate) - Date.parse(b.changeDate));
  const reading: Reading = { heard: [], seen: { ...known.seen }, unread: [] };
  readHistory(ticket, changes, known, reading, isOlder);
  readNotes(ticket, changes, known, reading);
  readFiles(ticket, known, reading);
  // Of what has no time of its own, an older copy says nothing.
  if (isOlder) return reading;
  reading.seen.lastUpdate = at;
  if (ticket.statusChange === undefined) reading.seen.status = ticket.status;
  readDay(ticket, at, known, reading);
  readShipments(ticket, at, reading);
  return reading;
}

/** Systems that keep no history tell where it stands alone. */
function historyOf(ticket: TheirTicket): StatusChange[] {
  if (ticket.statusChange !== undefined) return ticket.statusChange;
  const { status, statusChangeDate, lastUpdate, statusChangeReason } = ticket;
  const changeDate = statusChangeDate ?? lastUpdate;
  return status && changeDate ? [{ status, changeDate, changeReason: statusChangeReason }] : [];
}

function readHistory(
  ticket: TheirTicket,
  changes: StatusChange[],
  known: Known,
  reading: Reading,
  isOlder: boolean,
): void {
  const by = engineerOf(ticket)?.name ?? null;
  let isAccepted = false;
  for (const change of changes.filter((one) => isNews(one, changes, known))) {
    const reason = change.changeReason ?? null;
    const told = ticket.statusChangeReason ?? latestNote(ticket, known, change.changeDate);
    const word = wordOf('taker', { status: change.status, reason }, { state: 'sent', isAccepted, told });
    if (word?.kind === 'accepted') {
      // Who does it, and by what number, a newer copy has said.
      if (!isOlder || reading.seen.taken === undefined) readAcceptance(ticket, change, reading, word.text ?? null);
    } else if (word)
      reading.heard.push({ word, externalRef: refOfChange(change), at: change.changeDate, by, files: [] });
    isAccepted ||= change.status === 'inProgress';
  }
}

/** We did not bring it there, and what is closed after it was resolved says nothing more. */
const isNews = (change: StatusChange, changes: StatusChange[], { caused, moved }: Known): boolean =>
  !caused.has(refOfChange(change)) &&
  !moved.has(`${change.status}|${change.changeReason ?? ''}`) &&
  !(change.status === 'closed' && lastBefore(change, changes) === 'resolved');

/** Where it stood before it was closed. @param changes in the order of time */
const lastBefore = ({ changeDate }: StatusChange, changes: StatusChange[]): string | undefined =>
  changes.findLast((one) => one.status !== 'closed' && Date.parse(one.changeDate) <= Date.parse(changeDate))?.status;

/** Their number and who works on it may come with the acceptance, or be filled in later. */
function readAcceptance(ticket: TheirTicket, change: StatusChange, reading: Reading, text: string | null): void {
  const engineer = engineerOf(ticket);
  const partnerRef = rmaOf(ticket) ?? ticket.id;
  const taken = JSON.stringify([partnerRef, engineer]);
  const isFirst = reading.seen.taken === undefined;
  if (reading.seen.taken === taken) return readReturn(ticket, change, reading, engineer?.name ?? null);
  reading.seen.taken = taken;
  const etaAt = isFirst ? (ticket.expectedResolutionDate ?? null) : null;
  if (etaAt) reading.seen.eta = etaAt;
  reading.heard.push({
    word: { kind: 'accepted', text: isFirst ? text : null, partnerRef: short(partnerRef, 80), engineer, etaAt },
    // Said when they accepted, whenever it was filled in: it does not bring back what came after.
    externalRef: isFirst ? refOfChange(change) : `${refOfChange(change)}#${ticket.lastUpdate ?? taken}`,
    ...{ at: change.changeDate, by: engineer?.name ?? null, files: [] },
  });
}

/** They work on it again: of a ticket without a history that is all there is to see of it. Said before, its name is known. */
function readReturn(ticket: TheirTicket, change: StatusChange, { heard, seen }: Reading, by: string | null): void {
  const isReturn =
    ticket.statusChange === undefined &&
    (ticket.statusChangeDate !== undefined || (seen.status !== undefined && seen.status !== change.status));
  if (!isReturn) return;
  const word = { kind: 'in_progress' as const, text: change.changeReason ?? null };
  heard.push({ word, externalRef: refOfChange(change), at: change.changeDate, by, files: [] });
}

/** Whom and what a ticket, or a change of one, names. */
type Related = Partial<Pick<TheirTicket, 'relatedParty' | 'relatedEntity'>>;

const ENGINEER = /engineer|technician|ingenier|técnic|tecnic|agent/iu;

export function engineerOf({
  relatedParty = [],
}: Related): { name: string; email: string | null; phone: string | null } | null {
  const party: TicketParty | undefined = relatedParty.find(({ role, name }) => name && ENGINEER.test(role ?? ''));
  if (!party?.name) return null;
  const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(party.email ?? '') ? (party.email ?? null) : null;
  return { name: short(party.name.trim(), 120), email, phone: party.phone?.trim() || null };
}

export const rmaOf = ({ relatedEntity = [] }: Related): string | undefined =>
  relatedEntity
    .map(({ role, id, name }) => (/^rma\b|return.?auth/iu.test(role ?? '') ? (id ?? name) : undefined))
    .find(Boolean);

const shipmentOf = ({ relatedEntity = [] }: Related): TicketEntity | undefined =>
  relatedEntity.findLast(({ role, id }) => /shipment|parcel|env[ií]o/iu.test(role ?? '') && id);

const isOurs = (note: TicketNote, { ids, notes }: Known): boolean =>
  (note.id !== undefined && ids.has(note.id)) || notes.has(`${note.author ?? ''}|${note.text}`);

function latestNote(ticket: TheirTicket, known: Known, until: string): string | null {
  const before = (ticket.note ?? []).filter(
    (note) => !isOurs(note, known) && (!note.date || Date.parse(note.date) <= Date.parse(until) + 1000),
  );
  return before.at(-1)?.text ?? null;
}

function readNotes(ticket: TheirTicket, changes: StatusChange[], known: Known, reading: Reading): void {
  const reasons = new Set(changes.map(({ changeReason }) => changeReason?.trim()));
  for (const note of ticket.note ?? []) {
    if (isOurs(note, known) || reasons.has(note.text.trim())) continue;
    reading.heard.push({
      word: noteWord(note, ticket),
      externalRef: noteRef(note),
      ...{ at: note.date ?? ticket.lastUpdate ?? known.now, by: note.author ?? null, files: [] },
    });
  }
}

/** A note without a number is known by its words. */
export const noteRef = ({ id, author, date, text }: TicketNote): string =>
  short(`note:${id ?? `${author ?? ''}|${date ?? ''}|${text}`}`, 300);

/** Notes of one word, as systems write them that have no types. */
const PLAIN: Partial<Record<string, string>> = {
  ...{ received: 'DeviceReceived', 'device received': 'DeviceReceived', recibido: 'DeviceReceived' },
  ...{ dispatched: 'DeviceDispatched', 'device dispatched': 'DeviceDispatched', enviado: 'DeviceDispatched' },
};

const typeOf = (note: TicketNote): string | undefined => note['@type'] ?? PLAIN[note.text.trim().toLowerCase()];

/** What a note says, by its type where it has one of ours. */
export function noteWord(note: TicketNote, ticket: Related): HandoffWord {
  const type = typeOf(note);
  if (type === 'DeviceReceived') return { kind: 'received', text: note.text };
  if (type !== 'DeviceDispatched') return { kind: 'note', text: note.text };
  const shipment = shipmentOf(ticket);
  return { kind: 'dispatched', carrier: shipment?.name ?? null, trackingNumber: shipment?.id ?? null };
}

/** What only whoever gave the work puts there. */
const GIVERS = new Set(['handoff', 'quote_answer']);

function readFiles(ticket: TheirTicket, known: Known, reading: Reading): void {
  const said = { at: ticket.lastUpdate ?? known.now, by: engineerOf(ticket)?.name ?? null };
  for (const file of ticket.attachment ?? []) {
    const id = file.id ?? file.url ?? file.href ?? file.name;
    if (id === undefined || known.ids.has(id) || GIVERS.has(file.attachmentType ?? '')) continue;
    if (file.attachmentType === 'quote') readQuote(file, short(`quote:${id}`, 300), said, reading);
    else {
      const word = { kind: 'file' as const, text: file.description ?? null };
      reading.heard.push({ ...said, word, externalRef: short(`file:${id}`, 300), files: [file] });
    }
  }
}

function readQuote(
  file: TicketFile,
  externalRef: string,
  said: { at: string; by: string | null },
  { heard, unread }: Reading,
): void {
  const content = readContent(file.content) ?? null;
  const quote = PartnerQuote.safeParse(content);
  if (quote.success) heard.push({ ...said, word: { kind: 'quoted', quote: quote.data }, externalRef, files: [] });
  else {
    const faults = quote.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    const word = { kind: 'quoted', quote: content };
    unread.push({ raw: { word, externalRef, at: said.at, by: null }, externalRef, because: faults.join('; ') });
  }
}

/** A note of the same moment says why. */
const SAME_MOMENT_MS = 2000;

/** So much of a note fits into a reason. */
export const REASON_LENGTH = 500;

/** A later day and why are one thing said: it goes by the name of the note, which says nothing of its own then. */
function readDay(ticket: TheirTicket, at: string, known: Known, reading: Reading): void {
  const etaAt = ticket.expectedResolutionDate;
  if (!etaAt || etaAt === reading.seen.eta) return;
  const why = (ticket.note ?? []).findLast(
    (note) => note.date && !isOurs(note, known) && Math.abs(Date.parse(note.date) - Date.parse(at)) <= SAME_MOMENT_MS,
  );
  const told = reading.heard.findIndex(
    ({ word, externalRef }) => why && word.kind === 'note' && externalRef === noteRef(why),
  );
  const isOne = why && told >= 0 && why.text.length <= REASON_LENGTH && !known.taken.has(noteRef(why));
  if (isOne) reading.heard.splice(told, 1);
  reading.seen.eta = etaAt;
  reading.heard.push({
    word: { kind: 'eta', etaAt, ...(why && { reason: short(why.text, REASON_LENGTH) }) },
    externalRef: isOne ? noteRef(why) : `eta:${etaAt}@${at}`,
    ...{ at, by: why?.author ?? null, files: [] },
  });
}

/** A shipment that no note tells of. */
function readShipments(ticket: TheirTicket, at: string, reading: Reading): void {
  const shipment = shipmentOf(ticket);
  if (!shipment?.id || (ticket.note ?? []).some((note) => typeOf(note) === 'DeviceDispatched')) return;
  const word = { kind: 'dispatched' as const, carrier: shipment.name ?? null, trackingNumber: shipment.id };
  reading.heard.push({ word, externalRef: short(`shipment:${shipment.id}`, 300), at, by: null, files: [] });
}
