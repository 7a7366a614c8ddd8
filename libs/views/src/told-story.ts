import { maskOf, maskTold, type CaseDetail, type FactVersion, type KnownName, type StoryFact } from '#contracts';

/** KnownNames (contracts) of the case `c`: what its story says masked. */
export const NAMES = `told_names(c.customer_id)`;

const textOf = <T extends string | null>(text: T, known: readonly KnownName[]): T | string =>
  text === null ? text : maskTold(text, known);

/** A fact for whoever has not proven who they are. */
export const maskedFact = <T extends StoryFact | FactVersion>(fact: T, known: readonly KnownName[]): T => ({
  ...fact,
  text: textOf(fact.text, known),
  values: Object.fromEntries(
    Object.entries(fact.values).map(([name, value]) => [
      name,
      typeof value !== 'string' ? value : name === 'imei' ? maskOf('imei', value) : maskTold(value, known),
    ]),
  ),
});

/** The page of a case with its story, its problems and what it is called by masked. */
export const maskedDetail = <T extends Pick<CaseDetail, 'story' | 'problems' | 'problem'>>(
  detail: T,
  known: readonly KnownName[],
): T => ({
  ...detail,
  problem: textOf(detail.problem, known),
  problems: detail.problems.map((one) => ({ ...one, statement: maskTold(one.statement, known) })),
  story: detail.story.map((fact) => maskedFact(fact, known)),
});
