import { importReason, type ImportReason } from '#contracts';
import { toldAs, type Identifier } from '../identity/identifier.rules.js';
import { isOver, soundAlike, type StatedLine, type StatedPerson } from './import.people.rules.js';

/** A contact point somebody has now. */
export interface KnownPoint {
  id: string;
  customerId: string;
  /** Theirs since: a day. */
  since: string;
  /** Made sure of on: a day. */
  verified: string | null;
  shared: boolean;
}

export interface KnownPerson {
  displayName: string;
  provisional: boolean;
  /** Whether the same system knows them under another number. */
  hasAccount: boolean;
}

/** Who has what at present; decisions change it as they go, so that the next row sees what the one before did. */
export class Holdings {
  private readonly alone = new Map<string, KnownPoint>();
  private readonly members = new Map<string, KnownPoint[]>();

  add({ kind, value }: Pick<Identifier, 'kind' | 'value'>, point: KnownPoint): void {
    const key = `${kind}:${value}`;
    if (point.shared) this.members.set(key, [...(this.members.get(key) ?? []), point]);
    else this.alone.set(key, point);
  }

  drop({ kind, value }: Identifier): void {
    this.alone.delete(`${kind}:${value}`);
  }

  holder({ kind, value }: Identifier): KnownPoint | undefined {
    return this.alone.get(`${kind}:${value}`);
  }

  sharers({ kind, value }: Identifier): KnownPoint[] {
    return this.members.get(`${kind}:${value}`) ?? [];
  }
}

export type PointWrite =
  | { do: 'grant'; identifier: Identifier; customerId: string; shared: boolean; from: string | null }
  | { do: 'end'; identifier: Identifier; point: KnownPoint; at: string };
export interface Doubt {
  customerId: string;
  other: string;
  identifier: Identifier;
}

/** It is said to have begun before, or on the day, the holder's did, and neither has ended. */
const claimsLess = (from: string, holder: KnownPoint): boolean => from <= holder.since;
/** What they had before the line became somebody else's is not theirs any more, unless they showed it since. */
const isRecycled = (point: KnownPoint, from: string | null): boolean =>
  from !== null && point.since < from && (point.verified === null || point.verified < from);

/**
 * Of a number the system tells us of for the first time: somebody we know already who has what is said of it, and nobody
 * else has; only when their names do not speak against it.
 */
export function knownAs(
  stated: StatedPerson,
  name: string | undefined,
  holdings: Holdings,
  people: ReadonlyMap<string, KnownPerson>,
  today: string,
): { customerId: string; by: string } | null {
  const found = new Map<string, string>();
  const look = (identifier: Identifier, by: string, from: string | null = null) => {
    const point = holdings.holder(identifier);
    if (point && !isRecycled(point, from) && !found.has(point.customerId)) found.set(point.customerId, by);
  };
  look(stated.number, 'customer_number');
  if (stated.document) look(stated.document, 'document');
  for (const email of stated.emails) look(email, 'emails');
  for (const phone of stated.phones) look(phone, 'phones');
  for (const one of stated.lines.filter((line) => !isOver(line, today)))
    for (const identifier of [one.line, one.phone]) look(identifier, 'lines', one.from);
  const [[customerId, by] = ['', '']] = found;
  const person = people.get(customerId);
  if (found.size !== 1 || !person || person.hasAccount) return null;
  return person.provisional || name === undefined || soundAlike(name, person.displayName) ? { customerId, by } : null;
}

/** A line that two rows, or the row and what is known, say is open with two customers; null: none. */
export function disputed(
  stated: StatedPerson,
  customerId: string,
  holdings: Holdings,
  today: string,
): ImportReason | null {
  for (const one of stated.lines.filter((line) => !isOver(line, today))) {
    const holder = holdings.holder(one.line);
    if (holder && holder.customerId !== customerId && claimsLess(one.from ?? today, holder))
      return importReason('line_twice', 'lines', toldAs(one.line));
  }
  return null;
}

interface Decided {
  writes: PointWrite[];
  doubts: Doubt[];
  reasons: ImportReason[];
}

/** What becomes of the contact points a record names. */
export function decidePoints(stated: StatedPerson, customerId: string, holdings: Holdings, today: string): Decided {
  const hand = new Hand(customerId, holdings, today);
  hand.take(stated.number, 'customer_number');
  if (stated.document) hand.take(stated.document, 'document');
  for (const one of stated.lines) hand.takeLine(one);
  for (const email of stated.emails) hand.take(email, 'emails');
  for (const phone of stated.phones) hand.take(phone, 'phones');
  for (const imei of stated.imeis) hand.take(imei, 'devices');
  return hand.decided;
}

/** Gives one customer what is said to be theirs, as far as it can be. */
class Hand {
  readonly decided: Decided = { writes: [], doubts: [], reasons: [] };

  constructor(
    private readonly customerId: string,
    private readonly holdings: Holdings,
    private readonly today: string,
  ) {}

  take(identifier: Identifier, column: string, from: string | null = null): void {
    const { decided, holdings, customerId } = this;
    const holder = holdings.holder(identifier);
    const sharers = holdings.sharers(identifier);
    if ([holder, ...sharers].some((point) => point?.customerId === customerId)) return;
    if (sharers.length > 0) {
      this.grant(identifier, true, null);
      decided.reasons.push(importReason('shared', column, toldAs(identifier)));
    } else if (holder && !isRecycled(holder, from)) {
      decided.reasons.push(importReason('taken', column, toldAs(identifier)));
      decided.doubts.push({ customerId, other: holder.customerId, identifier });
    } else {
      if (holder) this.end(identifier, holder, from ?? this.today);
      this.grant(identifier, false, from);
    }
  }

  takeLine(one: StatedLine): void {
    if (isOver(one, this.today)) this.letGo(one);
    else {
      const holder = this.holdings.holder(one.line);
      if (holder && holder.customerId !== this.customerId) this.takeOver(one, holder);
      if (holder?.customerId !== this.customerId) this.grant(one.line, false, one.from);
      this.take(one.phone, 'lines', one.from);
    }
  }

  /** A line that has ended is theirs no longer, nor is the number, unless they showed since that it is. */
  private letGo({ line, phone, to }: StatedLine): void {
    for (const identifier of [line, phone]) {
      const own = this.holdings.holder(identifier);
      if (own?.customerId !== this.customerId || to === null) continue;
      if (own.verified === null || own.verified <= to) this.end(identifier, own, to);
    }
  }

  private takeOver({ line, phone, from }: StatedLine, holder: KnownPoint): void {
    const at = from ?? this.today;
    this.end(line, holder, at);
    const reached = this.holdings.holder(phone);
    if (reached?.customerId === holder.customerId) this.end(phone, reached, at);
    this.decided.reasons.push(importReason('moved', 'lines', toldAs(line)));
  }

  private grant(identifier: Identifier, shared: boolean, from: string | null): void {
    const { customerId } = this;
    this.decided.writes.push({ do: 'grant', identifier, customerId, shared, from });
    this.holdings.add(identifier, { id: '', customerId, since: from ?? this.today, verified: null, shared });
  }

  private end(identifier: Identifier, point: KnownPoint, at: string): void {
    if (point.id) this.decided.writes.push({ do: 'end', identifier, point, at: at < point.since ? point.since : at });
    this.holdings.drop(identifier);
  }
}
