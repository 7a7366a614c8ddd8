import { isDeepStrictEqual } from 'node:util';
import type { IntakeField, PatchIntakeBody, SavedField } from '#contracts';
import { filesIn, readField } from './intake.values.js';

/** What is written of a field that was saved. */
export type FieldWrite = Pick<IntakeField, 'path' | 'value' | 'version'>;

/**
 * What becomes of a field a tablet sends: refused, in conflict with what somebody else has put since, saved already, or written.
 * @param kept what the intake says now, by path
 * @param taken the files that were taken at it
 */
export function decideField(
  { path, value, base }: PatchIntakeBody['fields'][number],
  kept: ReadonlyMap<string, IntakeField>,
  taken: ReadonlySet<string>,
): { result: SavedField; write?: FieldWrite } {
  const read = readField(path, value);
  if ('problems' in read) return { result: { path, outcome: 'refused', problems: read.problems } };
  const strange = filesIn(path, read.value).filter((file) => !taken.has(file));
  if (strange.length > 0)
    return { result: { path, outcome: 'refused', problems: strange.map((file) => `${file}: no file of it`) } };
  const now = kept.get(path);
  if (now && isDeepStrictEqual(now.value, read.value))
    return { result: { path, outcome: 'saved', version: now.version } };
  if (now && now.version !== base) return { result: { path, outcome: 'conflict', theirs: now } };
  const version = (now?.version ?? 0) + 1;
  return { result: { path, outcome: 'saved', version }, write: { path, value: read.value, version } };
}
