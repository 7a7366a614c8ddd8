import { z } from 'zod';
import { Id, Instant } from './primitives.js';

/** What a customer has to know and could not be written: somebody says it to them. */

/** How somebody told them. */
export const ToldHow = z.enum(['phone', 'store', 'elsewhere']);
export type ToldHow = z.infer<typeof ToldHow>;

/** Something a customer has to be told, in either language, as it would have been written. */
export const UntoldNews = z.object({ id: Id, es: z.string(), en: z.string(), at: Instant });
export type UntoldNews = z.infer<typeof UntoldNews>;
export const UntoldNewsList = z.object({ items: z.array(UntoldNews) });
export type UntoldNewsList = z.infer<typeof UntoldNewsList>;

export const ToldBody = z.object({ how: ToldHow });
export type ToldBody = z.infer<typeof ToldBody>;

export const NEWS_EVENTS = {
  /** There was no way to write to them. `callerIds`: who may call, of a case that nobody has. */
  'customer.untold': z.object({ newsId: Id, es: z.string(), en: z.string(), callerIds: z.array(Id) }),
  /** Somebody has told them. */
  'customer.told': z.object({ newsId: Id, how: ToldHow }),
  /** Nobody has to tell them any more: something newer says it, or it is over. */
  'customer.untold_ended': z.object({ newsId: Id, how: z.enum(['newer', 'over']) }),
} as const;
