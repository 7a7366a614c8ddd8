import type { IntakePath } from '#contracts';

/** Fields that two tablets may change at once without taking anything from each other: what each added or took away holds. */
const LISTS: ReadonlySet<IntakePath> = new Set<IntakePath>([
  'listen.lacks',
  'device.photoIds',
  'device.accessories',
  'keep.photoIds',
  'keep.checks',
  'keep.relieves',
  'back.photoIds',
  'back.loanerChecks',
  'receipt.by',
]);
const RECORDS: ReadonlySet<IntakePath> = new Set<IntakePath>(['waivers', 'back.works', 'take.form']);

interface Sides {
  /** What both began with. */
  over: unknown;
  mine: unknown;
  theirs: unknown;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const recordOf = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {};

const mergedLists = ({ over, mine, theirs }: Sides): unknown[] => {
  const [before, here, there] = [listOf(over), listOf(mine), listOf(theirs)];
  const taken = new Set(before.filter((one) => !here.includes(one)));
  const added = here.filter((one) => !before.includes(one) && !there.includes(one));
  return [...there.filter((one) => !taken.has(one)), ...added];
};

/** Undefined when both gave the same key a different value. */
const mergedRecords = ({ over, mine, theirs }: Sides): Record<string, unknown> | undefined => {
  const [before, here, there] = [recordOf(over), recordOf(mine), recordOf(theirs)];
  const both = { ...there };
  for (const key of new Set([...Object.keys(before), ...Object.keys(here)])) {
    if (here[key] === before[key]) continue;
    if (there[key] !== before[key] && there[key] !== here[key]) return undefined;
    if (key in here) both[key] = here[key];
    else Reflect.deleteProperty(both, key);
  }
  return both;
};

/** What both wrote, in one value; undefined: somebody has to say which of the two it is. */
export const merged = (path: IntakePath, sides: Sides): unknown => {
  if (LISTS.has(path)) return mergedLists(sides);
  return RECORDS.has(path) ? mergedRecords(sides) : undefined;
};
