import { fitRank, fitsOf } from './fit.rules.js';

const MODEL = { os: 'android' as const, sims: ['nano'] as const };

it.each([
  ['all that is known fits', { os: 'android', sim: 'nano' }, ['sim_fits', 'os_same'], 0],
  ['another system', { os: 'ios', sim: 'nano' }, ['sim_fits', 'os_other'], 2],
  ['another SIM', { os: 'android', sim: 'esim' }, ['sim_other', 'os_same'], 2],
  ['nothing is known', { os: null, sim: null }, ['sim_unknown', 'os_unknown'], 2],
  ['neither fits', { os: 'ios', sim: 'esim' }, ['sim_other', 'os_other'], 4],
] as const)('%s: it is said, and ranked, and nothing is left out', (_words, wish, codes, rank) => {
  const fits = fitsOf(MODEL, wish);
  expect(fits.map(({ code }) => code)).toEqual(codes);
  expect(fitRank(fits)).toBe(rank);
});
