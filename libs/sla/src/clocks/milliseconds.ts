/** Milliseconds since the epoch, to the microsecond: what `extract` says as a decimal number, at a fraction of its price. */
export const MS = (column: string): string => `(round(date_part('epoch', ${column}) * 1e6) / 1e3)`;
