import { z } from 'zod';
import { NOTICES, type NoticeCode } from './notices.js';

export const Notice = z.object({
  code: z.enum(Object.keys(NOTICES) as [NoticeCode, ...NoticeCode[]]),
  /** Ready to read, whatever the language: names, figures with their unit. */
  values: z.record(z.string(), z.string()).default({}),
});
export type Notice = z.infer<typeof Notice>;
