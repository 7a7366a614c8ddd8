import type { Condition, IntakeValues } from '#contracts';
import { NO_CONDITION } from '../pieces/marks.rules.js';

/** What has to be written once it is not that loaner any more: how one looks and what was tried on it says nothing of another. */
export const withoutLoaner = (values: IntakeValues): Partial<IntakeValues> => {
  const { loaner_photos: unseen, ...waivers } = values.waivers ?? {};
  return {
    ...(values['keep.conditionOut'] && { 'keep.conditionOut': null }),
    ...(values['keep.photoIds']?.length && { 'keep.photoIds': [] }),
    ...(values['keep.checks']?.length && { 'keep.checks': [] }),
    ...(unseen !== undefined && { waivers }),
  };
};

/**
 * A loaner that comes back as it left: its marks of then are no marks of now.
 * @param out null: nothing was noted when it left
 */
export const asLent = (out: Condition | null): Condition => ({
  ...(out ?? NO_CONDITION),
  powersOn: 'yes',
  screen: out?.screen === 'cracked' ? 'cracked' : 'whole',
});
