import { EVENTS } from '#contracts';

/** What other systems are told: that it happened, to which case, and the ids of what it is about; what it says they ask for. */

export interface Told {
  /** Of the message: the same each time it is sent. */
  id: string;
  type: string;
  /** ISO 8601. */
  at: string;
  data: Record<string, unknown>;
  caseId: string;
  caseReference: string;
  caseVersion: number;
}

/** Words of ours that say where something stands; nothing that a person wrote, or who somebody is. */
const PLAIN = new Set(['from', 'to', 'state', 'outcome', 'direction', 'mode', 'kind', 'channel', 'version', 'late']);
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;
/** What can be nothing but a word of ours, a figure or a yes. */
const CLOSED = new Set(['enum', 'literal', 'boolean', 'number']);

interface Schema {
  def: { type: string; innerType?: unknown };
  safeParse: (value: unknown) => { success: boolean };
}

function isClosed({ def }: Schema): boolean {
  return def.innerType ? isClosed(def.innerType as Schema) : CLOSED.has(def.type);
}

/** By what the event may say there, not by how it looks: a name can look like a word of ours. */
function isTold(type: string, key: string, value: unknown): boolean {
  if (/Id$/u.test(key)) return typeof value === 'string' && UUID.test(value);
  if (value === null || !PLAIN.has(key) || !(type in EVENTS)) return false;
  const schema = (EVENTS[type as keyof typeof EVENTS].shape as Record<string, Schema>)[key];
  return schema !== undefined && isClosed(schema) && schema.safeParse(value).success;
}

export const bodyOf = ({ id, type, at, data, caseId, caseReference, caseVersion }: Told) => ({
  ...{ id, type, timestamp: at },
  data: {
    ...Object.fromEntries(Object.entries(data).filter(([key, value]) => isTold(type, key, value))),
    ...{ caseId, caseReference, caseVersion },
  },
});
