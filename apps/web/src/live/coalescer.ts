import type { CaseChanged } from '#contracts';

/** Several rings for one case are one: of its newest version, with all that happened. */
export const newest = (held: ReadonlyMap<string, CaseChanged>, change: CaseChanged): Map<string, CaseChanged> => {
  const known = held.get(change.caseId);
  const last = known && known.version >= change.version ? known : change;
  const types = [...new Set([...(known?.types ?? []), ...change.types])];
  return new Map(held).set(change.caseId, { ...last, types });
};

/**
 * Gathers rings for `wait` ms and hands them on together; never a second batch while the first is being worked on, so that a
 * storm of rings cannot starve the reading it asks for.
 */
export const makeCoalescer = (work: (batch: CaseChanged[]) => Promise<void>, wait: number) => {
  let held: ReadonlyMap<string, CaseChanged> = new Map();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let working = false;
  const flush = async () => {
    timer = null;
    const batch = [...held.values()];
    held = new Map();
    working = true;
    try {
      await work(batch);
    } finally {
      working = false;
      if (held.size > 0) arm();
    }
  };
  const arm = () => {
    if (timer === null && !working) timer = setTimeout(() => void flush(), wait);
  };
  return {
    ring: (change: CaseChanged): void => {
      held = newest(held, change);
      arm();
    },
    stop: (): void => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      held = new Map();
    },
  };
};
