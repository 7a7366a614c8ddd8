import { z } from 'zod';
import { Id } from './primitives.js';
import { Language, Role } from './words.js';

export const LoginBody = z.object({ email: z.string().trim().min(3).max(254), password: z.string().min(1).max(200) });

export const SessionUser = z.object({
  id: Id,
  email: z.string(),
  displayName: z.string(),
  role: Role,
  storeId: Id.nullable(),
  language: Language,
  permissions: z.array(z.string()),
});
export type SessionUser = z.infer<typeof SessionUser>;
export const SessionAnswer = z.object({
  user: SessionUser,
  /** IANA name of the zone the workspace lives in; its screens show moments by this clock. */
  timeZone: z.string(),
  /** Bytes a mail carries at most, as they travel; files beyond go as links (`attachedAndLinked`). */
  mailAttachBytes: z.number().int().optional(),
});
export type SessionAnswer = z.infer<typeof SessionAnswer>;

export const PatchSessionBody = z.object({ language: Language });

export const Person = z.object({ id: Id, displayName: z.string(), role: Role, storeId: Id.nullable() });
export type Person = z.infer<typeof Person>;
export const Store = z.object({
  id: Id,
  name: z.string(),
  code: z.string(),
  address: z.string(),
  city: z.string(),
  timeZone: z.string(),
  phone: z.string().nullable(),
});
export type Store = z.infer<typeof Store>;
