import { canMoveHandoff, HandoffState, type HandoffEntry, type HandoffWord } from '#contracts';
import {
  deedsOf,
  earlierEta,
  inOrder,
  lookEvery,
  numberOf,
  openQuote,
  quoteTotals,
  reachable,
  stuck,
  waitsOnUs,
} from './handoff.rules.js';

const said = (seq: number, word: HandoffWord, part: Partial<HandoffEntry> = {}): HandoffEntry => ({
  ...{ id: `entry-${seq}`, seq, side: 'taker', ours: false, via: 'tmf621', word, audience: 'partner', byName: 'Orbe' },
  ...{ at: `2026-11-1${seq}T10:00:00Z`, applied: true, because: null, attachments: [], deliveries: [] },
  ...part,
});
const quote = {
  currency: 'EUR',
  lines: [
    ...[{ description: 'Placa', kind: 'part' as const, quantity: 1, listCents: 30_000, priceCents: 15_000 }],
    ...[{ description: 'Mano', kind: 'labour' as const, quantity: 2, listCents: 5_000, priceCents: 2_500 }],
  ],
};
const withUs = { direction: 'out' as const, state: 'accepted' as const };
const quoted = (seq: number, part = {}) => said(seq, { kind: 'quoted', quote }, part);

describe('what is for us to do', () => {
  it.each([
    ['out', 'info_requested', true],
    ['out', 'rejected', true],
    ['out', 'resolved', true],
    ['out', 'accepted', false],
    ['in', 'sent', true],
    ['in', 'in_progress', true],
    ['in', 'info_requested', false],
    ['in', 'resolved', false],
    ['in', 'closed', false],
  ] as const)('%s, %s: %s', (direction, state, ours) => expect(waitsOnUs({ direction, state })).toBe(ours));

  it('comes first, and what has ended last', () => {
    const one = (state: HandoffState, openedAt: string) => ({ direction: 'out' as const, state, openedAt });
    const states = inOrder([
      one('closed', '2026-11-18T10:00:00Z'),
      one('accepted', '2026-11-16T10:00:00Z'),
      one('sent', '2026-11-17T10:00:00Z'),
      one('info_requested', '2026-11-15T10:00:00Z'),
    ]).map(({ state }) => state);
    expect(states).toEqual(['info_requested', 'sent', 'accepted', 'closed']);
  });
});

describe('what can be said', () => {
  it.each(HandoffState.options)('at %s moves it only where its speaker may bring it', (state) => {
    for (const [direction, by] of [
      ['out', 'giver'],
      ['in', 'taker'],
    ] as const)
      for (const deed of deedsOf({ direction, state }, true)) {
        const to = deed === 'asked' ? 'info_requested' : HandoffState.safeParse(deed).data;
        if (to) expect([state, to, canMoveHandoff(state, to, by)]).toEqual([state, to, true]);
      }
  });

  it('is nothing where it has ended', () => {
    const ended = (['closed', 'expired', 'cancelled', 'recalled'] as const).flatMap((state) =>
      (['in', 'out'] as const).flatMap((direction) => deedsOf({ direction, state }, true)),
    );
    expect(ended).toEqual([]);
  });

  it('is not to take back or to go on alone for who does not answer for it', () => {
    expect(deedsOf({ direction: 'out', state: 'sent' }, false)).toEqual(['nudged', 'cancelled']);
  });

  it('goes to those who have it, also to who said no', () => {
    const all = HandoffState.options.map((state) => ({ direction: 'out' as const, state }));
    expect(reachable(all).map(({ state }) => state)).toEqual([
      ...['sent', 'acknowledged', 'accepted', 'info_requested', 'in_progress', 'resolved', 'rejected'],
    ]);
  });
});

describe('a quote of theirs', () => {
  it('adds up by their list and by what they ask', () => {
    expect(quoteTotals(quote)).toEqual({ list: 40_000, price: 20_000 });
  });

  it('is open until it is answered; the last one counts', () => {
    const answered = said(3, { kind: 'quote_answered', approved: false }, { side: 'giver', ours: true });
    expect(openQuote({ ...withUs, entries: [quoted(2)] })?.entryId).toBe('entry-2');
    expect(openQuote({ ...withUs, entries: [answered, quoted(2)] })).toBeNull();
    expect(openQuote({ ...withUs, entries: [quoted(4), answered, quoted(2)] })?.entryId).toBe('entry-4');
    expect(
      openQuote({ ...withUs, entries: [quoted(4, { applied: false, because: 'late' }), quoted(2)] })?.entryId,
    ).toBe('entry-2');
  });
});

it('is not answered where it has ended, or where it is ours', () => {
  const entries = [quoted(2)];
  for (const state of ['closed', 'expired', 'cancelled', 'recalled'] as const)
    expect([state, openQuote({ ...withUs, state, entries })]).toEqual([state, null]);
  expect(openQuote({ ...withUs, direction: 'in', entries })).toBeNull();
  expect(openQuote({ ...withUs, state: 'resolved', entries })).not.toBeNull();
});

describe('the day they named', () => {
  const accepted = said(1, { kind: 'accepted', etaAt: '2026-11-20T12:00:00Z' });
  it('has an earlier one once it slipped', () => {
    const moved = said(2, { kind: 'eta', etaAt: '2026-11-23T12:00:00Z' });
    expect(earlierEta({ etaAt: '2026-11-20T12:00:00.000Z', entries: [accepted] })).toBeNull();
    expect(earlierEta({ etaAt: '2026-11-23T12:00:00.000Z', entries: [moved, accepted] })).toBe('2026-11-20T12:00:00Z');
    expect(earlierEta({ etaAt: null, entries: [accepted] })).toBeNull();
  });
});

it('tells what could not be delivered', () => {
  const delivery = { gateway: 'tmf621' as const, attempts: 3, dueAt: null, error: 'ECONNREFUSED', sentAt: null };
  const entry = said(1, { kind: 'note', text: 'Hola' }, { ours: true });
  entry.deliveries = [
    { id: 'a', state: 'sent', ...delivery },
    { id: 'b', state: 'dead', ...delivery },
  ];
  expect(stuck({ entries: [entry] }).map(({ id }) => id)).toEqual(['b']);
});

it('looks after what is on its way, less often once it failed', () => {
  const way = { gateway: 'email' as const, dueAt: null, error: null, sentAt: null };
  const one = (state: 'waiting' | 'sent', attempts: number) => ({
    entries: [said(1, { kind: 'note', text: 'Hola' }, { deliveries: [{ id: 'a', state, attempts, ...way }] })],
  });
  expect(lookEvery([one('sent', 1)])).toBe(false);
  expect(lookEvery([one('sent', 1), one('waiting', 0), one('waiting', 2)])).toBe(4_000);
  expect(lookEvery([one('waiting', 2)])).toBe(30_000);
});

it.each([
  ['2,5', 2.5],
  ['2.5', 2.5],
  [' 12 ', 12],
  ['2,', 2],
  ['dos', null],
  ['1,2,3', null],
  ['', null],
])('reads %j as %j', (typed, number) => expect(numberOf(typed)).toBe(number));
