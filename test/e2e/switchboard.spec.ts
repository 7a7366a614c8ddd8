import { z } from 'zod';
import { CallAnswer, type InteractionEntry, TimelinePage } from '#contracts';
import { waitFor } from '../support/wait.js';
import { Listener } from './live.js';
import { ask, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

const PHONE = '+34612407718';
const Call = z.object({
  id: z.string(),
  state: z.string(),
  told: z.array(z.object({ what: z.string(), status: z.number().nullable() })),
});

describe('a customer telephones', () => {
  let world: World;
  let agent: Staff;
  let customer: string;
  let caseId: string;

  beforeAll(async () => {
    world = await startWorld();
    agent = await world.login('agent@hilo.test');
    ({ id: customer } = await control('/customers', z.object({ id: z.string() }), {
      displayName: 'Lucía Ferrer',
      phone: PHONE,
    }));
    const visit = await agent.ask('/calls', {
      method: 'POST',
      body: {
        phone: PHONE,
        direction: 'outbound',
        outcome: 'answered',
        text: 'Sin línea',
        displayName: 'Lucía Ferrer',
      },
    });
    ({ caseId } = CallAnswer.parse(visit.body));
  });
  afterAll(() => world?.stop());

  const control = async <T extends z.ZodType>(path: string, shape: T, body: unknown = {}): Promise<z.output<T>> => {
    const answer = await ask(`${world.sandbox.url}/control${path}`, { method: 'POST', body });
    expect(answer.status).toBeLessThan(300);
    return shape.parse(answer.body);
  };
  const calls = async () =>
    (await agent.done(`/cases/${caseId}/timeline`, TimelinePage)).items.filter(
      (entry): entry is InteractionEntry => entry.type === 'interaction' && entry.direction === 'inbound',
    );

  it('it rings at the desk, and once it is over the call stands on their case', async () => {
    const watching = await Listener.open(agent);
    const { id } = await control(`/customers/${customer}/call`, Call, { extension: '204' });
    expect(await waitFor(() => watching.calls[0])).toMatchObject({ phone: PHONE, extension: '204' });
    watching.close();
    await control(`/calls/${id}/answer`, Call);
    world.clock.advance(42_000);
    const { told } = await control(`/calls/${id}/hang-up`, Call);
    expect(told).toEqual([
      { what: 'ringing', status: 202 },
      { what: 'record', status: 200 },
    ]);
    const [entry] = await waitFor(async () => ((await calls()).length === 1 ? calls() : undefined));
    expect(entry?.call).toEqual({
      outcome: 'answered',
      times: 1,
      durationSeconds: expect.any(Number) as number,
      extension: '204',
    });
    expect(entry?.call?.durationSeconds).toBeGreaterThanOrEqual(42);
  });

  it('nobody picks up: that stands there too', async () => {
    const { id } = await control(`/customers/${customer}/call`, Call);
    await control(`/calls/${id}/hang-up`, Call, { unanswered: 'busy' });
    const entries = await waitFor(async () => ((await calls()).length === 2 ? calls() : undefined));
    expect(entries.at(-1)?.call).toMatchObject({ outcome: 'busy', durationSeconds: 0, extension: null });
  });

  it('a number that is withheld rings nowhere by name and stays off every case', async () => {
    const watching = await Listener.open(agent);
    const { id, told } = await control(`/customers/${customer}/call`, Call, { withheld: true });
    expect(told).toEqual([]);
    expect((await control(`/calls/${id}/hang-up`, Call)).told).toEqual([{ what: 'record', status: 200 }]);
    expect(await calls()).toHaveLength(2);
    expect(watching.calls).toEqual([]);
    watching.close();
  });
});
