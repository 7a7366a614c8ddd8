import type { EntityManager } from 'typeorm';
import { lockCase, type AwayService, type CaseService, type QueueService } from '#cases';
import type { Principal } from '#identity';
import type { StaffKey } from './carrier.js';
import { person, type Scene } from './scene.js';

/** Where work waits: the queues of the demo, beside the one that is always there and those of its stores. */
export type QueueKey = 'care' | 'repairs' | 'billing' | 'network' | 'complaints';

interface DemoQueue {
  name: string;
  skills: string[];
  members: StaffKey[];
}

const QUEUES: Record<Exclude<QueueKey, 'care'>, DemoQueue> = {
  repairs: { name: 'Averías y garantía', skills: ['averías'], members: ['marta', 'teo', 'sara', 'lidia'] },
  billing: { name: 'Facturas y cobros', skills: ['facturas'], members: ['noa', 'mar'] },
  network: { name: 'Red y roaming', skills: ['red'], members: ['ivan', 'teo', 'lidia'] },
  complaints: { name: 'Reclamaciones', skills: ['reclamaciones'], members: ['noa', 'sara'] },
};

/** The contact centre, which works what nobody else does; what is critical is the supervisor's. */
const CARE: StaffKey[] = ['marta', 'ivan', 'noa', 'teo', 'sara', 'mar', 'lidia'];

/** What each of them can do, and how many cases they carry. */
const WORKERS: Record<StaffKey, { capacity: number; skills?: string[]; languages?: ('es' | 'en')[] }> = {
  marta: { capacity: 14, skills: ['averías', 'préstamos'], languages: ['es', 'en'] },
  ivan: { capacity: 10, skills: ['red'], languages: ['es', 'en'] },
  noa: { capacity: 12, skills: ['facturas', 'reclamaciones'], languages: ['es', 'en'] },
  teo: { capacity: 12, skills: ['averías', 'red'], languages: ['es'] },
  sara: { capacity: 10, skills: ['averías', 'reclamaciones'], languages: ['es'] },
  mar: { capacity: 12, skills: ['facturas'], languages: ['es'] },
  lidia: { capacity: 8, skills: ['red', 'averías'], languages: ['es'] },
  ruben: { capacity: 8, skills: ['mostrador'] },
  ana: { capacity: 8, skills: ['mostrador'] },
  jon: { capacity: 8, skills: ['mostrador'] },
  dani: { capacity: 8, skills: ['mostrador'] },
  elena: { capacity: 10 },
  carlos: { capacity: 10 },
};

/** @returns the id of each queue */
export async function openQueues(
  tx: EntityManager,
  service: QueueService,
  people: Map<StaffKey, Principal>,
): Promise<Map<QueueKey, string>> {
  const by = person({ people }, 'carlos');
  const idsOf = (keys: StaffKey[]) => keys.flatMap((key) => people.get(key)?.id ?? []);
  const fixed: { id: string; kind: 'work' | 'escalation' }[] = await tx.query(
    `select id, kind from queue where is_default or kind = 'escalation'`,
  );
  const queues = new Map<QueueKey, string>();
  for (const { id, kind } of fixed) {
    if (kind === 'work') queues.set('care', id);
    await service.setMembers(tx, by, id, idsOf(kind === 'work' ? CARE : ['elena', 'carlos']));
  }
  for (const [key, { members, ...queue }] of Object.entries(QUEUES) as [Exclude<QueueKey, 'care'>, DemoQueue][])
    queues.set(key, await service.create(tx, by, { ...queue, kind: 'work', agentIds: idsOf(members) }));
  for (const [key, { capacity, skills = [], languages = [] }] of Object.entries(WORKERS) as [
    StaffKey,
    (typeof WORKERS)[StaffKey],
  ][])
    for (const agentId of idsOf([key])) await service.setWorker(tx, by, agentId, { capacity, skills, languages });
  return queues;
}

/** Cases of the day that belong in a queue of their own. */
const BELONGS: Record<Exclude<QueueKey, 'care'>, string[]> = {
  repairs: ['Pilar Ortega Sanchis', 'Óscar Prieto', 'Inés Quiroga', 'Gema Pardo Llorente', 'Hugo Cano', 'Andrés Lago'],
  billing: ['Begoña Uriarte', 'Joaquín Seoane', 'Rocío Vega'],
  network: ['Antonio Bermejo', 'Hassan El Idrissi', 'Mercè Soler i Vidal', 'Pau Ferrando'],
  complaints: ['Clara Montes'],
};

/** Puts them there. */
export async function spread(
  { tx, people }: Scene,
  cases: CaseService,
  queues: ReadonlyMap<QueueKey, string>,
): Promise<void> {
  const by = person({ people }, 'elena');
  for (const [key, names] of Object.entries(BELONGS) as [keyof typeof BELONGS, string[]][]) {
    const found: { id: string }[] = await tx.query(
      'select id from cases where is_open and customer_name = any($1) order by opened_at',
      [names],
    );
    for (const { id } of found) {
      const { version } = await lockCase(tx, by, id);
      await cases.change(tx, by, id, { queueId: queues.get(key), version });
    }
  }
}

/** Who is not there as the day is looked at. */
export async function sendAway(
  tx: EntityManager,
  away: AwayService,
  people: Map<StaffKey, Principal>,
  now: Date,
): Promise<void> {
  await away.begin(tx, person({ people }, 'sara'), new Date(now.getTime() + 70 * 60_000), 'Formación de producto');
}
