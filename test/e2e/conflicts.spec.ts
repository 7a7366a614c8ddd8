import { z } from 'zod';
import { InteractionEntry, NoteEntry, TimelinePage } from '#contracts';
import { ledger } from './ledger.js';
import { waitFor } from '../support/wait.js';
import type { Person } from './outside.js';
import { type Answer, errorOf, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

const Unseen = z.object({ entries: z.array(z.union([InteractionEntry, NoteEntry])) });

describe('two people on one case', () => {
  let world: World;
  let agent: Staff;
  let other: Staff;
  let person: Person;
  let caseId: string;

  beforeAll(async () => {
    world = await startWorld();
    [agent, other] = await Promise.all([world.login('agent@hilo.test'), world.login('supervisor@hilo.test')]);
  });
  beforeEach(async () => {
    person = await world.outside.newcomer();
    await world.outside.writeDm(person, 'No tengo línea.');
    const [row] = await waitFor(async () => {
      const rows = await agent.cases(`q=${person.handle}`);
      return rows.length === 1 && rows;
    });
    caseId = row?.id ?? '';
  });
  afterAll(() => world?.stop());

  async function refusedWith(attempt: () => Promise<Answer>, status: number, code: string): Promise<unknown> {
    const before = await ledger(world);
    const error = errorOf(await attempt());
    expect({ status: error.status, code: error.code }).toEqual({ status, code });
    expect(await ledger(world)).toEqual(before);
    return error.details;
  }

  const patch = (staff: Staff, body: Record<string, unknown>) =>
    staff.ask(`/cases/${caseId}`, { method: 'PATCH', body });
  const write = (text: string, lastSeenEntryId?: string) =>
    agent.ask(`/cases/${caseId}/replies`, { method: 'POST', body: { channel: 'twitter', text, lastSeenEntryId } });
  const lastEntry = async (): Promise<string> => {
    const { items } = await agent.done(`/cases/${caseId}/timeline`, TimelinePage);
    return items.at(-1)?.id ?? '';
  };

  it('a change to a case that has changed meanwhile is refused, and says which version it has', async () => {
    const { version } = await agent.case(caseId);
    expect((await patch(other, { priority: 'high', version })).status).toBe(200);
    const details = await refusedWith(
      () => patch(agent, { status: 'understood', version }),
      409,
      'case.version_conflict',
    );
    expect(details).toEqual({ version: version + 1 });
    expect((await agent.case(caseId)).status).toBe('new');
  });

  it('an answer is refused while there are words its writer has not seen, and shows them', async () => {
    const seen = await lastEntry();
    await world.outside.writeDm(person, 'Ah, y tampoco datos.');
    await waitFor(async () => (await agent.interactions(caseId)).length === 2);
    await other.ask(`/cases/${caseId}/notes`, { method: 'POST', body: { text: 'Está avisado el técnico.' } });
    const details = await refusedWith(() => write('Reinicia el móvil.', seen), 409, 'case.unseen_entries');
    const { entries } = Unseen.parse(details);
    expect(entries.map(({ text }) => text)).toEqual(['Ah, y tampoco datos.', 'Está avisado el técnico.']);
    expect((await write('Reinicia el móvil.', await lastEntry())).status).toBe(201);
  });

  it('their own words and what the house did are no news to a writer', async () => {
    const seen = await lastEntry();
    expect((await write('Primera parte.', seen)).status).toBe(201);
    const { version } = await agent.case(caseId);
    await patch(other, { status: 'understood', version });
    expect((await write('Segunda parte.', seen)).status).toBe(201);
  });

  it.each([
    ['a wait without a reason', { status: 'waiting' }, 400, 'request.invalid'],
    ['a status only the house sets', { status: 'merged' }, 400, 'request.invalid'],
    ['somebody who does not exist', { assigneeId: '00000000-0000-4000-8000-000000000000' }, 404, 'agent.not_found'],
    ['a queue that does not exist', { queueId: '00000000-0000-4000-8000-000000000000' }, 404, 'queue.not_found'],
  ])('%s is refused', async (_what, body, status, code) => {
    const { version } = await agent.case(caseId);
    await refusedWith(() => patch(agent, { ...body, version }), status, code);
  });

  it('an answer too long for X, or by mail to somebody without an address, is refused', async () => {
    await refusedWith(() => write('x'.repeat(10_001)), 422, 'reply.too_long');
    const mail = { channel: 'email', text: 'Hola' };
    const byMail = () => agent.ask(`/cases/${caseId}/replies`, { method: 'POST', body: mail });
    await refusedWith(byMail, 422, 'thread.unreachable');
  });

  it('a closed case takes no answer, and the next message opens a new one', async () => {
    const { version } = await agent.case(caseId);
    const spam = await patch(agent, { status: 'spam', version });
    expect(spam.status).toBe(200);
    await refusedWith(() => write('¿Hola?'), 409, 'case.over');
    await world.outside.writeDm(person, 'Otra cosa.');
    const [next] = await waitFor(async () => {
      const rows = await agent.cases(`view=open&q=${person.handle}`);
      return rows.length === 1 && rows;
    });
    expect(next?.id).not.toBe(caseId);
    const { version: closedAt } = await agent.case(caseId);
    await refusedWith(() => patch(agent, { status: 'new', version: closedAt }), 409, 'case.customer_has_open');
    const back = { status: 'understood', version: closedAt };
    await refusedWith(() => patch(agent, back), 409, 'case.transition_forbidden');
  });
});
