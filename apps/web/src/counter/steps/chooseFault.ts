import type { FaultKind, IntakeValues } from '#contracts';
import type { Keeper } from '../keep/keeper.js';
import { backUpBy } from './backUp.rules.js';

/** What is wrong with it, and what follows: a phone that is dead cannot be backed up, said once and not asked again. */
export const chooseFault = (keeper: Keeper, kind: FaultKind): void => {
  const before = keeper.value('device.fault') as IntakeValues['device.fault'];
  const backUp = backUpBy(kind, before, keeper.value('device.backUp') as IntakeValues['device.backUp']);
  keeper.write('device.fault', kind);
  if (backUp) keeper.write('device.backUp', backUp);
};
