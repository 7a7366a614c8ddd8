import type { EntityManager } from 'typeorm';
import type { LadderBody, NewPolicyBody } from '#contracts';
import type { Principal } from '#identity';
import type { LadderService, PolicyService } from '#sla';
import type { QueueKey } from './queues.js';

const HOUR = 60;
const DAY = 24 * HOUR;

/** Whom the carrier promises more; all others go by what is there from the start. */
const POLICIES: NewPolicyBody[] = [
  {
    name: 'Clientes oro',
    conditions: { tiers: ['gold'] },
    targets: {
      first_useful_action: { minutes: 45, calendar: 'house' },
      next_response: { minutes: 90, calendar: 'house' },
      silence: { minutes: DAY, calendar: 'always' },
      relief: { minutes: DAY, calendar: 'always' },
      resolution: { minutes: 4 * DAY, calendar: 'always' },
      partner_answer: { minutes: DAY, calendar: 'house' },
    },
  },
  {
    name: 'Sin llamadas',
    conditions: { lacks: ['calls'] },
    targets: {
      first_useful_action: { minutes: HOUR, calendar: 'house' },
      next_response: { minutes: 2 * HOUR, calendar: 'house' },
      silence: { minutes: DAY, calendar: 'always' },
      relief: { minutes: DAY, calendar: 'always' },
      resolution: { minutes: 5 * DAY, calendar: 'always' },
      partner_answer: { minutes: DAY, calendar: 'house' },
    },
  },
];

const EVERY_ANSWER: LadderBody['rungs'][number]['metrics'] = ['first_useful_action', 'next_response', 'next_update'];

/** Complaints have a date by law: their ladder is steeper. */
const COMPLAINTS: LadderBody['rungs'] = [
  rung({ share: 0.5 }, EVERY_ANSWER, ['owner']),
  { ...rung({ afterBreachMinutes: 0 }, EVERY_ANSWER, ['owner', 'supervisors']), acknowledgeMinutes: 10 },
  { ...rung({ unacknowledged: true }, EVERY_ANSWER, ['supervisors', 'admins']), accountable: 'supervisor' },
  { ...rung({ share: 0.8 }, ['resolution'], ['owner', 'supervisors']), priority: 'high' },
];

function rung(
  when: LadderBody['rungs'][number]['when'],
  metrics: LadderBody['rungs'][number]['metrics'],
  tell: LadderBody['rungs'][number]['tell'],
): LadderBody['rungs'][number] {
  return { when, metrics, tell, accountable: null, queueId: null, priority: null, acknowledgeMinutes: null };
}

/** How long things may take for whom, and what happens when they take longer. */
export async function keepTerms(
  tx: EntityManager,
  { policies, ladders }: { policies: PolicyService; ladders: LadderService },
  by: Principal,
  queues: ReadonlyMap<QueueKey, string>,
): Promise<void> {
  for (const policy of POLICIES) await policies.create(tx, by, policy);
  const queueId = queues.get('complaints');
  if (queueId) await ladders.create(tx, by, { name: 'Reclamaciones', queueId, rungs: COMPLAINTS });
}
