import { createContext, use, useCallback, useMemo, useSyncExternalStore } from 'react';
import { openGates, type IntakeGate, type IntakePath, type IntakeValues } from '#contracts';
import type { Keeper, Snapshot } from './keeper.js';
import { NOTHING_KEPT, valuesOf } from './kept.rules.js';
import { isRefused } from './refusal.js';
import type { HeldFile } from './shelf.js';

/** The intake on the screen, for all its parts. */

const Held = createContext<Keeper | null>(null);
export const IntakeHeld = Held.Provider;

export const useKeeper = (): Keeper => {
  const keeper = use(Held);
  if (!keeper) throw new Error('useKeeper needs <IntakeHeld>');
  return keeper;
};
export const useSnapshot = (keeper: Keeper): Snapshot => useSyncExternalStore(keeper.subscribe, keeper.now);

/** Everything that is written down so far. */
export const useValues = (): IntakeValues => {
  const { intake } = useSnapshot(useKeeper());
  const kept = intake?.kept ?? NOTHING_KEPT;
  return useMemo(() => valuesOf(kept) as IntakeValues, [kept]);
};

/** A field and how it is changed. */
export const useField = <Path extends IntakePath>(
  path: Path,
): [IntakeValues[Path] | undefined, (value: NonNullable<IntakeValues[Path]> | null) => void] => {
  const keeper = useKeeper();
  const value = useValues()[path];
  const write = useCallback((next: NonNullable<IntakeValues[Path]> | null) => keeper.write(path, next), [keeper, path]);
  return [value, write];
};

/** Files of a field that wait for their upload. */
export const useFiles = (path: IntakePath): HeldFile[] => {
  const { files } = useSnapshot(useKeeper());
  return useMemo(() => files.filter((file) => file.path === path), [files, path]);
};

/** What waits on the tablet counts as there: whoever took two photos has taken two photos. What the server refused does not. */
const withFiles = (values: IntakeValues, files: readonly HeldFile[]): IntakeValues =>
  files
    .filter((file) => !isRefused(file))
    .reduce<IntakeValues>((held, { path, id }) => {
      if (path === 'sign.signatureId') return { ...held, [path]: id };
      const ids = held[path];
      return { ...held, [path]: [...(Array.isArray(ids) ? ids : []), id] };
    }, values);

/** What still stands in the way, by the rules the server goes by. */
export const useGates = (): IntakeGate[] => {
  const { intake, files } = useSnapshot(useKeeper());
  const values = useValues();
  return useMemo(() => openGates(intake?.kind ?? 'intake', withFiles(values, files)), [intake?.kind, values, files]);
};
