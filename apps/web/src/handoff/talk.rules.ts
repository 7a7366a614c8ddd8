import type { EventType, HandoffEntry, TimelineEntry } from '#contracts';
import type { ShownEntry, TalkEntry } from '../case/timeline.rules.js';
import type { WholeHandoff } from './handoff.rules.js';

/** Where what was said with partners stands on the timeline of the case. */

/** Words that are read as they were said; the line an event would say about them is left out. */
const SPOKEN: Partial<Record<HandoffEntry['word']['kind'], EventType>> = {
  asked: 'handoff.asked',
  info: 'handoff.answered',
  quoted: 'handoff.quoted',
  rejected: 'handoff.rejected',
  resolved: 'handoff.resolved',
  note: 'handoff.noted',
  file: 'handoff.noted',
};
const SAID_ANYWAY = new Set<string>(Object.values(SPOKEN));

/** The event of a word that was spoken; whoever takes work on may say so without a word. Null: nothing was said. */
const eventOf = ({ word }: HandoffEntry): EventType | null =>
  SPOKEN[word.kind] ?? (word.kind === 'accepted' && word.text ? 'handoff.accepted' : null);

/**
 * Entries of the case with the talk among them, by when it was said.
 * @param since what was said before is on a page that is not loaded yet; null: all of it is there
 */
export function woven(
  entries: readonly TimelineEntry[],
  handoffs: readonly WholeHandoff[],
  since: string | null,
): ShownEntry[] {
  const known = new Set(handoffs.map(({ id }) => id));
  const talk = handoffs
    .flatMap((handoff) =>
      handoff.entries.flatMap((entry): TalkEntry[] => {
        const event = eventOf(entry);
        return event ? [{ type: 'talk', id: entry.id, at: entry.at, handoff, entry, event }] : [];
      }),
    )
    .filter(({ at }) => since === null || Date.parse(at) >= Date.parse(since))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.entry.seq - b.entry.seq);
  const rest = entries.filter(
    (entry) => !(entry.type === 'event' && SAID_ANYWAY.has(entry.event) && known.has(String(entry.data['handoffId']))),
  );
  const shown: ShownEntry[] = [];
  for (const entry of rest) {
    while (talk[0] && Date.parse(talk[0].at) < Date.parse(entry.at)) shown.push(...talk.splice(0, 1));
    shown.push(entry);
  }
  return [...shown, ...talk];
}
