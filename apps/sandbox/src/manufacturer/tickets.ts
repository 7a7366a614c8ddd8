import { randomUUID } from 'node:crypto';
import { type Clock, isoTime } from '../clock.js';
import { tmfProblems } from './problem.js';
import type { NewTicket, Status, Ticket, TicketPatch } from './ticket.shape.js';

export const EVENTS = [
  'Create',
  'AttributeValueChange',
  'StatusChange',
  'Delete',
  'Resolved',
  'InformationRequired',
] as const;
export type TicketEvent = (typeof EVENTS)[number];

/** What happened to a ticket, as it stood right afterwards. */
export interface Happening {
  event: TicketEvent;
  ticket: Ticket;
}

/** Numbers count from this second on: November 2023. */
const FIRST_SECOND = 1_700_000_000;

/** Where a ticket may go; undefined is a new one. */
const NEXT: Record<Status | 'new', readonly Status[]> = {
  new: ['acknowledged', 'rejected', 'inProgress', 'pending', 'held', 'cancelled', 'resolved'],
  acknowledged: ['inProgress', 'cancelled', 'pending', 'held', 'rejected', 'resolved'],
  inProgress: ['pending', 'held', 'resolved', 'cancelled', 'rejected'],
  pending: ['inProgress', 'acknowledged', 'held', 'cancelled', 'rejected', 'resolved'],
  held: ['inProgress', 'pending', 'cancelled', 'rejected', 'resolved'],
  resolved: ['closed', 'inProgress', 'cancelled'],
  rejected: [],
  cancelled: [],
  closed: [],
};

interface Kept {
  ticket: Ticket;
  /** Whose it is: the client that reported it. */
  client: string;
  /** What the manufacturer put into its lists. */
  own: Set<object>;
}

/** A ticket as it is kept from one start to the next. */
export interface KeptTicket {
  ticket: Ticket;
  client: string;
  own: number[][];
}

const LISTS = ['attachment', 'relatedEntity', 'relatedParty'] as const;

/** The manufacturer's tickets, numbered as its own system numbers them. Notes and files are only ever added to. */
export class Tickets {
  private readonly kept = new Map<string, Kept>();
  private last: number;

  constructor(
    private readonly now: Clock,
    private readonly tell: (happening: Happening, client: string) => void,
  ) {
    // Whoever remembers a ticket of an earlier start never finds somebody else's under its number.
    this.last = Math.floor(now() / 1000) - FIRST_SECOND;
  }

  /** Oldest first; of one client, or of all. */
  all(client?: string): Ticket[] {
    return [...this.kept.values()]
      .filter((one) => client === undefined || one.client === client)
      .map((one) => one.ticket);
  }

  /** @throws TmfProblem 404, also for the ticket of another client */
  find(id: string, client?: string): Ticket {
    return this.keptAs(id, client).ticket;
  }

  /** All of it, to be kept: of each list the places of what is the manufacturer's own. */
  snapshot(): KeptTicket[] {
    return [...this.kept.values()].map(({ ticket, client, own }) => ({
      ...{ ticket, client },
      own: LISTS.map((name) => (ticket[name] ?? []).flatMap((item, place) => (own.has(item) ? [place] : []))),
    }));
  }

  restore(kept: readonly KeptTicket[]): void {
    for (const { ticket, client, own } of kept) {
      const items = LISTS.flatMap((name, list) =>
        (ticket[name] ?? []).filter((_, place) => own[list]?.includes(place)),
      );
      this.kept.set(ticket.id, { ticket, client, own: new Set(items) });
      this.last = Math.max(this.last, Number(ticket.id.slice('SR-'.length)));
    }
  }

  create(client: string, stated: NewTicket): Ticket {
    this.last += 1;
    const at = isoTime(this.now());
    const ticket: Ticket = {
      ...stated,
      id: `SR-${this.last}`,
      creationDate: at,
      lastUpdate: at,
      statusChange: [],
      note: this.dated(stated.note ?? []),
      attachment: withIds(stated.attachment ?? []),
    };
    this.kept.set(ticket.id, { ticket, client, own: new Set() });
    this.happened('Create', ticket, client);
    return ticket;
  }

  /**
   * A change by either side; `asks`: the other one has to answer. What is ours is added to what is there. A client's list takes the place
   * of what the client had said before, and of nothing of ours; its notes stay.
   * @throws TmfProblem 404, 409
   */
  change(id: string, patch: TicketPatch, how: { asks?: boolean; isOurs?: boolean } = {}): Ticket {
    const kept = this.keptAs(id);
    const { ticket, client } = kept;
    const { status, statusChangeReason: reason, note, attachment, relatedEntity, relatedParty, ...rest } = patch;
    const moved = status !== undefined && status !== ticket.status ? status : undefined;
    if (moved && !NEXT[ticket.status ?? 'new'].includes(moved)) throw tmfProblems.notFrom(ticket.status, moved);
    const at = isoTime(this.now());
    Object.assign(ticket, rest, { lastUpdate: at });
    ticket.note.push(...this.dated(unknownOf(ticket.note, note)));
    const joined = { attachment: attachment && withIds(attachment), relatedEntity, relatedParty };
    for (const name of LISTS) join(kept, name, joined[name] ?? null, how.isOurs === true);
    if (moved) move(ticket, moved, at, reason);
    else if (reason !== undefined) ticket.statusChangeReason = reason;
    this.happened(moved ? 'StatusChange' : 'AttributeValueChange', ticket, client);
    if (moved === 'resolved') this.happened('Resolved', ticket, client);
    if (how.asks) this.happened('InformationRequired', ticket, client);
    return ticket;
  }

  /** It is gone from the lists. @throws TmfProblem 404 */
  remove(id: string): void {
    const { ticket, client } = this.keptAs(id);
    this.kept.delete(id);
    this.happened('Delete', ticket, client);
  }

  private keptAs(id: string, client?: string): Kept {
    const found = this.kept.get(id);
    if (!found || (client !== undefined && found.client !== client)) throw tmfProblems.noTicket(id);
    return found;
  }

  private happened(event: TicketEvent, ticket: Ticket, client: string): void {
    this.tell({ event, ticket: structuredClone(ticket) }, client);
  }

  private dated<T extends { id?: string | undefined; date?: string | undefined }>(notes: T[]): (T & { id: string })[] {
    return withIds(notes).map((note) => ({ ...note, date: note.date ?? isoTime(this.now()) }));
  }
}

const withIds = <T extends { id?: string | undefined }>(items: T[]): (T & { id: string })[] =>
  items.map((item) => ({ ...item, id: item.id ?? randomUUID() }));

const unknownOf = <T extends { id?: string | undefined }>(there: { id: string }[], items: T[] = []): T[] =>
  items.filter((item) => !there.some(({ id }) => id === item.id));

function move(ticket: Ticket, status: Status, at: string, reason: string | undefined): void {
  delete ticket.statusChangeReason;
  const why = reason === undefined ? {} : { statusChangeReason: reason };
  Object.assign(ticket, { status, statusChangeDate: at, ...why });
  ticket.statusChange.push({ status, changeDate: at, ...(reason === undefined ? {} : { changeReason: reason }) });
  if (status === 'resolved') ticket.resolutionDate ??= at;
  if (status === 'inProgress') delete ticket.resolutionDate;
}

/** Of these there is one at a time. */
const ALONE: ReadonlySet<unknown> = new Set(['rma', 'engineer']);

function join(
  { ticket, own }: Kept,
  name: (typeof LISTS)[number],
  stated: { id: string; role?: unknown }[] | null,
  isOurs: boolean,
): void {
  if (stated === null) return;
  const there: { id: string; role?: unknown }[] = ticket[name] ?? [];
  if (!isOurs) {
    const ours = there.filter((item) => own.has(item));
    ticket[name] = [...stated.filter(({ id }) => !ours.some((one) => one.id === id)), ...ours];
    return;
  }
  const replaced = (item: { role?: unknown }): boolean =>
    ALONE.has(item.role) && own.has(item) && stated.some(({ role }) => role === item.role);
  for (const item of stated) own.add(item);
  ticket[name] = [...there.filter((item) => !replaced(item)), ...stated];
}
