import type { IntakeValues } from '#contracts';
import type { Translate } from '../../i18n/Words.js';

/** What a "no" mostly is about. */
export const WHYS = ['liquid', 'blow', 'opened'] as const;
export type Why = (typeof WHYS)[number];

/** What is said most, said well: the clause, plain words and a way out, unless another was chosen. */
export const commonNo = (
  why: Why,
  say: Translate,
  { 'decide.nextStep': nextStep, 'decide.way': way }: IntakeValues,
): Partial<IntakeValues> => ({
  'decide.clause': say(`decide.why.${why}.clause`),
  'decide.plainWords': say(`decide.why.${why}.plain`),
  ...(!nextStep && { 'decide.nextStep': say('decide.next.quote') }),
  ...(way == null && { 'decide.way': 'repair' }),
});
