import { LiveServer } from '../../apps/api/src/live/live-server.js';
import { ChannelHealth } from '#channels';
import { waitFor } from '../support/wait.js';
import { Listener } from './live.js';
import { Staff } from './staff.js';
import { startWorld, type World } from './world.js';

const HOUR_MS = 3_600_000;

describe('sockets on /live', () => {
  let world: World;
  let agent: Staff;
  let rubén: Staff;

  beforeAll(async () => {
    world = await startWorld();
    agent = await world.login('agent@hilo.test');
    rubén = await world.login('store@hilo.test');
  });
  afterAll(() => world?.stop());

  const visitAt = (storeId: string) =>
    agent.visit({ storeId, customer: { displayName: 'Ana', phone: newPhone() }, text: 'Viene a preguntar.' });

  it('ring at store staff for the cases of their store only', async () => {
    const [everywhere, goya] = await Promise.all([Listener.open(agent), Listener.open(rubén)]);
    const person = await world.outside.newcomer();
    await world.outside.writeDm(person, 'No es de ninguna tienda.');
    const granvia = await visitAt(world.stores.granvia);
    const own = await visitAt(world.stores.goya);
    await everywhere.hears(own.caseId, 'case.opened');
    await everywhere.hears(granvia.caseId, 'case.opened');
    // Rings keep their order on a socket: what came before this one would be here.
    await goya.hears(own.caseId, 'case.opened');
    expect([...goya.cases]).toEqual([own.caseId]);
    expect(everywhere.cases.size).toBeGreaterThanOrEqual(3);

    // A case comes into sight with the first visit to the store, and everything on it from then on.
    await rubén.visit({ storeId: world.stores.goya, caseReference: granvia.caseReference, text: 'Ahora está aquí.' });
    await goya.hears(granvia.caseId, 'interaction.received');
    goya.close();
    everywhere.close();
  });

  it('ring once for many cases at who asks for that, within the same sight, and case by case at everybody else', async () => {
    const [single, many, goya] = await Promise.all([
      Listener.open(agent),
      Listener.open(agent, {}, { batched: true }),
      Listener.open(rubén, {}, { batched: true }),
    ]);
    const granvia = await visitAt(world.stores.granvia);
    const own = await visitAt(world.stores.goya);
    for (const listener of [single, many]) {
      await listener.hears(granvia.caseId, 'case.opened');
      await listener.hears(own.caseId, 'case.opened');
    }
    await goya.hears(own.caseId, 'case.opened');
    expect([...goya.cases]).toEqual([own.caseId]);
    expect(new Set(single.events)).toEqual(new Set(['case.changed']));
    for (const listener of [many, goya]) expect(new Set(listener.events)).toEqual(new Set(['cases.changed']));
    for (const listener of [single, many, goya]) listener.close();
  });

  it('ring when a channel changes, at everybody who may see how the channels are doing', async () => {
    const listeners = await Promise.all([Listener.open(agent), Listener.open(rubén, {}, { batched: true })]);
    const health = world.product.app.get(ChannelHealth);
    await health.report('imap:quiet', { channel: 'email', label: 'quiet@hilo.test', state: 'stopped' });
    for (const { channels } of listeners) await waitFor(() => channels.find(({ state }) => state === 'stopped'));
    await health.forget('imap:quiet');
    for (const { channels } of listeners) await waitFor(() => channels.find(({ state }) => state === null));
    for (const listener of listeners) listener.close();
  });

  it('do not open without a session, nor for a page of another site', async () => {
    const strangers: [Record<string, string>, string][] = [
      [{}, 'session.required'],
      [{ cookie: 'hilo_session=guess' }, 'session.expired'],
      [{ authorization: 'Bearer guess' }, 'session.required'],
    ];
    for (const [headers, code] of strangers)
      await expect(Listener.open(new Staff(world.url, headers))).rejects.toThrow(code);
    await expect(Listener.open(agent, { origin: 'https://evil.test' })).rejects.toThrow('session.cross_site');
    const same = await Listener.open(agent, { origin: world.url });
    same.close();
  });

  it('close with the session they were opened with, and only those', async () => {
    const [first, second] = await Promise.all([world.login('agent@hilo.test'), world.login('agent@hilo.test')]);
    const [ending, staying] = await Promise.all([Listener.open(first), Listener.open(second)]);
    const logout = await first.ask('/session', { method: 'DELETE' });
    expect(logout.status).toBe(204);
    await waitFor(() => ending.ended);
    expect(ending.ended).toBe('io server disconnect');
    const after = await first.ask('/cases');
    expect([after.status, after.body]).toEqual([401, expect.objectContaining({ code: 'session.expired' })]);
    await expect(Listener.open(first)).rejects.toThrow('session.expired');

    const { caseId } = await visitAt(world.stores.goya);
    await staying.hears(caseId, 'case.opened');
    expect(staying.ended).toBeNull();
    staying.close();
  });

  it('hear nothing any more once their session has run out', async () => {
    const staff = await world.login('agent@hilo.test');
    const listener = await Listener.open(staff);
    world.clock.advance(13 * HOUR_MS);
    const answer = await staff.ask('/cases');
    expect([answer.status, answer.body]).toEqual([401, expect.objectContaining({ code: 'session.expired' })]);
    await expect(Listener.open(staff)).rejects.toThrow('session.expired');
    // The look that is taken every minute.
    await world.product.app.get(LiveServer).dropStrangers();
    await waitFor(() => listener.ended);
    expect(listener.ended).toBe('io server disconnect');
  });
});

let phones = 0;
const newPhone = (): string => `+34612${String((phones += 1)).padStart(6, '0')}`;
