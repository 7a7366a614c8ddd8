import { z } from 'zod';
import { LoanRule } from './loans.js';

const words = (most: number) => z.string().trim().min(1).max(most);

/** How long what lasts, in this house. */
export const LoanerSettings = z.object({
  keepHours: z.number().int().min(1).max(720),
  warnMinutes: z.number().int().min(5).max(10_080),
  /** After the repair is back. */
  graceDays: z.number().int().min(0).max(60),
  /** Where there is no repair. */
  plainDays: z.number().int().min(1).max(365),
  reminderAfterHours: z.number().int().min(0).max(720),
  callAfterHours: z.number().int().min(1).max(1440),
  supervisorAfterHours: z.number().int().min(1).max(2160),
  /** Null: no deposit is asked for. */
  depositCents: z.number().int().min(0).max(10_000_000).nullable(),
  currency: z.string().regex(/^[A-Z]{3}$/u),
  /** What is signed; another text is another version. */
  terms: z.object({ version: z.number().int(), es: words(8000), en: words(8000) }),
  rules: z.array(LoanRule).max(30),
});
export type LoanerSettings = z.infer<typeof LoanerSettings>;
export const PatchLoanerSettingsBody = LoanerSettings.omit({ terms: true })
  .extend({ terms: z.object({ es: words(8000), en: words(8000) }) })
  .partial();
export type PatchLoanerSettingsBody = z.infer<typeof PatchLoanerSettingsBody>;
