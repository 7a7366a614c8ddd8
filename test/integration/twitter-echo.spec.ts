import { waitFor } from '../support/wait.js';
import { TwitterWorld } from './twitter.world.js';

let world: TwitterWorld;
/** Lucía has written; what X echoes comes by webhook and by poll. */
beforeEach(async () => {
  world = await TwitterWorld.start();
  await world.write('No tengo línea');
  await waitFor(async () => (await world.interactions()).length === 1);
});
afterEach(() => world.end());

const replies = async () => (await world.interactions()).filter(({ direction }) => direction === 'outbound');
const texts = async (): Promise<string[]> => (await world.received()).map(({ text }) => text);

/** Runs `work` after X has taken the message and before the delivery hears of it. */
function beforeTheAnswer(work: () => Promise<unknown>): void {
  const send = world.channel.send.bind(world.channel);
  world.channel.send = async (message) => {
    const outcome = await send(message);
    await work();
    return outcome;
  };
}

describe('the echo of a reply', () => {
  it('after the answer is the same reply', async () => {
    world.withoutWebhooks();
    const id = await world.reply('Lo miramos');
    const { state, externalId } = await world.deliver(id);
    expect(state).toBe('sent');
    await world.poller.poll();
    expect(await replies()).toMatchObject([{ id, externalId, author: 'Marta' }]);
  });

  it.each(['webhook', 'poll'])('before the answer is the same reply (%s)', async (way) => {
    if (way === 'poll') world.withoutWebhooks();
    let seen: string | null | undefined;
    beforeTheAnswer(async () => {
      if (way === 'poll') await world.poller.poll();
      else await waitFor(async () => (await replies())[0]?.externalId !== null);
      seen = (await replies())[0]?.externalId;
    });
    const id = await world.reply('Lo miramos: https://nexo.test/a & ya');
    const { state, externalId } = await world.deliver(id);
    expect(state).toBe('sent');
    expect(seen).toBe(externalId);
    expect(await replies()).toMatchObject([{ id, externalId, author: 'Marta' }]);
    expect((await world.received()).map((dm) => dm.id)).toEqual([externalId]);
  });

  it('in the same moment as the answer, many times over, is the same reply', async () => {
    world.weather({ webhooks: { envelope: 'both', copies: 5 } });
    const ids: string[] = [];
    for (let round = 0; round < 10; round += 1) {
      const id = await world.reply(`Respuesta ${round}`);
      const [{ state }] = await Promise.all([world.deliver(id), world.poller.poll()]);
      expect(state).toBe('sent');
      ids.push(id);
    }
    const { courier } = world.sandbox.outside;
    await waitFor(() => courier.deliveries.filter((one) => one.status === 200).length >= 100);
    expect((await replies()).map(({ id }) => id).sort()).toEqual(ids.sort());
    expect(await texts()).toHaveLength(10);
  });

  it('with no answer at all settles it: one message, sent', async () => {
    world.weather({ twitter: { resetAfterCommitNext: 1 } });
    const id = await world.reply('Lo miramos');
    expect(await world.deliver(id)).toMatchObject({ state: 'pending', reason: 'outcome.unknown' });
    await waitFor(async () => (await replies())[0]?.externalId !== null);
    const dialled = await world.dialled(async () => {
      expect(await world.deliver(id)).toMatchObject({ state: 'sent' });
    });
    expect(dialled).toBe(0);
    expect(await replies()).toHaveLength(1);
    expect(await texts()).toEqual(['Lo miramos']);
  });
});

describe('an unknown outcome without an echo', () => {
  it.each(['errorAfterCommitNext', 'resetAfterCommitNext'] as const)(
    'is asked for (%s): one message',
    async (fault) => {
      world.withoutWebhooks();
      world.weather({ twitter: { [fault]: 1 } });
      const id = await world.reply('Lo miramos');
      expect(await world.deliver(id)).toMatchObject({ state: 'pending', reason: 'outcome.unknown' });
      expect(await world.deliver(id)).toMatchObject({ state: 'sent' });
      await world.poller.poll();
      expect(await replies()).toHaveLength(1);
      expect(await texts()).toEqual(['Lo miramos']);
    },
  );

  it('that sent nothing is sent then: one message', async () => {
    world.withoutWebhooks();
    world.weather({ twitter: { errorNext: 1 } });
    const id = await world.reply('Lo miramos');
    expect(await world.deliver(id)).toMatchObject({ state: 'pending', reason: 'outcome.unknown' });
    expect(await texts()).toEqual([]);
    expect(await world.deliver(id)).toMatchObject({ state: 'sent' });
    expect(await texts()).toEqual(['Lo miramos']);
  });
});

describe('what is no echo', () => {
  it('the same words typed in X while nothing of ours is under way are a message of their own', async () => {
    const id = await world.reply('Gracias');
    await world.deliver(id);
    await world.writeInX('Gracias');
    await waitFor(async () => (await replies()).length === 2);
    expect((await replies()).map(({ author }) => author).sort()).toEqual(['@nexo_ayuda', 'Marta']);
  });

  it('older words are not taken for a reply that has only just begun', async () => {
    world.withoutWebhooks();
    await world.writeInX('Gracias');
    world.aheadMs = 120_000;
    const id = await world.reply('Gracias');
    await world.rows('update delivery set transmitting_at = $2 where interaction_id = $1', [id, world.now()]);
    expect(await world.poller.poll()).toBe(1);
    expect((await replies()).find((one) => one.id === id)?.externalId).toBeNull();
  });

  it('two replies with the same words get an id each', async () => {
    world.withoutWebhooks();
    const ids = [await world.reply('Gracias'), await world.reply('Gracias')];
    beforeTheAnswer(() => world.poller.poll());
    for (const id of ids) expect(await world.deliver(id)).toMatchObject({ state: 'sent' });
    const named = (await replies()).map(({ externalId }) => externalId).sort();
    expect(named).toEqual((await world.received()).map(({ id }) => id).sort());
  });
});
