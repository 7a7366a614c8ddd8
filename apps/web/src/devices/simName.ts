import type { SimKind } from '#contracts';

/** As people call it: nano-SIM, eSIM. */
export const simName = (kind: SimKind): string => (kind === 'esim' ? 'eSIM' : `${kind}-SIM`);
