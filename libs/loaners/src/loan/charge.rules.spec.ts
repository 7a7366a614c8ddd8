import { chargesEnded } from './charge.rules.js';

const [screen, back, gone] = [
  { id: 'screen', kind: 'damage' },
  { id: 'back', kind: 'damage' },
  { id: 'gone', kind: 'loss' },
] as const;

it('what was broken is not owed beside the whole phone', () => {
  expect(chargesEnded([screen, back], 'loss')).toEqual(['screen', 'back']);
  expect(chargesEnded([], 'loss')).toEqual([]);
});

it('a phone that was found is not owed', () => {
  expect(chargesEnded([gone], 'found')).toEqual(['gone']);
  expect(chargesEnded([screen, back], 'found')).toEqual([]);
});
