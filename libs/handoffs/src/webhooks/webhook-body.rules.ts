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
const WORD = /^[a-z_]{1,40}$/u;

function isTold(key: string, value: unknown): boolean {
  if (typeof value === 'string') return /Id$/u.test(key) ? UUID.test(value) : PLAIN.has(key) && WORD.test(value);
  return PLAIN.has(key) && (typeof value === 'number' || typeof value === 'boolean');
}

export const bodyOf = ({ id, type, at, data, caseId, caseReference, caseVersion }: Told) => ({
  ...{ id, type, timestamp: at },
  data: {
    ...Object.fromEntries(Object.entries(data).filter(([key, value]) => isTold(key, value))),
    ...{ caseId, caseReference, caseVersion },
  },
});
