import { ChannelsHealth } from '#contracts';
import { waitFor } from '../support/wait.js';
import type { Staff } from './staff.js';
import { startWorld, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

const health = (who: Staff) => who.done('/channels/health', ChannelsHealth);

it('says that the way is clear, what mail came in, and words of others only to who looks after channels', async () => {
  const [agent, store, admin] = await Promise.all(
    ['agent', 'store', 'admin'].map((role) => world.login(`${role}@hilo.test`)),
  );
  if (!agent || !store || !admin) throw new Error('nobody is there');
  await waitFor(async () => (await health(agent)).road.works);
  const listening = (await health(store)).channels.find(({ key }) => key === 'smtp-in');
  expect(listening).toMatchObject({ channel: 'email', state: 'ok', reason: null });
  await world.database.query(`update channel_health set detail = 'said the server' where key = 'smtp-in'`);
  const detailFor = async (who: Staff) =>
    (await health(who)).channels.find(({ key }) => key === 'smtp-in')?.detail ?? null;
  expect(await Promise.all([agent, store, admin].map(detailFor))).toEqual([null, null, 'said the server']);
});
