import { maskOf, maskTold, type CaseDetail, type FactVersion, type KnownName, type StoryFact } from '#contracts';

/** KnownNames (contracts) of the case `c`: what its story says masked. */
export const NAMES = `told_names(c.customer_id)`;

type Mask = (text: string) => string;

const maskedBy =
  (known: readonly KnownName[]): Mask =>
  (text) =>
    maskTold(text, known);

const factBy = <T extends StoryFact | FactVersion>(fact: T, mask: Mask): T => ({
  ...fact,
  text: fact.text === null ? null : mask(fact.text),
  values: Object.fromEntries(
    Object.entries(fact.values).map(([name, value]) => [
      name,
      typeof value !== 'string' ? value : name === 'imei' ? maskOf('imei', value) : mask(value),
    ]),
  ),
});

/** A fact for whoever has not proven who they are. */
export const maskedFact = <T extends StoryFact | FactVersion>(fact: T, known: readonly KnownName[]): T =>
  factBy(fact, maskedBy(known));

/** The page of a case with its story, its problems and what it is called by masked; null: nothing in it is to be masked. */
export function maskedDetail<T extends Pick<CaseDetail, 'story' | 'problems' | 'problem'>>(
  detail: T,
  known: readonly KnownName[],
): T | null {
  let found = detail.story.some(({ values }) => typeof values['imei'] === 'string');
  const mask: Mask = (text) => {
    const told = maskTold(text, known);
    found ||= told !== text;
    return told;
  };
  const masked = {
    ...detail,
    problem: detail.problem === null ? null : mask(detail.problem),
    problems: detail.problems.map((one) => ({ ...one, statement: mask(one.statement) })),
    story: detail.story.map((fact) => factBy(fact, mask)),
  };
  return found ? masked : null;
}
