import { z } from 'zod';
import { PartnerQuote, type HandoffSide, type HandoffState, type HandoffWord } from '#contracts';
import { readContent } from './content.rules.js';
import { engineerOf, noteRef, noteWord, REASON_LENGTH, rmaOf } from './incoming.rules.js';
import { short, wordOf } from './status.rules.js';
import type { NewTicket, Ticket, TicketFile, TicketNote, TicketPatch } from './ticket.js';

/** What a partner says by changing a ticket of ours. Lists are added to, never put in place of what is there: nobody unsays a word. */

export interface Now {
  ticket: Ticket;
  side: HandoffSide;
  state: HandoffState;
  acceptedAt: string | null;
  partnerRef: string | null;
  engineerName: string | null;
  /** This moment, by our clock. */
  at: string;
}

export interface Meant {
  /** `must`: it is no use to them when it changes nothing. */
  said: { word: HandoffWord; externalRef: string; at: string; by: string | null; must: boolean }[];
  files: { file: TicketFile; externalRef: string }[];
  /** They may not bring it there. */
  isForbidden: boolean;
  /** What is no quote. */
  faults: string[];
}

export function meantBy(patch: TicketPatch, now: Now): Meant {
  const meant: Meant = { said: [], files: [], isForbidden: false, faults: [] };
  const notes = newNotes(patch, now.ticket);
  const files = (patch.attachment ?? []).filter((file) => !hasFile(now.ticket, file));
  const told = readStatus(patch, notes, now, meant);
  readFiles(files, now, meant);
  const spoken = new Set(files.filter(({ attachmentType }) => attachmentType === 'quote_answer').map(({ id }) => id));
  for (const note of notes) {
    if (note === told || (note.id !== undefined && spoken.has(note.id))) continue;
    const word: HandoffWord = now.side === 'taker' ? noteWord(note, patch) : { kind: 'note', text: note.text };
    say(meant, word, noteRef(note), now.at, note.author);
  }
  if (now.side === 'taker') readWork(patch, now, meant);
  else readDescription(patch, now, meant);
  return meant;
}

function say(meant: Meant, word: HandoffWord, externalRef: string, at: string, by?: string, must = false): void {
  meant.said.push({ word, externalRef: short(externalRef, 300), at, by: by ?? null, must });
}

const newNotes = ({ note = [] }: TicketPatch, { note: there = [] }: Ticket): TicketNote[] =>
  note.filter(({ id, text }) => !there.some((one) => (id === undefined ? one.text === text : one.id === id)));

const hasFile = ({ attachment = [] }: Ticket, { id, name }: TicketFile): boolean =>
  attachment.some((one) => (id === undefined ? one.name === name : one.id === id));

/** @returns the note that says why, which is then no note of its own */
function readStatus(patch: TicketPatch, notes: TicketNote[], now: Now, meant: Meant): TicketNote | null {
  const { status, statusChangeReason } = patch;
  if (status === undefined || !isMove(status, now)) return null;
  const told = statusChangeReason === undefined || now.state === 'info_requested' ? notes[0] : undefined;
  const standing = { state: now.state, isAccepted: now.acceptedAt !== null, told: told?.text ?? null };
  const word = wordOf(now.side, { status, reason: statusChangeReason ?? null }, standing);
  if (!word) {
    meant.isForbidden = true;
    return null;
  }
  const whole = word.kind === 'accepted' ? { ...word, ...accepted(patch, now) } : word;
  const spoken = told && JSON.stringify(word).includes(JSON.stringify(told.text)) ? told : null;
  say(meant, whole, spoken ? noteRef(spoken) : `status:${status}:${now.at}`, now.at, told?.author, true);
  return spoken;
}

/** A ticket nobody has looked at reads `acknowledged`: whoever says so then says something. */
const isMove = (status: string, { ticket, side, state }: Now): boolean =>
  status !== ticket.status || (side === 'taker' && status === 'acknowledged' && state === 'sent');

const accepted = (patch: TicketPatch, { ticket }: Now) => ({
  partnerRef: rmaOf(patch) ?? null,
  engineer: engineerOf(patch),
  etaAt: patch.expectedResolutionDate ?? ticket.expectedResolutionDate ?? null,
});

function readFiles(files: TicketFile[], now: Now, meant: Meant): void {
  for (const file of files) {
    const id = file.id ?? file.name ?? file.url ?? file.href ?? now.at;
    if (now.side === 'taker' && file.attachmentType === 'quote') readQuote(file, id, now, meant);
    else if (now.side === 'giver' && file.attachmentType === 'quote_answer')
      say(meant, answerIn(readContent(file.content)), `answer:${id}`, now.at);
    else meant.files.push({ file, externalRef: short(`file:${id}`, 300) });
  }
}

function readQuote({ content }: TicketFile, id: string, now: Now, meant: Meant): void {
  const quote = PartnerQuote.safeParse(readContent(content));
  if (quote.success) say(meant, { kind: 'quoted', quote: quote.data }, `quote:${id}`, now.at);
  else meant.faults.push(...quote.error.issues.map(({ path, message }) => `quote.${path.join('.')}: ${message}`));
}

const Answer = z.looseObject({ approved: z.boolean().catch(false), text: z.string().max(5000).nullish().catch(null) });

function answerIn(content: unknown): HandoffWord {
  const { approved, text } = Answer.safeParse(content).data ?? { approved: false, text: null };
  return { kind: 'quote_answered', approved, text: text?.trim() || null };
}

/** They describe it anew: whoever works on it is to read so. */
function readDescription({ description, status }: TicketPatch, { ticket, at }: Now, meant: Meant): void {
  if (!description || description === ticket.description || status !== undefined) return;
  say(meant, { kind: 'note', text: short(description, 5000) }, `description:${at}`, at);
}

/** What only whoever does the work says. */
function readWork(patch: TicketPatch, now: Now, meant: Meant): void {
  const etaAt = patch.expectedResolutionDate;
  const isAccepting = meant.said.some(({ word }) => word.kind === 'accepted');
  if (isAccepting) return;
  if (etaAt && etaAt !== now.ticket.expectedResolutionDate) sayDay(etaAt, patch, now, meant);
  const [partnerRef, engineer] = [rmaOf(patch) ?? null, engineerOf(patch)];
  const isNew = (partnerRef && partnerRef !== now.partnerRef) || (engineer && engineer.name !== now.engineerName);
  // Filled in later: said when they accepted, so that it does not bring back what came after.
  if (isNew && now.acceptedAt)
    say(meant, { kind: 'accepted', partnerRef, engineer }, `taken:${now.at}`, now.acceptedAt);
}

/** Why may be a note beside it, which is no word of its own then. */
function sayDay(etaAt: string, { status, statusChangeReason }: TicketPatch, { at }: Now, meant: Meant): void {
  const reason = (!status && statusChangeReason) || null;
  const told = meant.said.findIndex(({ word }) => word.kind === 'note' && word.text.length <= REASON_LENGTH);
  const note = reason || told < 0 ? undefined : meant.said.splice(told, 1)[0];
  const why = note?.word.kind === 'note' ? note.word.text : reason && short(reason, REASON_LENGTH);
  say(meant, { kind: 'eta', etaAt, reason: why }, note?.externalRef ?? `eta:${etaAt}@${at}`, at, note?.by ?? undefined);
}

const POSTED = [
  ...(['name', 'description', 'severity', 'ticketType', 'priority', 'externalId', 'requestedResolutionDate'] as const),
  ...(['relatedParty', 'relatedEntity'] as const),
];

/** What whoever gave the work changed of what is known of it. */
export const postedBy = (patch: TicketPatch): Partial<NewTicket> =>
  Object.fromEntries(
    POSTED.flatMap((name) => (patch[name] === undefined || patch[name] === '' ? [] : [[name, patch[name]]])),
  );
