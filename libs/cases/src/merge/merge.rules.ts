import { conflictsOf, type MergeChoices, type MergeField } from '#contracts';

/** What two records may say differently, and the column that says it. */
export const FIELD_COLUMNS: Record<MergeField, string> = {
  displayName: 'display_name',
  language: 'language',
  tier: 'tier',
};

type Said = Record<MergeField, string>;

/** The columns of the kept customer that take the other side's word. */
export const chosenColumns = (kept: Said, taken: Said, choices: MergeChoices): Record<string, string> =>
  Object.fromEntries(
    conflictsOf(kept, taken)
      .filter(({ field }) => choices[field] === 'taken')
      .map(({ field, taken: word }) => [FIELD_COLUMNS[field], word]),
  );

/**
 * Which entries of a case nobody has looked at, of those that may be (in the order they came onto it): the last of them, as
 * many as the case counts. Whoever looks, looks at all there is.
 */
export const unseenOf = (mayBe: readonly string[], unread: number): string[] =>
  unread <= 0 ? [] : mayBe.slice(Math.max(0, mayBe.length - unread));

/** A case of one of two people who are two again. */
export interface SettledCase {
  id: string;
  customerId: string;
  isOpen: boolean;
  /** Can take an entry: neither merged nor spam. */
  takes: boolean;
  openedAt: number;
  /** Opened after they had been merged. */
  isNew: boolean;
}

/** An entry on one of their cases, after all that moved has gone back. */
export interface SettledEntry {
  id: string;
  caseId: string;
  /** Whose address it came by or went to, after the undo; null: none, or a third person's. */
  ownerId: string | null;
  /** It stood on this very case before the merge. */
  stood: boolean;
}

export interface Settlement {
  /** Cases opened since that are all of the other one's: they go whole. */
  cases: { caseId: string; customerId: string }[];
  /** `toCase` null: a new case of `customerId`. */
  entries: { entryId: string; customerId: string; toCase: string | null }[];
}

/**
 * What has come in since two people were merged goes with the address it came by, to whom that belongs once they are two
 * again; what stands where it stood before stays, and so does what has no address. A case opened since on which all that has
 * an address is the other one's goes to them whole, unless they have an open one. An entry goes onto its owner's open case;
 * without one, from a case that is over onto their last one; else a new case is opened, one for each of them.
 */
export function settle(people: readonly [string, string], cases: SettledCase[], entries: SettledEntry[]): Settlement {
  const owners = new Map(cases.map((one) => [one.id, one.customerId]));
  const whole: Settlement['cases'] = [];
  const openOf = (customerId: string) => cases.find((one) => one.isOpen && owners.get(one.id) === customerId);
  for (const one of cases.filter(({ isNew, takes }) => isNew && takes).sort((a, b) => a.openedAt - b.openedAt)) {
    const other = people.find((id) => id !== one.customerId);
    const addressed = entries.filter(({ caseId, ownerId }) => caseId === one.id && ownerId !== null);
    if (!other || addressed.length === 0 || addressed.some(({ ownerId }) => ownerId !== other)) continue;
    if (one.isOpen && openOf(other)) continue;
    owners.set(one.id, other);
    whole.push({ caseId: one.id, customerId: other });
  }
  const lastOf = (customerId: string) =>
    cases.filter((one) => one.takes && owners.get(one.id) === customerId).sort((a, b) => b.openedAt - a.openedAt)[0];
  const moves = entries.flatMap(({ id, caseId, ownerId, stood }) => {
    if (ownerId === null || stood || owners.get(caseId) === ownerId) return [];
    const isOver = !cases.find((one) => one.id === caseId)?.isOpen;
    const to = openOf(ownerId) ?? (isOver ? lastOf(ownerId) : undefined);
    return [{ entryId: id, customerId: ownerId, toCase: to?.id ?? null }];
  });
  return { cases: whole, entries: moves };
}
