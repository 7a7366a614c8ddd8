import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isoTime } from '../clock.js';
import type { Call } from '../switchboard.js';
import { read } from './bodies.js';
import type { Outside } from './outside.js';

interface ById {
  Params: { id: string };
}

const DialBody = z.strictObject({
  /** Whose telephone of the carrier's; nobody's in particular without it. */
  extension: z.string().trim().min(1).max(40).nullish(),
  withheld: z.boolean().default(false),
});
/** How it ends when nobody picked up. */
const HangUpBody = z.strictObject({ unanswered: z.enum(['no_answer', 'busy', 'voicemail']).default('no_answer') });

/** A call in the words of the control API. */
export function callShape(call: Call) {
  const { startedAt, answeredAt, endedAt, told, ...rest } = call;
  const time = (at: number | null) => (at === null ? null : isoTime(at));
  return {
    ...rest,
    at: isoTime(startedAt),
    answeredAt: time(answeredAt),
    endedAt: time(endedAt),
    told: told.map(({ at, ...telling }) => ({ ...telling, at: isoTime(at) })),
  };
}

/** Telephoning: a customer rings the carrier, somebody there picks up or not, and one of them hangs up. */
export function callRoutes(app: FastifyInstance, { people, switchboard }: Outside): void {
  app.get('/control/calls', () => ({ items: switchboard.all().map(callShape) }));
  app.get<ById>('/control/calls/:id', (request) => callShape(switchboard.find(request.params.id)));
  app.post<ById>('/control/customers/:id/call', async (request, reply) => {
    const { extension, withheld } = read(DialBody, request.body ?? {});
    const call = await switchboard.dial(people.find(request.params.id), { extension: extension ?? null, withheld });
    return reply.code(201).send(callShape(call));
  });
  app.post<ById>('/control/calls/:id/answer', (request) => callShape(switchboard.answer(request.params.id)));
  app.post<ById>('/control/calls/:id/hang-up', async (request) => {
    const { unanswered } = read(HangUpBody, request.body ?? {});
    return callShape(await switchboard.hangUp(request.params.id, unanswered));
  });
}
