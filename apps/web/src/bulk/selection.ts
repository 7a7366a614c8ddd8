import { useSyncExternalStore } from 'react';
import { BULK_LIMIT, type CaseRow } from '#contracts';

/** The rows of a list that somebody has chosen, and the one a range begins at. Of one list at a time. */

type Row = Pick<CaseRow, 'id' | 'version'>;

interface Selection {
  /** Versions as the list showed them when they were chosen. */
  chosen: ReadonlyMap<string, number>;
  anchor: string | null;
  /** More were asked for than can be. */
  isFull: boolean;
}

const NONE: Selection = { chosen: new Map(), anchor: null, isFull: false };
let current = NONE;
const listeners = new Set<() => void>();
const become = (next: Selection): void => {
  current = next;
  listeners.forEach((listener) => listener());
};
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

const withRows = (rows: readonly Row[]): Pick<Selection, 'chosen' | 'isFull'> => {
  const chosen = new Map(current.chosen);
  for (const { id, version } of rows) if (chosen.has(id) || chosen.size < BULK_LIMIT) chosen.set(id, version);
  return { chosen, isFull: rows.some(({ id }) => !chosen.has(id)) };
};

export const selection = {
  /** Chooses a row, or leaves it. */
  toggle: (row: Row): void => {
    if (!current.chosen.has(row.id)) return become({ ...withRows([row]), anchor: row.id });
    const chosen = new Map(current.chosen);
    chosen.delete(row.id);
    become({ chosen, anchor: row.id, isFull: false });
  },
  /** Chooses all rows from the one that was chosen last up to this one. */
  extend: (rows: readonly Row[], to: string): void => {
    const at = rows.findIndex(({ id }) => id === to);
    const from = rows.findIndex(({ id }) => id === current.anchor);
    if (at < 0) return;
    const range = rows.slice(Math.min(at, from < 0 ? at : from), Math.max(at, from) + 1);
    become({ ...withRows(range), anchor: to });
  },
  clear: (): void => {
    if (current !== NONE) become(NONE);
  },
  now: (): Selection => current,
};

export const useSelection = (): Selection => useSyncExternalStore(subscribe, () => current);
export const useChosen = (id: string): boolean => useSyncExternalStore(subscribe, () => current.chosen.has(id));
