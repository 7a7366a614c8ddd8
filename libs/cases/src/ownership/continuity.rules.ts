import type { Channel } from '#contracts';

/** Who gets a case nobody has: whoever knows the customer, else whoever is where they have been, else whoever has least to do. */

export interface Candidate {
  id: string;
  name: string;
  storeId: string | null;
  /** Works at the contact centre: takes what nobody in particular knows. */
  general: boolean;
  onShift: boolean;
  /** On shift by their own word, and not at their screen. */
  away: boolean;
  /** Open cases they have. */
  load: number;
  capacity: number;
  /** When and by which channel they dealt with this customer last; null: never. */
  handled: { at: string; channel: Channel } | null;
}

export interface RouteQuestion {
  candidates: readonly Candidate[];
  /** Who has it now. */
  assigneeId: string | null;
  /** Where the customer has been last. */
  store: { id: string; name: string } | null;
}

export interface Routed {
  agentId: string | null;
  code: 'kept' | 'last_handler' | 'same_store' | 'least_load' | 'nobody';
  values: Record<string, string | number>;
}

const free = ({ onShift, away, load, capacity }: Candidate): boolean => onShift && !away && load < capacity;

/** Ties go by id, so that the same question has the same answer. */
const leastLoad = (candidates: readonly Candidate[]): Candidate | undefined =>
  [...candidates].sort((a, b) => a.load - b.load || (a.id < b.id ? -1 : 1))[0];

const handledValues = ({ handled }: Candidate): Record<string, string> =>
  handled ? { at: handled.at, channel: handled.channel } : {};

export function route({ candidates, assigneeId, store }: RouteQuestion): Routed {
  // Who has it keeps it while they are there; that they have no room for more is no reason to take it from them.
  const owner = candidates.find(({ id, onShift, away }) => id === assigneeId && onShift && !away);
  if (owner) return { agentId: owner.id, code: 'kept', values: handledValues(owner) };
  const able = candidates.filter(free);
  const [last] = able
    .filter(({ handled }) => handled !== null)
    .sort((a, b) => Date.parse(b.handled?.at ?? '') - Date.parse(a.handled?.at ?? '') || (a.id < b.id ? -1 : 1));
  if (last) return { agentId: last.id, code: 'last_handler', values: handledValues(last) };
  const there = store && leastLoad(able.filter(({ storeId }) => storeId === store.id));
  if (there) return { agentId: there.id, code: 'same_store', values: { storeName: store.name } };
  const idle = leastLoad(able.filter(({ general }) => general));
  if (idle) return { agentId: idle.id, code: 'least_load', values: { load: idle.load } };
  return { agentId: null, code: 'nobody', values: {} };
}
