import { backUpBy } from './backUp.rules.js';

it.each([
  ['a dead phone cannot be backed up', ['no_power', undefined, undefined], 'not_possible'],
  ['what was said of it stays', ['no_power', undefined, 'done'], undefined],
  ['not dead after all: it is asked', ['screen', 'no_power', 'not_possible'], 'unknown'],
  ['and dead again', ['no_power', 'screen', 'unknown'], 'not_possible'],
  ['a back-up that was made stays made', ['screen', 'no_power', 'done'], undefined],
  ['one that is not possible by another fault stays so', ['battery', 'screen', 'not_possible'], undefined],
  ['nothing is guessed of another fault', ['screen', undefined, undefined], undefined],
] as const)('%s', (_why, [kind, before, backUp], after) => expect(backUpBy(kind, before, backUp)).toBe(after));
