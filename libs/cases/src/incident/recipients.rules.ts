import {
  inLanguages,
  renderUpdate,
  spokenName,
  TEXT_LIMITS,
  type Hours,
  type Language,
  type PreferredChannel,
  type PreferredDay,
  type ReplyChannel,
  type UpdateLanguage,
  type UpdateSkip,
} from '#contracts';

/** A way to write to somebody. */
export interface Way {
  channel: ReplyChannel;
  /** Null: nobody has written by it yet, it is made with the first reply. */
  threadId: string | null;
  address: string;
  /** `closed`: X took no more of ours, and they have not written since · `silent`: they never wrote to us there. */
  state: 'open' | 'closed' | 'silent';
  /** Milliseconds since the epoch; null: never. */
  lastInboundAt: number | null;
}

/** What is known of one whose case is part of an incident. */
export interface Candidate {
  caseId: string;
  reference: string;
  isOpen: boolean;
  customer: { displayName: string; language: Language; languageKnown: boolean };
  preferred: PreferredChannel | null;
  hours: Hours | null;
  ways: Way[];
}

export interface Recipient {
  channel: ReplyChannel;
  threadId: string | null;
  address: string;
  language: UpdateLanguage;
  text: string;
}

export type Choice = { to: Recipient; skip: null } | { to: null; skip: UpdateSkip };

/** What the clock on the wall shows. */
export interface WallTime {
  day: PreferredDay;
  /** `HH:mm` */
  time: string;
}

export function wallTime(now: Date, timeZone: string): WallTime {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' });
  const part = Object.fromEntries(parts.formatToParts(now).map(({ type, value }) => [type, value]));
  return { day: part['weekday']?.toLowerCase() as PreferredDay, time: `${part['hour']}:${part['minute']}` };
}

const isWithin = ({ days, from, to }: Hours, { day, time }: WallTime): boolean =>
  days.includes(day) && time >= from && time < to;

/**
 * Whether and how somebody gets a mass update: by the channel they prefer, where that is one of the written ones and open to us, else
 * by the one they wrote by last. Who wants to talk to somebody, or not at this hour, is left to a person.
 */
export function chooseRecipient(one: Candidate, text: Record<Language, string>, now: WallTime): Choice {
  const skip = (reason: UpdateSkip): Choice => ({ to: null, skip: reason });
  if (!one.isOpen) return skip('case_over');
  if (one.preferred === 'phone' || one.preferred === 'store') return skip('prefers_person');
  const open = one.ways.filter(({ state }) => state === 'open').toSorted(byLastWord);
  const way = open.find(({ channel }) => channel === one.preferred) ?? open[0];
  if (!way) return skip(whyNot(one.ways));
  if (one.hours && !isWithin(one.hours, now)) return skip('quiet_hours');
  const { customer, reference } = one;
  const written = renderUpdate(inLanguages(text, customer), { name: spokenName(customer.displayName), reference });
  if (written.length > TEXT_LIMITS[way.channel]) return skip('too_long');
  const { channel, threadId, address } = way;
  const language = customer.languageKnown ? customer.language : 'both';
  return { to: { channel, threadId, address, language, text: written }, skip: null };
}

/** Newest first; by which nobody ever wrote last. */
const byLastWord = (one: Way, other: Way): number => (other.lastInboundAt ?? 0) - (one.lastInboundAt ?? 0);

function whyNot(ways: readonly Way[]): UpdateSkip {
  if (ways.some(({ state }) => state === 'closed')) return 'recipient_closed';
  return ways.length > 0 ? 'never_wrote' : 'unreachable';
}

/** What makes two recipients one. */
export const placeOf = ({ channel, address }: Recipient): string => `${channel}:${address}`;

/** Everybody's choice, in their order; who is written to at an address of somebody before them is left out. */
export function chooseRecipients(
  candidates: readonly Candidate[],
  text: Record<Language, string>,
  now: WallTime,
): Choice[] {
  const taken = new Set<string>();
  return candidates.map((one) => {
    const choice = chooseRecipient(one, text, now);
    if (!choice.to) return choice;
    if (taken.has(placeOf(choice.to))) return { to: null, skip: 'duplicate' };
    taken.add(placeOf(choice.to));
    return choice;
  });
}
