import {
  carriedVoucher,
  isShownBy,
  topicsOf,
  type EventEntry,
  type EventType,
  type HandoffEntry,
  type InteractionEntry,
  type TimelineEntry,
  type TimelineFilter,
  type TimelinePage,
} from '#contracts';
import type { WholeHandoff } from '../handoff/handoff.rules.js';

/** How entries become what is read: order, filter, days, folds. */

/** Pages come newest page first, each oldest first in itself: one run, oldest first, nothing twice, nothing undone. */
export const entriesOf = (pages: readonly TimelinePage[]): TimelineEntry[] => {
  const seen = new Set<string>();
  return pages
    .toReversed()
    .flatMap((page) => page.items)
    .filter((entry) => {
      if (seen.has(entry.id) || (entry.type === 'interaction' && entry.delivery?.state === 'undone')) return false;
      seen.add(entry.id);
      return true;
    });
};

/** Of entries that were held before, those that have left the far end of what is held now. */
export const slidOut = (before: readonly TimelineEntry[], held: readonly TimelineEntry[]): TimelineEntry[] => {
  const ids = new Set(held.map(({ id }) => id));
  const since = held[0]?.at ?? '';
  return before.filter(({ id, at }) => at <= since && !ids.has(id));
};

/** What was said with a partner is conversation, and about what the event of it is about. */
const isTalkShownBy = (filter: TimelineFilter, { event }: TalkEntry): boolean =>
  filter === 'all' || filter === 'conversation' || topicsOf(event).some((topic) => topic === filter);

export const filtered = (entries: readonly ShownEntry[], filter: TimelineFilter): ShownEntry[] =>
  entries.filter((entry) => (entry.type === 'talk' ? isTalkShownBy(filter, entry) : isShownBy(filter, entry)));

/** Whether an entry is what was said under this id outside. */
export const saidAs =
  (externalId: string) =>
  (entry: TimelineEntry): entry is InteractionEntry =>
    entry.type === 'interaction' && entry.externalId === externalId;

/** The first of the last `unread` things the customer said; null when all has been seen. */
export const firstUnseen = (entries: readonly TimelineEntry[], unread: number): string | null => {
  if (unread <= 0) return null;
  const said = entries.filter((entry) => entry.type === 'interaction' && entry.direction === 'inbound');
  return said.at(-Math.min(unread, said.length))?.id ?? null;
};

/** The words of others that came while a filter kept them from sight. `known`: what had been shown before. */
export const keptFromSight = (
  entries: readonly TimelineEntry[],
  filter: TimelineFilter,
  known: ReadonlySet<string>,
  reader: string,
): TimelineEntry[] =>
  entries.filter(
    (entry) =>
      entry.type !== 'event' &&
      !isLocal(entry) &&
      !known.has(entry.id) &&
      entry.author.id !== reader &&
      !isShownBy(filter, entry),
  );

/**
 * The entry that came last, of those a reply can have been written against. Ids are in the order of arrival; the timeline
 * is in the order of writing, and what was written first may arrive last. While something is `hidden` nothing that came
 * after it counts, else it would pass for seen: what was last `seen` before it does. Where nothing that was said has been
 * seen it is how the case began, and all that is said came later.
 */
export const lastSeen = (
  entries: readonly TimelineEntry[],
  hidden: readonly TimelineEntry[] = [],
  seen?: string,
): string | undefined => {
  const until = hidden.map(({ id }) => id).toSorted()[0];
  const said = entries.filter((entry) => entry.type !== 'event' && !isLocal(entry)).map(({ id }) => id);
  const counted = until === undefined ? said : [...said.filter((id) => id < until), ...(seen ? [seen] : [])];
  return counted.toSorted().at(-1) ?? entries.find(({ type }) => type === 'event')?.id;
};

const LOCAL = 'local-';
/** The id of an entry that is on its way to the server. */
export const localId = (key: string): string => `${LOCAL}${key}`;
export const isLocal = ({ id }: { id: string }): boolean => id.startsWith(LOCAL);

/** What was said between us and a partner, as it stands among the rest. */
export interface TalkEntry {
  type: 'talk';
  id: string;
  at: string;
  handoff: WholeHandoff;
  entry: HandoffEntry;
  /** The event by which the case tells of it. */
  event: EventType;
}
export type ShownEntry = TimelineEntry | TalkEntry;

type Block =
  | { kind: 'talk'; key: string; talk: TalkEntry }
  | { kind: 'day'; key: string; at: string; isNew: boolean }
  | { kind: 'new'; key: string }
  | { kind: 'entry'; key: string; entry: InteractionEntry | Extract<TimelineEntry, { type: 'note' }> }
  | { kind: 'events'; key: string; events: EventEntry[] };

/** Days (`dayOf`: the calendar day of a moment), the line before what is new, entries, and runs of events (which fold when they are long). */
export const blocksOf = (
  entries: readonly ShownEntry[],
  unseenId: string | null,
  dayOf: (at: string) => string,
): Block[] => {
  const blocks: Block[] = [];
  let day = '';
  for (const entry of entries) {
    const isNew = entry.id === unseenId;
    const opensDay = dayOf(entry.at) !== day;
    if (opensDay) {
      day = dayOf(entry.at);
      blocks.push({ kind: 'day', key: `day-${day}`, at: entry.at, isNew });
    } else if (isNew) blocks.push({ kind: 'new', key: 'new' });
    const last = blocks.at(-1);
    if (entry.type === 'talk') blocks.push({ kind: 'talk', key: entry.id, talk: entry });
    else if (entry.type !== 'event') blocks.push({ kind: 'entry', key: entry.id, entry });
    else if (last?.kind === 'events') last.events.push(entry);
    else blocks.push({ kind: 'events', key: entry.id, events: [entry] });
  }
  return blocks;
};

/** More than three in a row fold to the last one and how many came before it. */
export const FOLD_FROM = 4;

/** Whether a message of ours did not get there: it never left, or it left and was sent back. */
export const cameBack = ({ delivery }: InteractionEntry): boolean =>
  delivery?.state === 'failed' || delivery?.report?.action === 'failed';

/** Whether its original is there for somebody; one with the code of a voucher only for who may give any. */
export const hasOriginalFor = (entry: InteractionEntry, mayGiveAny: boolean): boolean =>
  entry.hasOriginal && (mayGiveAny || !carriedVoucher(entry));

/** Whether a reply waits for its turn at the customer's provider and nobody has tried to send it yet. */
export const canBeTakenBack = ({ delivery }: InteractionEntry): boolean =>
  delivery?.state === 'pending' && delivery.reason === 'rate.domain' && delivery.attempts === 0;
