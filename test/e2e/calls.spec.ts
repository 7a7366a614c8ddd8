import { Caller, CallImportAnswer } from '#contracts';
import { waitFor } from '../support/wait.js';
import { Listener } from './live.js';
import { errorOf, Staff } from './staff.js';
import { startWorld, type World } from './world.js';

describe('calls', () => {
  let world: World;
  let supervisor: Staff;
  let agent: Staff;

  beforeAll(async () => {
    world = await startWorld();
    supervisor = await Staff.login(world.url, 'supervisor@hilo.test', 'hilo-demo');
    agent = await Staff.login(world.url, 'agent@hilo.test', 'hilo-demo');
  });
  afterAll(() => world?.stop());

  const loginAgent = () => Staff.login(world.url, 'agent@hilo.test', 'hilo-demo');
  const form = (csv: string) => {
    const body = new FormData();
    body.append('file', new Blob([csv], { type: 'text/csv' }), 'llamadas.csv');
    return body;
  };
  const LIST =
    'Id;Teléfono;Sentido;Resultado;Fecha\n1;612 40 77 99;Entrante;Perdida;2026-03-01 10:04:00\n2;612 40 77 99;dentro;Perdida;2026-03-01 10:04:00\n';

  it('come as a list of the switchboard, line by line, once', async () => {
    const first = await supervisor.ask('/calls/import', { method: 'POST', body: form(LIST) });
    expect(first.status).toBe(200);
    expect(CallImportAnswer.parse(first.body)).toEqual({
      imported: 1,
      duplicates: 0,
      onCases: 0,
      refused: [{ line: 3, column: 'direction', message: expect.any(String) as string }],
    });
    const again = await supervisor.ask('/calls/import', { method: 'POST', body: form(LIST) });
    expect(CallImportAnswer.parse(again.body)).toMatchObject({ imported: 0, duplicates: 1 });
    const caller = await agent.ask('/callers?phone=612407799');
    expect(Caller.parse(caller.body)).toMatchObject({
      phone: '+34612407799',
      customer: null,
      calls: [{ outcome: 'no_answer' }],
    });
  });

  it('are refused when they are no list, too large a list, or not for this person', async () => {
    const refusal = async (who: Staff, body: unknown) =>
      errorOf(await who.ask('/calls/import', { method: 'POST', body }));
    expect(await refusal(supervisor, form('a;b\n1;2\n'))).toMatchObject({ status: 400, code: 'request.invalid' });
    expect(await refusal(supervisor, { calls: [] })).toMatchObject({ status: 400, code: 'request.invalid' });
    expect(await refusal(supervisor, form('x'.repeat(6 * 1024 * 1024)))).toMatchObject({
      status: 413,
      code: 'request.too_large',
    });
    expect(await refusal(agent, form(LIST))).toMatchObject({ status: 403, code: 'permission.denied' });
  });

  it('ring where their extension is at home, on every machine of its person', async () => {
    const ring = (extension: string, phone: string) =>
      supervisor.ask('/calls/ringing', { method: 'POST', body: { phone, extension } });
    const store = await Staff.login(world.url, 'store@hilo.test', 'hilo-demo');
    const [atWork, atHome] = [await Listener.open(agent), await Listener.open(await loginAgent())];
    const [others, counter] = [await Listener.open(supervisor), await Listener.open(store)];
    expect((await agent.ask('/people/me', { method: 'PATCH', body: { extension: ' 204 ' } })).body).toMatchObject({
      extension: '204',
    });
    await store.ask('/people/me', { method: 'PATCH', body: { extension: '301' } });
    await ring('204', '612407701');
    await ring('301', '612407702');
    await ring('999', '612407703');
    await ring('204', '612407704');
    await ring('', '612407705');
    const heard = (listener: Listener) => listener.calls.map(({ phone }) => phone.slice(-1)).join('');
    await waitFor(() => [atWork, atHome, others].every(({ calls }) => calls.at(-1)?.phone === '+34612407705'));
    await waitFor(() => counter.calls.length > 0);
    expect([atWork, atHome, others, counter].map(heard)).toEqual(['145', '145', '35', '2']);
    expect((await agent.ask('/people/me', { method: 'PATCH', body: { extension: null } })).body).toMatchObject({
      extension: null,
    });
    for (const listener of [atWork, atHome, others, counter]) listener.close();
  });

  it('ring at everybody who watches all cases when nobody has said whose the extension is', async () => {
    const watching = await Listener.open(agent);
    const answer = await supervisor.ask('/calls/ringing', {
      method: 'POST',
      body: { phone: '612 40 77 99', extension: '214' },
    });
    expect(answer.status).toBe(202);
    expect(await waitFor(() => watching.calls[0])).toMatchObject({ phone: '+34612407799', extension: '214' });
    watching.close();
  });
});
