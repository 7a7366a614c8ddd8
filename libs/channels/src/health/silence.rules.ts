/** When "nothing arrived" is news: hours in which, on this day of the week, something always did. */

export const SILENCE_HOURS = 3;
export const SILENCE_WEEKS = 4;
/** So many in the same hours of every one of the last weeks, and none now. */
export const SILENCE_USUAL = 5;

/** @param counts messages in the last hours, then in the same hours a week ago, two weeks ago, … */
export const isSilent = ([now = 0, ...before]: readonly number[]): boolean =>
  now === 0 && before.length >= SILENCE_WEEKS && before.every((count) => count >= SILENCE_USUAL);

/** The least id (UUIDv7) of a moment: ids run with time, so a stretch of time is a stretch of ids. */
export const floorId = (at: Date): string => {
  const hex = at.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
};
