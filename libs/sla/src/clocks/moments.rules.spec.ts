import { momentsOf, type ReadCase, type ReadEvent } from './moments.rules.js';

const ANA = { kind: 'agent', id: '1', name: 'Ana' } as const;
const LUCIA = { kind: 'customer', id: null, name: 'Lucía' } as const;
const NOW: ReadCase = { status: 'in_solution', waitReason: null, lacks: [], nextUpdateDueAt: null };

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
  momentsOf({ seq, lacks }, events, now).moments.map((moment) =>
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
  expect(momentsOf({ seq: '1', lacks: [] }, [event('case.merged')], lacking).lacks).toEqual(['data']);
});
