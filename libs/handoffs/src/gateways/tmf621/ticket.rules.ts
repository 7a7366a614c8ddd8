import type { HandoffDocument, HandoffSide, HandoffState, Language, PartnerTerms, Priority } from '#contracts';
import { jsonContent } from './content.rules.js';
import { describe, spoken } from './description.rules.js';
import { moveBy, severityOf, statusOf, textOf, type AnyWord } from './status.rules.js';
import type { NewTicket, StatusChange, Ticket, TicketEntity, TicketFile, TicketNote, TicketParty } from './ticket.js';

/** A handoff as a trouble ticket: what its partner gets to read of it, and nothing else. */

export interface Shown {
  id: string;
  reference: string;
  mode: string;
  state: HandoffState;
  priority: Priority;
  document: HandoffDocument | null;
  isForgotten: boolean;
  engineer: { name: string; email?: string | null | undefined; phone?: string | null | undefined } | null;
  etaAt: Date | null;
  openedAt: Date;
  sentAt: Date | null;
  resolvedAt: Date | null;
}

/** A line of the log that the partner may read. */
export interface ShownEntry {
  id: string;
  side: HandoffSide;
  word: AnyWord;
  byName: string;
  at: Date;
  recordedAt: Date;
  applied: boolean;
  externalRef: string | null;
  files: { id: string; fileName: string; contentType: string; size: number }[];
}

export interface Showing {
  handoff: Shown;
  /** In the order they came. */
  entries: ShownEntry[];
  posted: Partial<NewTicket>;
  language: Language;
  timeZone: string;
  /** What their form asks for, as it was when the work was handed over. */
  form: PartnerTerms['form'];
  /** Our name, as who reports it. */
  house: string;
  href: string;
  fileUrl: (attachmentId: string) => string;
}

export function ticketOf(showing: Showing): Ticket {
  const { handoff, entries, posted } = showing;
  const changes = statusChanges(entries);
  const last = changes.at(-1);
  const facts = { ...factsOf(showing), ...timesOf(showing, last) };
  if (handoff.isForgotten)
    return { ...facts, description: spoken(showing.language).gone, statusChange: changes.map(withoutReason) };
  return {
    ...facts,
    ...(last?.changeReason === undefined ? {} : { statusChangeReason: last.changeReason }),
    ...nameOf(showing),
    ...descriptionOf(showing),
    ...(posted.requestedResolutionDate ? { requestedResolutionDate: posted.requestedResolutionDate } : {}),
    statusChange: changes,
    note: notesOf(showing),
    attachment: attachmentsOf(showing),
    relatedParty: partiesOf(showing),
    relatedEntity: entitiesOf(showing),
  };
}

const factsOf = ({ handoff, posted, href }: Showing) => ({
  id: handoff.id,
  href,
  severity: posted.severity ?? severityOf(handoff.priority),
  ticketType: posted.ticketType ?? handoff.mode,
  priority: posted.priority ?? handoff.priority,
  status: statusOf(handoff.state),
  externalId: posted.externalId ?? handoff.reference,
  '@type': 'TroubleTicket' as const,
});

function timesOf({ handoff, entries }: Showing, last: StatusChange | undefined) {
  const began = handoff.sentAt ?? handoff.openedAt;
  return {
    creationDate: began.toISOString(),
    lastUpdate: (entries.at(-1)?.recordedAt ?? began).toISOString(),
    statusChangeDate: last?.changeDate ?? began.toISOString(),
    ...(handoff.etaAt ? { expectedResolutionDate: handoff.etaAt.toISOString() } : {}),
    ...(handoff.resolvedAt ? { resolutionDate: handoff.resolvedAt.toISOString() } : {}),
  };
}

const withoutReason = ({ status, changeDate }: StatusChange): StatusChange => ({ status, changeDate });

const nameOf = ({ handoff: { document }, posted }: Showing): { name?: string } => {
  const name = posted.name ?? document?.ask.split('\n')[0]?.slice(0, 120);
  return name ? { name } : {};
};

const descriptionOf = ({ handoff: { document, reference }, posted, ...reader }: Showing): { description: string } => ({
  description: posted.description ?? (document ? describe({ ...reader, document }) : reference),
});

function statusChanges(entries: ShownEntry[]): StatusChange[] {
  let isAccepted = false;
  return entries.flatMap(({ word, at, applied }) => {
    const move = applied ? moveBy(word, isAccepted) : null;
    isAccepted ||= applied && (word.kind === 'accepted' || word.kind === 'in_progress');
    return move
      ? [{ status: move.status, changeDate: at.toISOString(), ...(move.reason ? { changeReason: move.reason } : {}) }]
      : [];
  });
}

/** What they said keeps the number they gave it; what we said has that of its line in the log. */
function idOf({ id, externalRef }: ShownEntry): string {
  const [, theirs] = /^(?:note|answer|quote):(.+)$/su.exec(externalRef ?? '') ?? [];
  return theirs ?? id;
}

function notesOf({ entries, language }: Showing): TicketNote[] {
  return entries.flatMap((entry) => {
    const said = noteText(entry.word, language);
    if (!said) return [];
    return [{ id: idOf(entry), author: entry.byName, date: entry.at.toISOString(), ...said }];
  });
}

const IN_WORDS: Partial<Record<string, (word: AnyWord, words: ReturnType<typeof spoken>) => string>> = {
  nudged: (word, words) => textOf(word, 'text') || words.nudged,
  received: (word, words) => textOf(word, 'text') || words.received,
  dispatched: (word, words) => joined(words.dispatched, textOf(word, 'carrier'), textOf(word, 'trackingNumber')),
  quote_answered: (word, words) =>
    joined(word['approved'] === true ? words.approved : words.refused, textOf(word, 'text')),
  eta: (word) => textOf(word, 'reason'),
  note: (word) => textOf(word, 'text'),
  info: (word) => textOf(word, 'text'),
  file: (word) => textOf(word, 'text'),
  quoted: (word) => textOf(word, 'text'),
  went_on: (word) => textOf(word, 'text'),
};
const NOTE_TYPES: Partial<Record<string, string>> = { received: 'DeviceReceived', dispatched: 'DeviceDispatched' };

const joined = (...parts: string[]): string => parts.filter(Boolean).join(' ');

/** What of a word is to be read as a note. */
export function noteText(word: AnyWord, language: Language): { text: string; '@type'?: string } | null {
  const text = IN_WORDS[word.kind]?.(word, spoken(language));
  const type = NOTE_TYPES[word.kind];
  return text ? { text, ...(type ? { '@type': type } : {}) } : null;
}

function attachmentsOf({ handoff, entries, fileUrl }: Showing): TicketFile[] {
  const asFile = ({ id, fileName, contentType, size }: ShownEntry['files'][number]): TicketFile => ({
    ...{ id, name: fileName, mimeType: contentType, url: fileUrl(id), attachmentType: 'file' },
    size: { amount: size, units: 'bytes' },
  });
  const said = entries.flatMap((entry) => [...saidAsJson(entry), ...entry.files.map(asFile)]);
  const files = [...(handoff.document?.files ?? []).map(asFile), ...said];
  return files.filter(({ id }, place) => files.findIndex((one) => one.id === id) === place);
}

function saidAsJson(entry: ShownEntry): TicketFile[] {
  const { word } = entry;
  if (word.kind === 'quoted') return [jsonFile(idOf(entry), 'quote', word['quote'])];
  if (word.kind !== 'quote_answered') return [];
  return [jsonFile(idOf(entry), 'quote_answer', { approved: word['approved'], text: word['text'] ?? null })];
}

/** Something that TMF621 has no place for, as data. */
export const jsonFile = (id: string, attachmentType: string, value: unknown): TicketFile => ({
  ...{ id, attachmentType, name: `${attachmentType.replace('_', '-')}.json`, mimeType: 'application/json' },
  content: jsonContent(value),
});

function partiesOf({ handoff, posted, house }: Showing): TicketParty[] {
  const { engineer } = handoff;
  const given = posted.relatedParty ?? partiesFor(handoff.document, house);
  const ours: TicketParty[] = engineer
    ? [{ id: engineer.name, role: 'engineer', '@referredType': 'Individual', ...contact(engineer) }]
    : [];
  return [...given.filter(({ role }) => !engineer || role !== 'engineer'), ...ours];
}

export const contact = (person: NonNullable<Shown['engineer']>): TicketParty => ({
  name: person.name,
  ...(person.email ? { email: person.email } : {}),
  ...(person.phone ? { phone: person.phone } : {}),
});

/** Who it is about, as far as that is shared, and who says so. */
export function partiesFor(document: HandoffDocument | null, house: string): TicketParty[] {
  const reporter = { id: house, role: 'reporter', name: house, '@referredType': 'Organization' };
  const { name, phone, email } = document?.customer ?? {};
  if (!name && !phone && !email) return [reporter];
  const customer = { id: document?.reference ?? house, role: 'customer', '@referredType': 'Individual' };
  return [
    reporter,
    { ...customer, ...(name ? { name } : {}), ...(phone ? { phone } : {}), ...(email ? { email } : {}) },
  ];
}

function entitiesOf({ handoff, entries, posted }: Showing): TicketEntity[] {
  const given = posted.relatedEntity ?? entitiesFor(handoff.document);
  const shipments = entries.flatMap(({ word }) =>
    word.kind === 'dispatched' && typeof word['trackingNumber'] === 'string'
      ? [{ id: word['trackingNumber'], role: 'shipment', '@referredType': 'Shipment', ...named(word['carrier']) }]
      : [],
  );
  // As whoever took it said: what the giver calls it is their externalId.
  const taken = entries.findLast(
    ({ word, applied }) => applied && word.kind === 'accepted' && textOf(word, 'partnerRef'),
  );
  const rma = taken
    ? [{ id: textOf(taken.word, 'partnerRef'), role: 'rma', '@referredType': 'ReturnAuthorization' }]
    : [];
  return [...given.filter(({ role }) => role !== 'rma' && role !== 'shipment'), ...rma, ...shipments];
}

const named = (name: unknown): { name?: string } => (typeof name === 'string' && name !== '' ? { name } : {});

/** The phone, as far as it is shared. */
export function entitiesFor(document: HandoffDocument | null): TicketEntity[] {
  const { model, imei } = document?.device ?? {};
  if (!model && !imei) return [];
  return [{ id: imei ?? '-', role: 'device', '@referredType': 'PhysicalResource', ...named(model) }];
}
