import type { EventEntry, HandoffEntry, HandoffWord, NoteEntry } from '#contracts';
import type { WholeHandoff } from './handoff.rules.js';
import { woven } from './talk.rules.js';

const author = { kind: 'system' as const, id: null, displayName: 'Hilo' };
const note = (id: string, at: string): NoteEntry => ({ type: 'note', id, at, author, text: id, audience: 'internal' });
const event = (id: string, at: string, name: string, handoffId: string): EventEntry => ({
  ...{ type: 'event', id, at, author, event: name },
  data: { handoffId },
});
const said = (id: string, seq: number, at: string, word: HandoffWord) => ({ id, seq, at, word }) as HandoffEntry;
const handoff = (entries: HandoffEntry[]) => ({ id: 'h', entries }) as WholeHandoff;
const ids = (shown: readonly { id: string }[]) => shown.map(({ id }) => id);

const asked = said('asked', 2, '2026-11-17T10:00:00Z', { kind: 'asked', question: '¿Se puede borrar?' });
const all = [
  note('first', '2026-11-16T10:00:00Z'),
  event('asked-line', '2026-11-17T10:00:01Z', 'handoff.asked', 'h'),
  event('of-another', '2026-11-17T10:00:02Z', 'handoff.asked', 'other'),
  note('last', '2026-11-18T10:00:00Z'),
];

it('stands where it was said, and is not told twice', () => {
  expect(ids(woven(all, [handoff([asked])], null))).toEqual(['first', 'asked', 'of-another', 'last']);
});

it('is only what was said in words: what merely happened stays a line', () => {
  const bare = said('accepted', 1, '2026-11-17T09:00:00Z', { kind: 'accepted', partnerRef: 'RMA-1' });
  const worded = said('worded', 3, '2026-11-19T09:00:00Z', { kind: 'accepted', text: 'Lo miro hoy' });
  expect(ids(woven(all, [handoff([worded, bare, asked])], null))).toEqual([
    ...['first', 'asked', 'of-another', 'last', 'worded'],
  ]);
});

it('is left out where its page is not loaded yet', () => {
  const old = said('old', 1, '2026-11-01T09:00:00Z', { kind: 'note', text: 'Hola' });
  expect(ids(woven(all, [handoff([old])], '2026-11-16T10:00:00Z'))).not.toContain('old');
});
