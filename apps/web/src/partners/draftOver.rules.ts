import type { Partner } from '#contracts';
import { draftOf, TARGETS, URGENCIES, type PartnerDraft } from './partner.rules.js';

/** What two typed over the same version of a partner, made one: neither undoes what only the other changed. */

interface Three<T> {
  mine: T;
  theirs: T;
  base: T;
}

/** Something that both changed, each in their own way; `of`: which rule, question or time of that part. */
export interface Clash {
  part: keyof PartnerDraft;
  of?: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same for the same, in whichever order its names come. */
const textOf = (value: unknown): string =>
  JSON.stringify([value], (_, each: unknown) =>
    isRecord(each) ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => a.localeCompare(b))) : each,
  );

/** What was typed here, else what is there now. */
function pick<T>({ mine, theirs, base }: Three<T>): { value: T; clashes: boolean } {
  const [here, there, before] = [textOf(mine), textOf(theirs), textOf(base)];
  return { value: here === before ? theirs : mine, clashes: here !== before && there !== before && here !== there };
}

const among = (keys: Iterable<string>, others: { has: (key: string) => boolean }): string[] =>
  [...keys].filter((key) => others.has(key));

/** In the order of whoever moved something; what only the other has comes after what it comes after there. */
function inOrder(
  kept: ReadonlySet<string>,
  { mine, theirs, base }: Three<string[]>,
): { keys: string[]; clashes: boolean } {
  const [inBase, inAll] = [new Set(base), new Set(base.filter((key) => mine.includes(key) && theirs.includes(key)))];
  const isMoved = (list: string[]) => textOf(among(list, inBase)) !== textOf(among(base, new Set(list)));
  const [first, second] = isMoved(mine) ? [mine, theirs] : [theirs, mine];
  const keys = among(first, kept);
  for (const [at, key] of second.entries()) {
    if (!kept.has(key) || keys.includes(key)) continue;
    const before = second.slice(0, at).findLast((each) => keys.includes(each));
    keys.splice(before === undefined ? 0 : keys.indexOf(before) + 1, 0, key);
  }
  const clashes = isMoved(mine) && isMoved(theirs) && textOf(among(mine, inAll)) !== textOf(among(theirs, inAll));
  return { keys, clashes };
}

/** Lists of things with names of their own, thing by thing. */
function byName<T>(lists: Three<readonly T[]>, nameOf: (each: T, place: number) => string) {
  const named = (list: readonly T[]) => new Map(list.map((each, place) => [nameOf(each, place), each]));
  const [mine, theirs, base] = [named(lists.mine), named(lists.theirs), named(lists.base)];
  const kept = new Map<string, T>();
  const clashing: string[] = [];
  for (const name of new Set([...theirs.keys(), ...mine.keys()])) {
    const { value, clashes } = pick({ mine: mine.get(name), theirs: theirs.get(name), base: base.get(name) });
    if (value !== undefined) kept.set(name, value);
    if (clashes) clashing.push(name);
  }
  const order = inOrder(new Set(kept.keys()), {
    ...{ mine: [...mine.keys()], theirs: [...theirs.keys()], base: [...base.keys()] },
  });
  const list = order.keys.flatMap((name) => kept.get(name) ?? []);
  return { list, clashing, isOrderClashing: order.clashes };
}

const overTargets = ({ mine, theirs, base }: Three<PartnerDraft['targets']>) => {
  const clashing: string[] = [];
  const targets = structuredClone(theirs);
  for (const priority of URGENCIES)
    for (const target of TARGETS) {
      const cell = (from: PartnerDraft['targets']): string => from[priority][target];
      const { value, clashes } = pick({ mine: cell(mine), theirs: cell(theirs), base: cell(base) });
      targets[priority][target] = value;
      if (clashes) clashing.push(`${priority}.${target}`);
    }
  return { targets, clashing };
};

/**
 * What was typed over one version, on top of a newer one: rules of sharing by field, questions by key, times by priority, all
 * else whole. What nobody typed here is as it is there; where both changed the same, what was typed here stays and is named.
 */
export function draftOver(
  newer: Partner,
  draft: PartnerDraft,
  base: Partner,
): { draft: PartnerDraft; clashes: Clash[] } {
  const [theirs, before] = [draftOf(newer), draftOf(base)];
  const three = <K extends keyof PartnerDraft>(part: K): Three<PartnerDraft[K]> => ({
    ...{ mine: draft[part], theirs: theirs[part], base: before[part] },
  });
  const share = byName(three('share'), ({ field }) => field);
  // A new question has no key yet: it is nobody else's.
  const form = byName(three('form'), ({ key }, place) => key || `#${String(place)}`);
  const times = overTargets(three('targets'));
  const whole = (Object.keys(draft) as (keyof PartnerDraft)[])
    .filter((part) => part !== 'share' && part !== 'form' && part !== 'targets')
    .map((part) => ({ part, ...pick<unknown>(three(part)) }));
  return {
    draft: {
      ...theirs,
      ...Object.fromEntries(whole.map(({ part, value }) => [part, value])),
      ...{ share: share.list, form: form.list, targets: times.targets },
    },
    clashes: [
      ...whole.filter(({ clashes }) => clashes).map(({ part }) => ({ part })),
      ...times.clashing.map((of) => ({ part: 'targets' as const, of })),
      ...share.clashing.map((of) => ({ part: 'share' as const, of })),
      ...form.clashing.map((of) => ({ part: 'form' as const, of })),
      ...(form.isOrderClashing ? [{ part: 'form' as const }] : []),
    ],
  };
}
