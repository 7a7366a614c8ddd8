import { z } from 'zod';
import { Id, Instant, page } from './primitives.js';

/** What can be found by the one box. */
export const SearchKind = z.enum(['case', 'customer', 'device', 'interaction', 'loaner']);
export type SearchKind = z.infer<typeof SearchKind>;

export const SearchQuery = z.object({
  q: z.string().trim().min(1).max(200),
  /** So many of each kind at most. */
  limit: z.coerce.number().int().min(1).max(50).default(10),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

/** Something that was found: what it is called, how it goes on, and the case it leads to. */
export const SearchHit = z.object({
  kind: SearchKind,
  id: Id,
  title: z.string(),
  text: z.string(),
  /** Of a customer: their open case, if there is one. */
  caseId: Id.nullable(),
  reference: z.string().nullable(),
  /** When it was said, of a case its last word; null for customers. */
  at: Instant.nullable(),
});
export type SearchHit = z.infer<typeof SearchHit>;
/** Cases, then customers, then what was said; each the newest or best first. There is no next page: more words find less. */
export const SearchPage = page(SearchHit);
export type SearchPage = z.infer<typeof SearchPage>;
