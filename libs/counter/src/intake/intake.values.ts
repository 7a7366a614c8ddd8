import { INTAKE_FIELDS, type IntakePath, type IntakeValues } from '#contracts';

/** What a field is to hold; `problems` says why it cannot. */
export type ReadField = { value: unknown } | { problems: string[] };

/** @param value as a tablet sent it, or as it was kept */
export function readField(path: IntakePath, value: unknown): ReadField {
  const read = INTAKE_FIELDS[path].safeParse(value);
  if (read.success) return { value: read.data };
  return { problems: read.error.issues.map(({ path: at, message }) => [...at.map(String), message].join(': ')) };
}

/** Fields as one value, and those that the house of today no longer takes. */
export function valuesOf(fields: readonly { path: string; value: unknown }[]): {
  values: IntakeValues;
  refused: { path: string; problems: string[] }[];
} {
  const values: Record<string, unknown> = {};
  const refused: { path: string; problems: string[] }[] = [];
  for (const { path, value } of fields) {
    if (!isPath(path)) {
      refused.push({ path, problems: ['no such field'] });
      continue;
    }
    const read = readField(path, value);
    if ('problems' in read) refused.push({ path, problems: read.problems });
    else values[path] = read.value;
  }
  return { values, refused };
}

const isPath = (path: string): path is IntakePath => Object.hasOwn(INTAKE_FIELDS, path);

const PICTURES: readonly IntakePath[] = ['device.photoIds', 'keep.photoIds', 'back.photoIds'];

/** Every file an intake names: its pictures and its signature. */
export const filesOf = (values: IntakeValues): string[] => {
  const named = PICTURES.flatMap((path) => (values[path] ?? []) as string[]);
  const signature = values['sign.signatureId'];
  return [...new Set(signature ? [...named, signature] : named)];
};

/** Those a field names, when it names any. */
export const filesIn = (path: IntakePath, value: unknown): string[] => filesOf({ [path]: value });
