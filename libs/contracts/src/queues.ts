import { z } from 'zod';
import { Id, Instant, PersonRef } from './primitives.js';
import { Language, Role } from './words.js';

/** work: where cases wait for somebody · escalation: where they go when that took too long. */
export const QueueKind = z.enum(['work', 'escalation']);
export type QueueKind = z.infer<typeof QueueKind>;

/** What somebody can do that not everybody can: a word or two, the same to whoever writes it. */
export const Skill = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} .+/-]{0,39}$/u);
const Skills = z
  .array(Skill)
  .max(20)
  .transform((skills) => [...new Set(skills)]);

/** Where cases wait that nobody has. */
export const Queue = z.object({
  id: Id,
  name: z.string(),
  kind: QueueKind,
  isDefault: z.boolean(),
  /** Of a store: what is handed to it waits there. */
  storeId: Id.nullable(),
  /** All of them are needed to work it. */
  skills: z.array(z.string()),
  /** How many are in it; 0: whoever works there. */
  members: z.number().int(),
  people: z.array(PersonRef),
  /** Cases that wait; stops at 1,000, `capped` says there are more. */
  waiting: z.number().int(),
  capped: z.boolean(),
  /** Since when the one that waits longest is open; null: none waits. */
  oldestAt: Instant.nullable(),
});
export type Queue = z.infer<typeof Queue>;

/** `stores`: with those of the stores. */
export const QueueQuery = z.object({ stores: z.enum(['true', 'false']).default('false') });

const Name = z.string().trim().min(1).max(80);
const AgentIds = z.array(Id).max(500);

export const NewQueueBody = z.object({
  name: Name,
  kind: QueueKind.default('work'),
  skills: Skills.default([]),
  agentIds: AgentIds.default([]),
});
export type NewQueueBody = z.infer<typeof NewQueueBody>;

export const PatchQueueBody = z
  .object({ name: Name.optional(), kind: QueueKind.optional(), skills: Skills.optional() })
  .refine((body) => Object.values(body).some((value) => value !== undefined), { message: 'nothing to change' });
export type PatchQueueBody = z.infer<typeof PatchQueueBody>;

/** All of them: who is not named is no member. */
export const QueueMembersBody = z.object({ agentIds: AgentIds });

/** When somebody went away, and until when; null: until they say that they are back. */
export const Away = z.object({ since: Instant, until: Instant.nullable(), reason: z.string() });
export type Away = z.infer<typeof Away>;

/** What routing knows of a person. */
export const Worker = z.object({
  id: Id,
  displayName: z.string(),
  role: Role,
  store: z.object({ id: Id, name: z.string() }).nullable(),
  skills: z.array(z.string()),
  /** In which they write to customers; none stated: any. */
  languages: z.array(Language),
  /** Open cases that may come to them by themselves, at most. */
  capacity: z.number().int(),
  /** Open cases they have. */
  load: z.number().int(),
  onShift: z.boolean(),
  away: Away.nullable(),
});
export type Worker = z.infer<typeof Worker>;

export const PatchWorkerBody = z
  .object({
    skills: Skills.optional(),
    languages: z.array(Language).max(2).optional(),
    capacity: z.number().int().min(0).max(1000).optional(),
  })
  .refine((body) => Object.values(body).some((value) => value !== undefined), { message: 'nothing to change' });
export type PatchWorkerBody = z.infer<typeof PatchWorkerBody>;
