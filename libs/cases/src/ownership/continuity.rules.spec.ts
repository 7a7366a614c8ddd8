import { route, type Candidate, type RouteQuestion } from './continuity.rules.js';

const person = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  name: `Persona ${id}`,
  storeId: null,
  general: true,
  onShift: true,
  away: false,
  load: 5,
  capacity: 10,
  member: false,
  skills: [],
  languages: [],
  handled: null,
  ...more,
});
const ANYBODY = { hasMembers: false, skills: [] };
const MEMBERS = { queue: { hasMembers: true, skills: [] } };
const FIBRE = { queue: { hasMembers: false, skills: ['fibra'] } };
const spoke = (at: string): Partial<Candidate> => ({ handled: { at, channel: 'twitter' } });
const ask = (candidates: Candidate[], more: Partial<RouteQuestion> = {}) =>
  route({ candidates, assigneeId: null, store: null, queue: ANYBODY, language: 'es', ...more });
const GOYA = { id: 'goya', name: 'Nexo Goya' };

it.each<[string, Candidate[], Partial<RouteQuestion>, string | null, string]>([
  ['nobody is there', [], {}, null, 'nobody'],
  [
    'who spoke with them last',
    [person('a', spoke('2026-03-01T10:00:00.000Z')), person('b', spoke('2026-03-02T10:00:00.000Z'))],
    {},
    'b',
    'last_handler',
  ],
  [
    'however much less others have to do',
    [person('a', { load: 0 }), person('b', { load: 9, ...spoke('2026-03-02T10:00:00.000Z') })],
    {},
    'b',
    'last_handler',
  ],
  [
    'not whose shift is over',
    [
      person('a', { onShift: false, ...spoke('2026-03-02T10:00:00.000Z') }),
      person('b', spoke('2026-03-01T10:00:00.000Z')),
    ],
    {},
    'b',
    'last_handler',
  ],
  [
    'not who is away',
    [person('a', { away: true, ...spoke('2026-03-02T10:00:00.000Z') }), person('b')],
    {},
    'b',
    'least_load',
  ],
  [
    'not who has no room',
    [person('a', { load: 10, ...spoke('2026-03-02T10:00:00.000Z') }), person('b')],
    {},
    'b',
    'least_load',
  ],
  [
    'the store they have been to',
    [person('a', { load: 0 }), person('b', { storeId: 'goya', general: false })],
    { store: GOYA },
    'b',
    'same_store',
  ],
  [
    'of that store whoever has least',
    [person('a', { storeId: 'goya', load: 4 }), person('b', { storeId: 'goya', load: 3 })],
    { store: GOYA },
    'b',
    'same_store',
  ],
  [
    'not another store',
    [person('a', { storeId: 'colon', general: false }), person('b')],
    { store: GOYA },
    'b',
    'least_load',
  ],
  [
    'counter staff take none they do not know',
    [person('a', { storeId: 'goya', general: false, load: 0 })],
    {},
    null,
    'nobody',
  ],
  ['least load', [person('a', { load: 7 }), person('b', { load: 2 }), person('c', { load: 3 })], {}, 'b', 'least_load'],
  ['ties by id', [person('b', { load: 2 }), person('a', { load: 2 })], {}, 'a', 'least_load'],
  [
    'who has it keeps it',
    [person('a', { load: 10 }), person('b', spoke('2026-03-02T10:00:00.000Z'))],
    { assigneeId: 'a' },
    'a',
    'kept',
  ],
  [
    'members of its queue only, whoever knows the customer',
    [person('a', spoke('2026-03-01T10:00:00.000Z')), person('b', { member: true })],
    MEMBERS,
    'b',
    'least_load',
  ],
  [
    'counter staff who are members take what nobody knows',
    [person('a', { storeId: 'goya', general: true, member: true })],
    MEMBERS,
    'a',
    'least_load',
  ],
  [
    'who has what its queue asks for',
    [person('a', { load: 0, skills: ['roaming'] }), person('b', { skills: ['fibra', 'roaming'] })],
    FIBRE,
    'b',
    'least_load',
  ],
  [
    'who speaks their language, or any',
    [
      person('a', { load: 0, languages: ['es'] }),
      person('b', { load: 2 }),
      person('c', { load: 1, languages: ['en'] }),
    ],
    { language: 'en' },
    'c',
    'least_load',
  ],
  ['who has it keeps it, member or not', [person('a')], { ...MEMBERS, assigneeId: 'a' }, 'a', 'kept'],
  ['unless they are away', [person('a', { away: true }), person('b')], { assigneeId: 'a' }, 'b', 'least_load'],
])('%s', (_, candidates, more, agentId, code) => {
  expect(ask(candidates, more)).toMatchObject({ agentId, code });
});

it('says why in values', () => {
  expect(ask([person('a', spoke('2026-03-01T10:00:00.000Z'))]).values).toEqual({
    at: '2026-03-01T10:00:00.000Z',
    channel: 'twitter',
  });
  expect(ask([person('a', { storeId: 'goya' })], { store: GOYA }).values).toEqual({ storeName: 'Nexo Goya' });
  expect(ask([person('a', { load: 3 })]).values).toEqual({ load: 3 });
});

it.each<[string, Candidate[], Partial<RouteQuestion>]>([
  ['shift', [], {}],
  ['shift', [person('a', { onShift: false }), person('b', { away: true, member: true })], MEMBERS],
  ['member', [person('a'), person('b', { member: true, away: true })], MEMBERS],
  ['skill', [person('a', { skills: ['roaming'] })], FIBRE],
  ['language', [person('a', { languages: ['es'] })], { language: 'en' }],
  ['room', [person('a', { load: 10, languages: ['en'] }), person('b', { languages: ['es'] })], { language: 'en' }],
])('says that there is no %s', (missing, candidates, more) => {
  expect(ask(candidates, more)).toEqual({ agentId: null, code: 'nobody', values: { missing } });
});

/** A small generator with a seed: the same cases each time. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

function anyQuestion(roll: (sides: number) => number): RouteQuestion {
  const candidates = Array.from({ length: roll(7) }, (_, index) =>
    person(`p${index}`, {
      storeId: [null, 'goya', 'colon'][roll(3)] ?? null,
      general: roll(2) === 0,
      onShift: roll(3) > 0,
      away: roll(4) === 0,
      load: roll(6),
      capacity: roll(6),
      member: roll(2) === 0,
      skills: ['fibra', 'roaming'].filter(() => roll(2) === 0),
      languages: (['es', 'en'] as const).filter(() => roll(3) === 0),
      handled: roll(3) === 0 ? { at: `2026-03-0${1 + roll(8)}T10:00:00.000Z`, channel: 'email' } : null,
    }),
  );
  return {
    candidates,
    assigneeId: roll(3) === 0 ? `p${roll(7)}` : null,
    store: roll(2) === 0 ? GOYA : null,
    queue: { hasMembers: roll(2) === 0, skills: ['fibra', 'roaming'].filter(() => roll(3) === 0) },
    language: roll(2) === 0 ? 'es' : 'en',
  };
}

it('never gives a case to somebody who cannot take it, leaves it only when nobody can, and does not depend on the order', () => {
  for (let seed = 1; seed <= 6000; seed += 1) {
    const roll = dice(seed);
    const question = anyQuestion(roll);
    const answer = route(question);
    const { queue, language } = question;
    const able = question.candidates.filter(
      ({ onShift, away, load, capacity, member, skills, languages }) =>
        (member || !queue.hasMembers) &&
        new Set([...skills, ...queue.skills]).size === skills.length &&
        (languages.length === 0 || languages.includes(language)) &&
        onShift &&
        !away &&
        load < capacity,
    );
    const taker = question.candidates.find(({ id }) => id === answer.agentId);
    if (answer.code === 'kept') expect(taker).toMatchObject({ id: question.assigneeId, onShift: true, away: false });
    else if (answer.code === 'nobody') {
      expect(answer.agentId).toBeNull();
      expect(
        able.filter(({ handled, general, storeId }) => handled ?? (general || storeId === question.store?.id)),
      ).toEqual([]);
    } else expect(able).toContain(taker);
    if (answer.code === 'last_handler') {
      const newer = able.filter(({ handled }) => handled && handled.at > (taker?.handled?.at ?? ''));
      expect(newer).toEqual([]);
    } else if (answer.code !== 'kept') expect(able.every(({ handled }) => handled === null)).toBe(true);
    if (answer.code === 'least_load')
      expect(able.filter(({ general, load }) => general && load < (taker?.load ?? 0))).toEqual([]);
    expect(route({ ...question, candidates: [...question.candidates].reverse() })).toEqual(answer);
  }
});
