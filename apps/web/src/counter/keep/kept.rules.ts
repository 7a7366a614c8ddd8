import type { IntakePath, SavedField } from '#contracts';
import { merged } from './merging.rules.js';

/** What a tablet holds of one intake: what the server said last, what it was not told yet, and where two tablets disagree. */

/** A field as the server has it. */
export interface ServerField {
  value: unknown;
  /** Grows with every change; 0: never written. */
  version: number;
}

/** A value the server was not told yet. */
export interface Unsaved {
  value: unknown;
  /** The version it was written over. */
  base: number;
  /** What stood there then. */
  over: unknown;
  /** Grows with every change on this tablet: an answer to an older one does not end a newer one. */
  turn: number;
  /** What the server was told and has not answered to: it may have it, and then nobody else wrote that. */
  sent: readonly unknown[];
  /** The server does not take it as it stands; it stays here until it is put otherwise. */
  refused?: boolean;
}

/** Two tablets changed the same field; somebody has to say which it is. */
export interface Clash {
  theirs: unknown;
  version: number;
  who: string;
  at: string;
}

export interface Kept {
  fields: Readonly<Record<string, ServerField>>;
  unsaved: Readonly<Record<string, Unsaved>>;
  clashes: Readonly<Record<string, Clash>>;
  turn: number;
}

export const NOTHING_KEPT: Kept = { fields: {}, unsaved: {}, clashes: {}, turn: 0 };

export interface FieldChange {
  path: IntakePath;
  value: unknown;
  base: number;
}

const without = <T>(held: Readonly<Record<string, T>>, path: string): Record<string, T> =>
  Object.fromEntries(Object.entries(held).filter(([key]) => key !== path));

/** Whether two values of a field say the same, whatever the order of their keys. */
export const isSame = (one: unknown, other: unknown): boolean => {
  if (one === other) return true;
  if (one === null || other === null || typeof one !== 'object' || typeof other !== 'object') return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [Object.entries(one), new Map(Object.entries(other))];
  return left.length === right.size && left.every(([key, value]) => right.has(key) && isSame(value, right.get(key)));
};

/** What stands in the field on this tablet. */
export const valueIn = (kept: Kept, path: string): unknown =>
  path in kept.unsaved ? kept.unsaved[path]?.value : kept.fields[path]?.value;

/** Everything that is written down, by path. */
export const valuesOf = (kept: Kept): Record<string, unknown> => ({
  ...Object.fromEntries(Object.entries(kept.fields).map(([path, { value }]) => [path, value])),
  ...Object.fromEntries(Object.entries(kept.unsaved).map(([path, { value }]) => [path, value])),
});

/** Somebody writes here. */
export const written = (kept: Kept, path: string, value: unknown): Kept => {
  if (isSame(valueIn(kept, path), value)) return kept;
  const turn = kept.turn + 1;
  const held = kept.unsaved[path];
  const field = kept.fields[path];
  const unsaved = { value, turn, base: held?.base ?? field?.version ?? 0, over: held ? held.over : field?.value };
  return { ...kept, turn, unsaved: { ...kept.unsaved, [path]: { ...unsaved, sent: held?.sent ?? [] } } };
};

/** What the server is to be told now; what somebody has to decide first waits. */
export const toTell = (kept: Kept, most = 50): (FieldChange & { turn: number })[] =>
  Object.entries(kept.unsaved)
    .filter(([path, { refused }]) => !refused && !(path in kept.clashes))
    .sort(([, one], [, other]) => one.turn - other.turn)
    .slice(0, most)
    .map(([path, { value, base, turn }]) => ({ path: path as IntakePath, value, base, turn }));

const SENT_KEPT = 5;

/** It is on its way: should no answer come, the server may have it all the same. */
export const telling = (kept: Kept, told: readonly FieldChange[]): Kept => ({
  ...kept,
  unsaved: told.reduce((held, { path, value }) => {
    const mine = held[path];
    if (!mine || mine.sent.some((one) => isSame(one, value))) return held;
    return { ...held, [path]: { ...mine, sent: [...mine.sent, value].slice(-SENT_KEPT) } };
  }, kept.unsaved),
});

const isOwn = (mine: Unsaved, theirs: unknown): boolean => mine.sent.some((one) => isSame(one, theirs));

/** The server has something else there: settled where it can be without asking, else somebody has to say which it is. */
const clashed = (kept: Kept, mine: Unsaved, clash: Clash & { path: IntakePath }): Kept => {
  const { path, theirs, version, who, at } = clash;
  const fields = { ...kept.fields, [path]: { value: theirs, version } };
  if (isSame(mine.value, theirs)) return { ...kept, fields, unsaved: without(kept.unsaved, path) };
  const both = isOwn(mine, theirs) ? mine.value : merged(path, { over: mine.over, mine: mine.value, theirs });
  if (both === undefined)
    return { ...kept, fields, clashes: { ...kept.clashes, [path]: { theirs, version, who, at } } };
  const unsaved = { ...mine, value: both, base: version, over: theirs, sent: [] };
  return { ...kept, fields, unsaved: { ...kept.unsaved, [path]: unsaved } };
};

const settled = (kept: Kept, told: FieldChange & { turn: number }, result: SavedField): Kept => {
  const { path } = told;
  const mine = kept.unsaved[path];
  if (result.outcome === 'refused') {
    if (!mine || mine.turn !== told.turn) return kept;
    return { ...kept, unsaved: { ...kept.unsaved, [path]: { ...mine, refused: true, sent: [] } } };
  }
  if (result.outcome === 'conflict') {
    const { value: theirs, version, by, at } = result.theirs;
    if (!mine) return { ...kept, fields: { ...kept.fields, [path]: { value: theirs, version } } };
    return clashed(kept, mine, { path, theirs, version, who: by.displayName, at });
  }
  const fields = { ...kept.fields, [path]: { value: told.value, version: result.version } };
  if (!mine || mine.turn === told.turn) return { ...kept, fields, unsaved: without(kept.unsaved, path) };
  const unsaved = { ...mine, base: result.version, over: told.value, sent: [] };
  return { ...kept, fields, unsaved: { ...kept.unsaved, [path]: unsaved } };
};

/** The server has answered to what it was told. */
export const answered = (
  kept: Kept,
  told: readonly (FieldChange & { turn: number })[],
  results: readonly SavedField[],
): Kept =>
  told.reduce((held, change) => {
    const result = results.find(({ path }) => path === change.path);
    return result ? settled(held, change, result) : held;
  }, kept);

/** What the server has now: newer fields come in, what was written here stays, and is judged when it is told. */
export const learned = (kept: Kept, fields: Readonly<Record<string, ServerField>>): Kept => {
  const newer = Object.entries(fields).filter(([path, { version }]) => version > (kept.fields[path]?.version ?? 0));
  if (newer.length === 0) return kept;
  const unsaved = newer.reduce<Readonly<Record<string, Unsaved>>>((held, [path, { value, version }]) => {
    const mine = held[path];
    if (!mine) return held;
    if (isSame(mine.value, value)) return without(held, path);
    return isOwn(mine, value) ? { ...held, [path]: { ...mine, base: version, over: value } } : held;
  }, kept.unsaved);
  const clashes = Object.fromEntries(Object.entries(kept.clashes).filter(([path]) => path in unsaved));
  return { ...kept, fields: { ...kept.fields, ...Object.fromEntries(newer) }, unsaved, clashes };
};

/** Somebody has said which of the two it is. */
export const decided = (kept: Kept, path: string, whose: 'mine' | 'theirs'): Kept => {
  const clash = kept.clashes[path];
  const mine = kept.unsaved[path];
  if (!clash) return kept;
  const clashes = without(kept.clashes, path);
  if (whose === 'theirs' || !mine) return { ...kept, clashes, unsaved: without(kept.unsaved, path) };
  return {
    ...kept,
    clashes,
    unsaved: { ...kept.unsaved, [path]: { ...mine, base: clash.version, over: clash.theirs, sent: [] } },
  };
};

/** Changes the server does not have. */
export const unsavedCount = (kept: Kept): number => Object.keys(kept.unsaved).length;
