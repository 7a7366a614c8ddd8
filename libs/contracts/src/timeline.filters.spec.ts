import { EVENTS } from './events.js';
import { TIMELINE_EVENTS } from './events.timeline.js';
import { FactKind } from './story.js';
import { EVENT_TOPICS, FACT_TOPICS, isShownBy, topicsOf } from './timeline.filters.js';
import { TimelineFilter, type EventEntry, type NoteEntry, type TimelineEntry } from './timeline.js';

const author = { kind: 'agent' as const, id: null, displayName: 'Marta' };
const event = (name: string, data: Record<string, unknown> = {}): EventEntry => ({
  ...{ type: 'event', id: name, at: '2026-11-16T10:00:00Z', author, event: name, data },
});
const note = (audience: NoteEntry['audience']): NoteEntry => ({
  ...{ type: 'note', id: audience, at: '2026-11-16T10:00:00Z', author, text: 'x', audience },
});
const said = (delivery: object | null) => ({ type: 'interaction', delivery }) as TimelineEntry;
const filtersOf = (entry: TimelineEntry) => TimelineFilter.options.filter((filter) => isShownBy(filter, entry));

it('every event that the timeline shows has its place, and every place is an event', () => {
  const placed = Object.keys(EVENT_TOPICS);
  expect(TIMELINE_EVENTS.filter((name) => !placed.includes(name))).toEqual([]);
  expect(placed.filter((name) => !(name in EVENTS))).toEqual([]);
  expect(Object.keys(FACT_TOPICS)).toEqual(FactKind.options);
});

it('every filter but the one for everything leaves something out, and none is empty', () => {
  for (const topic of ['decisions', 'money', 'custody'] as const) {
    const about = TIMELINE_EVENTS.filter((name) => topicsOf(name).includes(topic));
    expect(about.length).toBeGreaterThan(5);
    expect(about.length).toBeLessThan(TIMELINE_EVENTS.length);
  }
});

it.each([
  ['a quote the customer agreed to', event('quote.approved'), ['decisions', 'money']],
  ['a phone that changed hands', event('custody.moved'), ['custody']],
  ['what was decided, in the story', event('fact.added', { kind: 'decided' }), ['decisions']],
  ['what is owed, in the story', event('fact.corrected', { kind: 'owed' }), ['money']],
  ['what broke, in the story', event('fact.added', { kind: 'broke' }), []],
  ['a fact of a kind that is gone', event('fact.added', { kind: 'dreamt' }), []],
  ['what merely happened', event('case.assigned'), []],
  ['a name nobody knows', event('case.dreamt', { kind: 'decided' }), []],
  ['a note of the house', note('internal'), ['internal']],
  ['a note for a partner', note('partner'), ['internal']],
  ['a note for the customer', note('customer'), ['customer']],
  ['what the customer said', said(null), ['conversation', 'customer']],
  ['an answer that left', said({ state: 'sent' }), ['conversation', 'customer']],
  ['an answer that can still be taken back', said({ state: 'held' }), ['conversation']],
])('%s', (_what, entry, filters) => {
  expect(filtersOf(entry)).toEqual(['all', ...filters]);
});
