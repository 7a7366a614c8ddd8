import fc from 'fast-check';
import type { HandoffState, HandoffWord } from '#contracts';
import { fold, isWordOf, type Said, type Standing } from './fold.rules.js';

const SENT: Standing = {
  state: 'sent',
  heard: {},
  etaAt: null,
  isAcknowledged: false,
  isAccepted: false,
  isResolved: false,
  partnerRef: null,
  engineer: null,
  outcome: null,
  question: null,
};

const taker = (at: number, word: HandoffWord, ref = `m${at}`): Said => ({ side: 'taker', word, stamp: { at, ref } });
const giver = (word: HandoffWord): Said => ({ side: 'giver', word, stamp: { at: 0, ref: 'ours' } });
const all = (standing: Standing, ...said: Said[]) => said.reduce((now, each) => fold(now, each).standing, standing);
const happened = (standing: Standing, said: Said) => {
  const folded = fold(standing, said);
  return folded.applied ? folded.happened : folded.because;
};

const accepted: HandoffWord = { kind: 'accepted', partnerRef: 'RMA-7', engineer: { name: 'Ana' } };

describe('one word after the other', () => {
  it.each<[string, Said[], HandoffState]>([
    ['they say that they have it', [taker(1, { kind: 'acknowledged' })], 'acknowledged'],
    ['a note alone says so, too', [taker(1, { kind: 'note', text: 'Lo vemos.' })], 'acknowledged'],
    ['accepted', [taker(1, accepted)], 'accepted'],
    ['asked', [taker(1, { kind: 'asked', question: '¿IMEI?' })], 'info_requested'],
    [
      'asked before accepting, answered',
      [taker(1, { kind: 'asked', question: '?' }), giver({ kind: 'info', text: '!' })],
      'acknowledged',
    ],
    [
      'asked after accepting, answered',
      [taker(1, accepted), taker(2, { kind: 'asked', question: '?' }), giver({ kind: 'info', text: '!' })],
      'accepted',
    ],
    [
      'resolved and closed',
      [taker(1, { kind: 'resolved', outcome: 'repaired', text: 'Placa.' }), giver({ kind: 'closed' })],
      'closed',
    ],
    [
      'does not hold',
      [
        taker(1, { kind: 'resolved', outcome: 'repaired', text: 'Placa.' }),
        giver({ kind: 'reopened', reason: 'Otra vez.' }),
      ],
      'in_progress',
    ],
    [
      'rejected, then they change their mind',
      [taker(1, { kind: 'rejected', reason: 'No.' }), taker(2, accepted)],
      'accepted',
    ],
    ['taken back', [giver({ kind: 'recalled', reason: 'No quiere.' })], 'recalled'],
    [
      'taken back, whatever they say then',
      [giver({ kind: 'cancelled', reason: 'x' }), taker(9, accepted)],
      'cancelled',
    ],
    ['closing is for work that is done', [taker(1, accepted), giver({ kind: 'closed' })], 'accepted'],
  ])('%s', (_, said, state) => {
    expect(all(SENT, ...said).state).toBe(state);
  });

  it('tells what happened, and once', () => {
    expect(happened(SENT, taker(1, accepted))).toEqual(['acknowledged', 'accepted']);
    const standing = all(SENT, taker(1, accepted));
    expect(standing).toMatchObject({ partnerRef: 'RMA-7', engineer: { name: 'Ana' }, isAccepted: true });
    expect(happened(standing, taker(2, { kind: 'in_progress' }))).toEqual(['progressed']);
    expect(happened(standing, taker(2, { kind: 'acknowledged' }))).toEqual([]);
    expect(happened(SENT, taker(1, { kind: 'in_progress' }))).toEqual(['acknowledged', 'accepted', 'progressed']);
  });

  it('a day counts when it was said last', () => {
    const [first, later] = ['2026-12-04T10:00:00.000Z', '2026-12-07T10:00:00.000Z'];
    const standing = all(SENT, taker(1, { ...accepted, etaAt: first }), taker(3, { kind: 'eta', etaAt: later }));
    expect(standing.etaAt).toBe(later);
    expect(happened(standing, taker(2, { kind: 'eta', etaAt: first }))).toBe('overtaken');
    expect(happened(standing, taker(4, { kind: 'eta', etaAt: later }))).toEqual([]);
  });

  it('what came too late to move it still holds for good', () => {
    const standing = all(SENT, taker(5, { kind: 'resolved', outcome: 'repaired', text: 'Placa.' }), taker(2, accepted));
    expect(standing).toMatchObject({ state: 'resolved', outcome: 'repaired', partnerRef: 'RMA-7' });
  });

  it('that they do it is told also when it is heard after what came of it', () => {
    const asked = all(SENT, taker(5, { kind: 'asked', question: '?' }));
    expect(happened(asked, taker(2, accepted))).toEqual(['accepted']);
    expect(all(asked, taker(2, accepted)).state).toBe('info_requested');
  });

  it('what is over is forgotten at once when the giver says so', () => {
    const closed = all(SENT, taker(1, { kind: 'resolved', outcome: 'repaired', text: 'x' }), giver({ kind: 'closed' }));
    expect(all(closed, giver({ kind: 'recalled', reason: 'x' })).state).toBe('recalled');
    expect(all(closed, taker(9, accepted)).state).toBe('closed');
  });

  it('each side says its own', () => {
    expect(isWordOf({ kind: 'closed' }, 'taker')).toBe(false);
    expect(isWordOf(accepted, 'giver')).toBe(false);
    expect(isWordOf({ kind: 'note', text: 'x' }, 'taker') && isWordOf({ kind: 'note', text: 'x' }, 'giver')).toBe(true);
  });
});

/** What a taker may say, as often and in whatever order. */
const anyWord: fc.Arbitrary<HandoffWord> = fc.oneof(
  fc.constant<HandoffWord>({ kind: 'acknowledged' }),
  fc
    .record({
      partnerRef: fc.option(fc.constantFrom('R1', 'R2', 'R3')),
      day: fc.option(fc.integer({ min: 1, max: 28 })),
    })
    .map<HandoffWord>(({ partnerRef, day }) => ({
      kind: 'accepted',
      partnerRef,
      etaAt: day === null ? null : iso(day),
    })),
  fc.constant<HandoffWord>({ kind: 'rejected', reason: 'no' }),
  fc.constantFrom('a', 'b').map<HandoffWord>((question) => ({ kind: 'asked', question })),
  fc.constant<HandoffWord>({ kind: 'in_progress' }),
  fc.integer({ min: 1, max: 28 }).map<HandoffWord>((day) => ({ kind: 'eta', etaAt: iso(day) })),
  fc.constant<HandoffWord>({ kind: 'note', text: 'n' }),
  fc
    .constantFrom('repaired' as const, 'no_fault' as const)
    .map<HandoffWord>((outcome) => ({ kind: 'resolved', outcome, text: 't' })),
);
const iso = (day: number) => `2026-12-${String(day).padStart(2, '0')}T10:00:00.000Z`;

/** What is known in the end when every word is looked at, by nothing but when each was said. */
function oracle(said: Said[]) {
  const last = (wants: (word: HandoffWord) => unknown) =>
    said
      .filter(({ word }) => wants(word))
      .toSorted((a, b) => a.stamp.at - b.stamp.at || (a.stamp.ref < b.stamp.ref ? -1 : 1))
      .at(-1)?.word;
  const states: Partial<Record<HandoffWord['kind'], HandoffState>> = {
    ...{
      accepted: 'accepted',
      rejected: 'rejected',
      asked: 'info_requested',
      in_progress: 'in_progress',
      resolved: 'resolved',
    },
  };
  const moved = last(({ kind }) => kind in states);
  const ref = last((word) => word.kind === 'accepted' && word.partnerRef);
  const day = last((word) => (word.kind === 'accepted' || word.kind === 'eta') && word.etaAt);
  return {
    state: said.length === 0 ? 'sent' : moved ? states[moved.kind] : 'acknowledged',
    isAccepted: said.some(({ word }) => ['accepted', 'in_progress', 'resolved'].includes(word.kind)),
    partnerRef: ref?.kind === 'accepted' ? (ref.partnerRef ?? null) : null,
    etaAt: day && 'etaAt' in day ? (day.etaAt ?? null) : null,
    question: moved?.kind === 'asked' ? moved.question : null,
    outcome: moved?.kind === 'resolved' ? moved.outcome : null,
  };
}

it('the same words end in the same standing, in whatever order they come', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), anyWord), { maxLength: 9 }),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (words, chance) => {
        const said = words.map(([at, word], place) => taker(at, word, `ref-${place}`));
        const shuffled = said
          .map((each) => ({ each, by: chance.next().value }))
          .toSorted((a, b) => a.by - b.by)
          .map(({ each }) => each);
        const known = all(SENT, ...shuffled);
        expect(known).toMatchObject(oracle(said));
        expect(known).toEqual(all(SENT, ...said));
      },
    ),
    { numRuns: 3000 },
  );
});
