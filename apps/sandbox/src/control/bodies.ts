import { z } from 'zod';
import { Refusal } from '../refusal.js';

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\r\n]*$/, 'one line only');
const handle = z
  .string()
  .trim()
  .regex(/^@?[A-Za-z0-9_]{1,15}$/, 'letters, digits and _ only, 15 at most');
const email = z.email().max(254);

/** A file inside JSON. */
const FileBody = z.strictObject({
  fileName: line(255),
  contentType: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9.+-]+\/[a-z0-9.+-]+$/, 'a content type such as image/png'),
  contentBase64: z.base64(),
});
export type FileBody = z.infer<typeof FileBody>;

export const PersonBody = z.strictObject({
  displayName: line(200),
  handle: handle.optional(),
  email: email.nullish(),
  phone: line(40).nullish(),
  /** X user id; made up when left out. */
  twitterId: z
    .string()
    .regex(/^[1-9][0-9]{0,18}$/)
    .optional(),
  acceptsDms: z.boolean().optional(),
});

export const PersonChange = z.strictObject({
  displayName: line(200).optional(),
  /** People change it as they like; somebody else may take the one they had. */
  handle: handle.optional(),
  acceptsDms: z.boolean().optional(),
});

export const PostBody = z
  .strictObject({
    text: z.string().max(4000).default(''),
    kind: z.enum(['post', 'retweet', 'quote']).default('post'),
    /** Id of the post it answers, passes on or quotes. */
    refId: z.string().optional(),
    attachment: FileBody.optional(),
  })
  .refine((body) => body.kind === 'post' || body.refId !== undefined, { path: ['refId'], message: 'of which post' })
  .refine((body) => body.kind !== 'post' || body.text.trim() !== '' || body.attachment, {
    path: ['text'],
    message: 'a text',
  });

/** Which of our accounts it is about, by id or handle; the first one when nobody says. */
export const AccountBody = z.strictObject({ account: z.string().optional() });

export const DmBody = z
  .strictObject({
    text: z.string().max(10_000).default(''),
    attachment: FileBody.optional(),
    /** Which of our accounts, by id or handle; the first unless told. */
    to: z.string().max(40).optional(),
  })
  .refine((body) => body.text.trim() !== '' || body.attachment, { path: ['text'], message: 'a text or an attachment' });

export const EmailBody = z.strictObject({
  subject: z
    .string()
    .max(998)
    .regex(/^[^\r\n]*$/, 'one line only')
    .default(''),
  text: z.string().max(1_000_000),
  html: z.string().max(1_000_000).optional(),
  attachments: z.array(FileBody).max(20).optional(),
  inReplyTo: line(998).optional(),
  to: line(1000).optional(),
  quote: z.boolean().optional(),
});

/** An answer of a company to a mail it got. */
export const LetterBody = z.strictObject({
  text: z.string().max(1_000_000),
  subject: EmailBody.shape.subject.unwrap().optional(),
  attachments: z.array(FileBody).max(20).optional(),
  /** Put the mail below, as mail programs do. */
  quote: z.boolean().default(true),
});

export const RawMailBody = z
  .strictObject({
    from: z.string().max(320).default(''),
    to: z.array(line(320)).min(1).max(100).optional(),
    raw: z.string().optional(),
    rawBase64: z.base64().optional(),
  })
  .refine((body) => (body.raw === undefined) !== (body.rawBase64 === undefined), {
    path: ['raw'],
    message: 'either raw or rawBase64',
  });

export const RawMailQuery = z.object({ from: z.string().max(320).default(''), to: line(1000).optional() });

export const BurstBody = z.strictObject({
  count: z.number().int().min(1).max(100_000),
  kinds: z
    .array(z.enum(['dm', 'email']))
    .min(1)
    .max(2)
    .default(['dm', 'email']),
  /** All from this one person. */
  customerId: z.string().optional(),
  /** From so many people made for it; otherwise from everybody who is here. */
  people: z.number().int().min(1).max(20_000).optional(),
  text: z.string().min(1).max(1000).default('Sigo sin línea'),
  /** Mails on their way at once. */
  atOnce: z.number().int().min(1).max(100).default(8),
  /** Answer when everything was handed over, or at once. */
  wait: z.boolean().default(true),
});

export const RedeliverBody = z.strictObject({ dmId: z.string(), copies: z.number().int().min(1).max(1000).default(1) });

export const DeliveriesQuery = z.object({ last: z.coerce.number().int().min(1).max(5000).default(5000) });

/** What a caller sent, checked. @throws Refusal 400 listing every fault */
export function read<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  const summary = issues.map((issue) => (issue.path ? `${issue.path}: ${issue.message}` : issue.message)).join('; ');
  throw new Refusal(400, 'request.invalid', summary, issues);
}
