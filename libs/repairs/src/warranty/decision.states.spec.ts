import { DecisionState } from '#contracts';
import { canMoveDecision, holds } from './decision.states.js';

/** Every move there is; all others are refused. */
const ALLOWED = new Set([
  'proposed standing',
  'proposed withdrawn',
  'proposed superseded',
  'standing in_review',
  'standing superseded',
  'in_review confirmed',
  'in_review overturned',
  'confirmed superseded',
]);
const moves = DecisionState.options.flatMap((from) => DecisionState.options.map((to) => [from, to] as const));

it.each(moves)('%s → %s', (from, to) => expect(canMoveDecision(from, to)).toBe(ALLOWED.has(`${from} ${to}`)));

it('holds until somebody else has decided', () => {
  expect(DecisionState.options.filter(holds)).toEqual(['standing', 'in_review', 'confirmed']);
});
