import type { Channel, Language } from '#contracts';

/**
 * Who gets a case nobody has: whoever knows the customer, else whoever is where they have been, else whoever has least to do; of
 * those who work its queue, have what it takes and the customer's language.
 */

export interface Candidate {
  id: string;
  name: string;
  storeId: string | null;
  /** Works at the contact centre or in the queue: takes what nobody in particular knows. */
  general: boolean;
  onShift: boolean;
  /** On shift by their own word, and not at their screen; or away, as they said. */
  away: boolean;
  /** Open cases they have. */
  load: number;
  capacity: number;
  /** Of the queue the case is in. */
  member: boolean;
  skills: readonly string[];
  /** In which they write to customers; none stated: any. */
  languages: readonly Language[];
  /** When and by which channel they dealt with this customer last; null: never. */
  handled: { at: string; channel: Channel } | null;
}

export interface RouteQuestion {
  candidates: readonly Candidate[];
  /** Who has it now. */
  assigneeId: string | null;
  /** Where the customer has been last. */
  store: { id: string; name: string } | null;
  /** The one the case is in: without members, anybody works it. */
  queue: { hasMembers: boolean; skills: readonly string[] };
  /** Of the customer. */
  language: Language;
}

/** What nobody had who might have taken it; each is looked at among those who had all before it. */
export type Missing = 'shift' | 'member' | 'skill' | 'language' | 'room';

export interface Routed {
  agentId: string | null;
  code: 'kept' | 'last_handler' | 'same_store' | 'least_load' | 'nobody';
  values: Record<string, string | number>;
}

type Needs = Pick<RouteQuestion, 'queue' | 'language'>;

/** What it takes to be given a case, in the order in which the lack of it is told. */
const NEEDS: readonly [Missing, (candidate: Candidate, needs: Needs) => boolean][] = [
  ['shift', ({ onShift, away }) => onShift && !away],
  ['member', ({ member }, { queue }) => member || !queue.hasMembers],
  ['skill', ({ skills }, { queue }) => queue.skills.every((skill) => skills.includes(skill))],
  ['language', ({ languages }, { language }) => languages.length === 0 || languages.includes(language)],
  ['room', ({ load, capacity }) => load < capacity],
];

/** Those who may be given it; when there is nobody, what was missing. */
function ableOf(candidates: readonly Candidate[], needs: Needs): { able: readonly Candidate[]; missing: Missing } {
  let able = candidates;
  let missing: Missing = 'shift';
  for (const [need, has] of NEEDS) {
    if (able.length > 0) missing = need;
    able = able.filter((candidate) => has(candidate, needs));
  }
  return { able, missing };
}

/** Ties go by id, so that the same question has the same answer. */
const leastLoad = (candidates: readonly Candidate[]): Candidate | undefined =>
  [...candidates].sort((a, b) => a.load - b.load || (a.id < b.id ? -1 : 1))[0];

const handledValues = ({ handled }: Candidate): Record<string, string> =>
  handled ? { at: handled.at, channel: handled.channel } : {};

export function route({ candidates, assigneeId, store, queue, language }: RouteQuestion): Routed {
  // Who has it keeps it while they are there; that they have no room for more is no reason to take it from them.
  const owner = candidates.find(({ id, onShift, away }) => id === assigneeId && onShift && !away);
  if (owner) return { agentId: owner.id, code: 'kept', values: handledValues(owner) };
  const { able, missing } = ableOf(candidates, { queue, language });
  const [last] = able
    .filter(({ handled }) => handled !== null)
    .sort((a, b) => Date.parse(b.handled?.at ?? '') - Date.parse(a.handled?.at ?? '') || (a.id < b.id ? -1 : 1));
  if (last) return { agentId: last.id, code: 'last_handler', values: handledValues(last) };
  const there = store && leastLoad(able.filter(({ storeId }) => storeId === store.id));
  if (there) return { agentId: there.id, code: 'same_store', values: { storeName: store.name } };
  const idle = leastLoad(able.filter(({ general }) => general));
  if (idle) return { agentId: idle.id, code: 'least_load', values: { load: idle.load } };
  // Somebody could take it, and is of another store: there is nobody here.
  return { agentId: null, code: 'nobody', values: { missing: able.length > 0 ? 'shift' : missing } };
}
