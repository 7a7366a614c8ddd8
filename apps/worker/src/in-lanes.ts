import { Sweep } from '#platform';
import type { Lane } from '#sla';

/** As many as there are connections worth keeping busy on a machine of two cores. */
const LANES = 2;

/** A sweep that looks at portions side by side, each in its share of the cases: none waits for another. */
export const inLanes = (name: string, everyMs: number, look: (lane: Lane) => Promise<boolean>): Sweep[] =>
  Array.from({ length: LANES }, (_, at) => new Sweep(name, everyMs, () => look({ at, of: LANES })));
