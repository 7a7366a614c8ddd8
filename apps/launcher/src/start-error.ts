/** Something a person has to know and can act on; shown without a trace. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** The text of whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The code of a system or database error (`ENOENT`, `57P03`); empty for every other. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
