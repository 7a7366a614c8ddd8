import { DomainError } from '#platform';

/** What is an id; anything else in its place is a reference. */
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** Where a keyset page ends: the sort instant (microseconds, as PostgreSQL has it) and the id of its last row. */
export interface Keyset {
  at: string;
  id: string;
}

export const encodeCursor = (key: Keyset): string => Buffer.from(`${key.at} ${key.id}`).toString('base64url');

/** @throws DomainError request.invalid for anything we did not hand out */
export function decodeCursor(cursor: string | undefined): Keyset | null {
  if (cursor === undefined) return null;
  const [at, id] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (!at || !id || !/^\d{1,16}$/u.test(at) || !/^[0-9a-f-]{36}$/u.test(id))
    throw new DomainError('request.invalid', [{ path: 'cursor', message: 'is not a cursor of ours' }]);
  return { at, id };
}

/** Microseconds since 1970 of a timestamptz, exact: the text a cursor carries. */
export const MICROS = (column: string): string => `(extract(epoch from ${column}) * 1000000)::bigint::text`;

/** The timestamptz a cursor's microseconds name. */
export const FROM_MICROS = (parameter: string): string =>
  `(timestamptz 'epoch' + ${parameter}::bigint * interval '1 microsecond')`;

/** Cuts the one row too many that tells whether there is a next page. */
export function paged<T>(
  rows: { item: T; at: string; id: string }[],
  limit: number,
): { items: T[]; nextCursor: string | null } {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return { items: kept.map(({ item }) => item), nextCursor: rows.length > limit && last ? encodeCursor(last) : null };
}
