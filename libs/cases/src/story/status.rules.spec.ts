import {
  CaseStatus,
  ImpactState,
  IMPACT_TRANSITIONS,
  ProblemStage,
  PROBLEM_TRANSITIONS,
  PromiseState,
  PROMISE_TRANSITIONS,
} from '#contracts';
import fc from 'fast-check';
import { advanceCase, carryProblem, followProblems } from './status.rules.js';

const stages = fc.array(fc.constantFrom(...ProblemStage.options), { minLength: 1, maxLength: 5 });
const statuses = fc.constantFrom(...CaseStatus.options);
const done = (stage: ProblemStage) => stage === 'restored' || stage === 'closed';

describe('where a case goes because of its problems', () => {
  it.each([
    ['new', ['understood'], 'understood'],
    ['new', ['understood', 'received'], null],
    ['new', ['received', 'in_solution'], 'in_solution'],
    ['understood', ['in_solution'], 'in_solution'],
    ['in_solution', ['restored', 'in_solution'], null],
    ['in_solution', ['restored', 'restored'], 'restored'],
    ['waiting', ['restored'], 'restored'],
    ['waiting', ['understood'], null],
    ['restored', ['restored', 'in_solution'], 'in_solution'],
    ['restored', ['restored', 'received'], 'in_solution'],
    ['restored', ['closed'], null],
    ['new', [], null],
  ] as const)('%s with %j: %s', (status, of, to) => expect(followProblems(status, [...of])).toBe(to));

  it('is restored exactly when all are; what is over stays; a second look changes nothing', () => {
    fc.assert(
      fc.property(statuses, stages, (status, of) => {
        const to = followProblems(status, of);
        if (['closed', 'merged', 'spam'].includes(status)) return to === null;
        const after = to ?? status;
        return (after === 'restored') === of.every(done) && followProblems(after, of) === null;
      }),
    );
  });
});

describe('where a case goes with what is done about it', () => {
  it.each([
    ['new', 'understood', 'understood'],
    ['new', 'in_solution', 'in_solution'],
    ['understood', 'understood', null],
    ['understood', 'in_solution', 'in_solution'],
    ['in_solution', 'understood', null],
    ['in_solution', 'in_solution', null],
  ] as const)('%s, as far as %s: %s', (status, to, next) => expect(advanceCase(status, to)).toBe(next));

  it.each(['waiting', 'restored', 'closed', 'merged', 'spam'] as const)('%s stays', (status) => {
    expect([advanceCase(status, 'understood'), advanceCase(status, 'in_solution')]).toEqual([null, null]);
  });
});

describe('where a problem goes with its case', () => {
  it('never becomes understood, nor restored while something is lacking', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ProblemStage.options),
        statuses,
        fc.boolean(),
        fc.boolean(),
        (stage, to, lacks, all) => {
          const next = carryProblem(stage, to, lacks, all);
          return next !== 'understood' && !(next === 'restored' && lacks) && next !== stage;
        },
      ),
    );
  });
  it.each([
    ['received', 'in_solution', 'in_solution'],
    ['understood', 'waiting', null],
    ['understood', 'restored', 'restored'],
    ['restored', 'in_solution', 'in_solution'],
    ['restored', 'closed', 'closed'],
    ['received', 'closed', 'closed'],
    ['received', 'spam', null],
    ['received', 'understood', null],
  ] as const)('%s with a case that becomes %s: %s', (stage, to, next) =>
    expect(carryProblem(stage, to, false, true)).toBe(next),
  );
  it('leaves what is done alone while another problem is open', () =>
    expect(carryProblem('restored', 'in_solution', false, false)).toBeNull());
});

/** The tables once more, by hand: everything that is not here must be refused. */
const ALLOWED = {
  impact:
    'reported>confirmed reported>relieved reported>restored confirmed>relieved confirmed>restored relieved>confirmed relieved>restored restored>reported',
  problem:
    'received>understood received>in_solution received>restored understood>received understood>in_solution understood>restored in_solution>understood in_solution>restored restored>in_solution restored>closed closed>in_solution',
  promise: 'open>kept open>broken open>withdrawn broken>kept',
};
const movesOf = (table: Record<string, readonly string[]>) =>
  Object.entries(table)
    .flatMap(([from, tos]) => tos.map((to) => `${from}>${to}`))
    .sort();

it.each([
  ['impact', IMPACT_TRANSITIONS, ImpactState.options],
  ['problem', PROBLEM_TRANSITIONS, ProblemStage.options],
  ['promise', PROMISE_TRANSITIONS, PromiseState.options],
] as const)('%s: only the moves of the table, from and to known states', (name, table, states) => {
  expect(movesOf(table)).toEqual(ALLOWED[name].split(' ').sort());
  expect(Object.keys(table).sort()).toEqual([...states].sort());
});
