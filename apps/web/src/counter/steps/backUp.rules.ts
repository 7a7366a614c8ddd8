import type { FaultKind, IntakeValues } from '#contracts';

type BackUp = IntakeValues['device.backUp'];

/** What a fault says of the back-up: none of a phone that is dead, and nothing any more once it is not; undefined: as it is. */
export const backUpBy = (kind: FaultKind, before: FaultKind | undefined, backUp: BackUp): BackUp => {
  if (kind === 'no_power') return backUp === undefined || backUp === 'unknown' ? 'not_possible' : undefined;
  return before === 'no_power' && backUp === 'not_possible' ? 'unknown' : undefined;
};
