import { z } from 'zod';
import { StoredFile } from '#contracts';

/** A mail as the mailbox of partners gets it, and as it is kept when nobody can say what it belongs to. */
export const PartnerMail = z.object({
  /** The same mail delivered again has the same one. */
  externalId: z.string().min(1),
  sender: z.object({ address: z.string(), name: z.string() }),
  subject: z.string().nullable(),
  /** What is new in it, and the mails below it. */
  text: z.string(),
  quoted: z.string().nullable(),
  /** What stands behind the plus in the addresses it was sent to. */
  tags: z.array(z.string()),
  /** Message-IDs it says it answers. */
  references: z.array(z.string()),
  /** It bears a mark of a customer's case. */
  isOfCase: z.boolean(),
  /** The domain it claims to come from denies it. */
  isDenied: z.boolean(),
  /** A program answered; nobody wrote it. */
  isAutomatic: z.boolean(),
  files: z.array(StoredFile),
  at: z.iso.datetime(),
  /** Where the whole original is kept. */
  rawKey: z.string().nullable(),
});
export type PartnerMail = z.infer<typeof PartnerMail>;
