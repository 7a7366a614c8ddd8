import { momentsOf, type Known, type ReadCase, type ReadEvent } from './moments.rules.js';

const ANA = { kind: 'agent', id: '1', name: 'Ana' } as const;
const LUCIA = { kind: 'customer', id: null, name: 'Lucía' } as const;
const NOW: ReadCase = {
  status: 'in_solution',
  waitReason: null,
  lacks: [],
  promises: [],
  awaits: null,
  handoffs: null,
};
const NOTHING: Known = { seq: '1', lacks: [], waitingFor: null, isOver: false, promises: [], handoffs: [] };

const event = (type: string, more: Partial<ReadEvent> = {}): ReadEvent => ({
  seq: '7',
  type,
  data: {},
  at: 1000,
  actor: ANA,
  interaction: null,
  ...more,
});
const said = (more: Partial<NonNullable<ReadEvent['interaction']>> = {}): ReadEvent['interaction'] => ({
  author: LUCIA,
  direction: 'inbound',
  automatic: false,
  reached: true,
  bare: false,
  ...more,
});
const kinds = (events: ReadEvent[], { seq = '1', lacks = [] as string[], now = NOW } = {}) =>
  momentsOf({ ...NOTHING, seq, lacks }, events, now).moments.map((moment) =>
    moment.kind === 'answered' ? (moment.useful ? 'answered' : 'sent away') : moment.kind,
  );

it.each([
  ['a message of the customer', event('interaction.received', { interaction: said() }), ['customer_wrote']],
  ['what nobody typed', event('interaction.received', { interaction: said({ automatic: true }) }), []],
  [
    'a visit one of us wrote down',
    event('interaction.received', { interaction: said({ author: ANA }) }),
    ['customer_wrote', 'answered'],
  ],
  [
    'a call of ours',
    event('interaction.received', { interaction: said({ author: ANA, direction: 'outbound' }) }),
    ['answered'],
  ],
  [
    'a call of ours nobody took',
    event('interaction.received', { interaction: said({ author: ANA, direction: 'outbound', reached: false }) }),
    [],
  ],
  [
    'a call of theirs nobody took',
    event('interaction.received', { interaction: said({ author: ANA, reached: false }) }),
    ['customer_wrote'],
  ],
  [
    'an answer that has left',
    event('interaction.sent', { interaction: said({ author: ANA, direction: 'outbound' }) }),
    ['answered'],
  ],
  [
    'a bare redirect',
    event('interaction.sent', { interaction: said({ author: ANA, direction: 'outbound', bare: true }) }),
    ['sent away'],
  ],
  [
    'a mail of the house itself',
    event('interaction.sent', {
      interaction: said({ author: { kind: 'system', id: null, name: 'Hilo' }, direction: 'outbound' }),
    }),
    [],
  ],
  ['work we gave away', event('handoff.sent', { data: { direction: 'out', state: 'sent' } }), ['handed']],
  ['work we were given', event('handoff.sent', { data: { direction: 'in', state: 'sent' } }), []],
  ['what is only drafted', event('handoff.drafted', { data: { direction: 'out', state: 'draft' } }), []],
  ['an answer that waits to be sent', event('interaction.queued', { interaction: said({ author: ANA }) }), []],
])('%s', (_, one, expected) => {
  expect(kinds([one])).toEqual(expected);
});

it('a case begins with whatever is said of it first, also when nobody opened it by a message', () => {
  expect(kinds([event('case.split_in')], { seq: '0' })).toEqual(['opened']);
  expect(kinds([event('case.opened')], { seq: '0' })).toEqual(['opened']);
  expect(kinds([event('case.split_in')])).toEqual([]);
});

it('what is lacking is told when it begins and when nothing is any more, and after a merge as it stands', () => {
  const moved = (kind: string, to: string) => event('impact.moved', { data: { kind, to } });
  const lacking = { ...NOW, lacks: ['data' as const] };
  expect(
    kinds([event('impact.reported', { data: { kinds: ['calls', 'data'] } }), moved('calls', 'relieved')], {
      now: lacking,
    }),
  ).toEqual(['lacks']);
  expect(kinds([moved('data', 'restored')], { lacks: ['data'] })).toEqual(['lacks']);
  expect(kinds([event('case.merged')], { now: lacking })).toEqual(['lacks']);
  expect(momentsOf(NOTHING, [event('case.merged')], lacking).known.lacks).toEqual(['data']);
});

it('promises are read from what was said of them, however late anybody looks', () => {
  const [made, next] = ['2026-11-02T10:00:00.000Z', '2026-11-02T12:00:00.000Z'];
  const promise = (type: string, data: object) => event(type, { data: { promiseId: 'p', kind: 'update', ...data } });
  const told = (events: ReadEvent[], promises: Known['promises'] = []) =>
    momentsOf({ ...NOTHING, promises }, events, NOW).moments.map((moment) =>
      moment.kind === 'update_due' ? [moment.dueAt, moment.kept] : moment.kind,
    );
  expect(
    told([
      promise('promise.made', { dueAt: made }),
      promise('promise.moved', { from: made, to: next }),
      promise('promise.decided', { state: 'kept' }),
    ]),
  ).toEqual([
    [Date.parse(made), false],
    [Date.parse(next), false],
    [null, true],
  ]);
  // What is promised otherwise has no clock, and one that is further off is not the nearest.
  expect(told([promise('promise.made', { kind: 'other', dueAt: made })])).toEqual([]);
  const near = { id: 'near', dueAt: Date.parse(made) };
  expect(momentsOf(NOTHING, [promise('promise.made', { dueAt: next })], { ...NOW, promises: [near] }).moments).toEqual([
    expect.objectContaining({ dueAt: Date.parse(next) }),
    expect.objectContaining({ dueAt: near.dueAt, kept: false }),
  ]);
});

it('what a merge, a split or a move brings along is seen from how the case stands', () => {
  const seen = (known: Partial<Known>, now: Partial<ReadCase>) =>
    momentsOf({ ...NOTHING, ...known }, [event('case.merged')], { ...NOW, ...now }).moments.map((moment) =>
      moment.kind === 'status' ? [moment.status, moment.waitingFor] : moment.kind,
    );
  expect(seen({}, {})).toEqual([]);
  expect(seen({}, { awaits: true })).toEqual(['customer_wrote']);
  expect(seen({}, { awaits: false })).toEqual(['unasked']);
  expect(seen({}, { status: 'merged', awaits: true })).toEqual([['dropped', null]]);
  expect(seen({ isOver: true }, { status: 'in_solution' })).toEqual([['open', null]]);
  expect(seen({ waitingFor: 'parts' }, { status: 'waiting', waitReason: 'parts' })).toEqual([]);
  expect(seen({ waitingFor: 'parts' }, { status: 'waiting', waitReason: 'courier' })).toEqual([['open', 'courier']]);
});
