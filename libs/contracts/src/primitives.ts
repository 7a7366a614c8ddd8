import { z } from 'zod';

/** Building blocks shared by the schemas of this room. */

export const Id = z.uuid();
/** ISO 8601 UTC. */
export const Instant = z.iso.datetime({ offset: true });

export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});

/** A keyset page. `nextCursor` is null on the last one; a cursor is opaque. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export const PersonRef = z.object({ id: Id, displayName: z.string() });
export type PersonRef = z.infer<typeof PersonRef>;

/** The one shape of every error answer. */
export const ErrorBody = z.object({
  code: z.string(),
  message: z.string(),
  details: z.unknown().optional(),
  requestId: z.string(),
});
export type ErrorBody = z.infer<typeof ErrorBody>;
