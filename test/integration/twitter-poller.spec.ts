import { MentionPoller, TwitterMedia, TwitterPoller } from '#channels';
import { waitFor } from '../support/wait.js';
import { CARE, LUCIA, PICTURE, PNG, SECOND, TwitterWorld } from './twitter.world.js';

let world: TwitterWorld;
beforeEach(async () => {
  world = await TwitterWorld.start();
  world.withoutWebhooks();
});
afterEach(() => world.end());

const QUARTER_HOUR = 15 * 60_000;
const cursor = async (): Promise<string | undefined> => {
  const [row] = await world.rows<{ key: string; value: string }>('select key, value from channel_cursor');
  return row?.value;
};
const writeMany = async (count: number): Promise<string[]> => {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) ids.push(await world.write(`Mensaje ${index}`));
  return ids;
};

/** Ends the connection that holds the right to poll in this database. */
const cutOff = () =>
  world.rows(
    `select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database
     where l.locktype = 'advisory' and l.classid = 4846 and d.datname = current_database()`,
  );

describe('what breaks for one account', () => {
  it('keeps neither the others nor the mentions from their looks, and is told', async () => {
    await world.connect();
    const id = await world.write('A la segunda', undefined, { to: SECOND });
    await world.control('POST', `/customers/${LUCIA}/post`, { text: '@nexo_tiendas ¿abrís hoy?' });
    // Nobody can read where the first account was.
    await world.rows(`insert into channel_cursor values ($1, 'nowhere', now())`, [`twitter:${CARE}`]);
    const mentions = world.get(MentionPoller);
    const look = mentions.poll.bind(mentions);
    mentions.poll = (userId) => (userId === CARE ? Promise.reject(new Error('no mentions')) : look(userId));
    world.poller.start();
    await waitFor(async () => (await world.interactions()).length === 2);
    await world.poller.stop();
    expect(await world.taken()).toContain(id);
    expect(world.logged.some((line) => line.includes('nowhere'))).toBe(true);
  });
});

describe('a look at X', () => {
  it('takes what no webhook brought, and the second finds nothing', async () => {
    expect(await world.poller.poll()).toBe(0);
    expect(await cursor()).toBeUndefined();
    const ids = await writeMany(3);
    expect(await world.poller.poll()).toBe(3);
    expect(await world.taken()).toEqual(ids);
    expect(await cursor()).toBe(ids.at(-1));
    expect(await world.poller.poll()).toBe(0);
    expect(await world.interactions()).toHaveLength(3);
    expect(await world.rows('select handle, value from contact_point')).toEqual([
      { handle: 'lucia_ferrer', value: LUCIA },
    ]);
  });

  it('does not make twice what the webhook has brought', async () => {
    world.fair();
    const id = await world.write('Hola');
    await waitFor(async () => (await world.interactions()).length === 1);
    expect(await world.poller.poll()).toBe(0);
    expect(await cursor()).toBe(id);
    await world.control('POST', '/webhooks/redeliver', { dmId: id, copies: 3 });
    expect(await world.interactions()).toMatchObject([{ externalId: id }]);
  });

  it('makes one of a message that comes both ways at the same moment', async () => {
    world.fair();
    const ids = await Promise.all(
      Array.from({ length: 10 }, async (_one, index) => {
        const [id] = await Promise.all([world.write(`Mensaje ${index}`), world.poller.poll()]);
        return id;
      }),
    );
    await waitFor(async () => (await world.interactions()).length === 10);
    await world.poller.poll();
    expect((await world.taken()).sort()).toEqual(ids.sort());
    expect(await world.rows('select from cases')).toHaveLength(1);
  });

  it('after a downtime fills in every page, oldest first', async () => {
    await writeMany(2);
    expect(await world.poller.poll()).toBe(2);
    const missed = await writeMany(250);
    const dialled = await world.dialled(async () => expect(await world.poller.poll()).toBe(250));
    expect(dialled).toBe(4);
    expect((await world.taken()).slice(2)).toEqual(missed);
    expect(await cursor()).toBe(missed.at(-1));
  });

  it('takes what has become visible late, before the cursor', async () => {
    const [early] = await writeMany(1);
    const newest = (BigInt(early ?? 0) + 1000n).toString();
    await world.rows(`insert into channel_cursor values ($1, $2, now())`, ['twitter:1700000000000000001', newest]);
    expect(await world.poller.poll()).toBe(1);
    expect(await cursor()).toBe(newest);
  });

  it('has more time for a film than X gives a webhook', async () => {
    const media = world.get(TwitterMedia);
    const fetch = media.fetch.bind(media);
    const limits: number[] = [];
    let withinMs: number | null = 1;
    media.fetch = (links, userId, limit) => {
      limits.push(limit);
      return fetch(links, userId, withinMs ?? limit);
    };
    await world.write('Así está', PICTURE);
    await world.poller.poll();
    expect(await world.rows('select from attachment')).toHaveLength(0);
    withinMs = null;
    await world.write('Y así', PICTURE);
    await world.poller.poll();
    expect(await world.rows('select from attachment')).toHaveLength(1);
    world.fair();
    await world.write('Y así por el webhook', PICTURE);
    await waitFor(async () => (await world.interactions()).length === 3);
    expect(limits).toEqual([20_000, 20_000, 5000]);
  });

  it('brings pictures and our own messages written elsewhere', async () => {
    await world.write('Así está', PICTURE);
    await world.writeInX('Lo vemos');
    expect(await world.poller.poll()).toBe(2);
    expect(await world.interactions()).toMatchObject([
      { direction: 'inbound', text: 'Así está' },
      { direction: 'outbound', text: 'Lo vemos', author: '@nexo_ayuda' },
    ]);
    const [file] = await world.rows<{ storage_key: string }>('select storage_key from attachment');
    expect(await world.file(file?.storage_key)).toEqual(PNG);
  });

  it('sets a message aside that cannot be stored, and takes the others', async () => {
    const [first, second, third] = await writeMany(3);
    await world.rows(`alter table interaction add constraint refused check (text <> 'Mensaje 1')`);
    expect(await world.poller.poll()).toBe(2);
    expect(await world.taken()).toEqual([first, third]);
    const [reject] = await world.rejects();
    expect(reject).toMatchObject({ reason: 'twitter.not_stored', sender: LUCIA });
    expect((await world.file(reject?.storageKey)).toString()).toContain(`"id":"${second}"`);
    expect(await cursor()).toBe(third);
  });

  it('leaves the cursor where it was when nothing can be stored', async () => {
    await writeMany(1);
    const held = world.database.query.bind(world.database);
    await world.rows('alter function intake(jsonb) rename to intake_away');
    await expect(world.poller.poll()).rejects.toThrow('intake');
    expect(await cursor()).toBeUndefined();
    await held('alter function intake_away(jsonb) rename to intake');
    expect(await world.poller.poll()).toBe(1);
  });
});

describe('limits of X', () => {
  it('are waited out: not one call while they last', async () => {
    await writeMany(1);
    world.weather({ twitter: { limitForSeconds: 60 } });
    expect(await world.dialled(() => world.poller.poll())).toBe(1);
    expect(await world.dialled(() => world.poller.poll())).toBe(0);
    world.weather({ twitter: { limitForSeconds: 0 } });
    world.aheadMs = 30_000;
    expect(await world.dialled(() => world.poller.poll())).toBe(0);
    world.aheadMs = 62_000;
    expect(await world.poller.poll()).toBe(1);
  });

  it('are never overdrawn: the sixteenth call of a quarter of an hour waits for the next', async () => {
    world.weather({ twitter: { rateLimits: 'strict' } });
    const dialled = await world.dialled(async () => {
      for (let round = 0; round < 20; round += 1) await world.poller.poll();
    });
    expect(dialled).toBe(15);
  });

  it('interrupt a catching-up, which goes on where it stopped', async () => {
    world.weather({ twitter: { rateLimits: 'strict' } });
    await writeMany(1);
    for (let round = 0; round < 13; round += 1) await world.poller.poll();
    const missed = await writeMany(250);
    expect(await world.poller.poll()).toBe(0);
    expect(await world.taken()).toHaveLength(1);
    world.weather({ twitter: { rateLimits: 'generous' } });
    expect(await world.dialled(() => world.poller.poll())).toBe(0);
    world.aheadMs = QUARTER_HOUR + 1000;
    const dialled = await world.dialled(async () => expect(await world.poller.poll()).toBe(250));
    expect(dialled).toBe(2);
    expect((await world.taken()).slice(1)).toEqual(missed);
  });
});

describe('trouble with X', () => {
  it.each([
    ['an error', { errorNext: 1 }, {}],
    ['withdrawn keys', { unauthorised: true }, { unauthorised: false }],
  ])('%s passes, and the next look finds all', async (_name, trouble, cure) => {
    await writeMany(2);
    world.weather({ twitter: trouble });
    expect(await world.poller.poll()).toBe(0);
    world.weather({ twitter: cure });
    world.aheadMs += 61_000;
    expect(await world.poller.poll()).toBe(2);
  });

  it('without credit, X is left alone for minutes', async () => {
    await writeMany(1);
    world.weather({ twitter: { outOfCredits: true } });
    expect(await world.poller.poll()).toBe(0);
    world.weather({ twitter: { outOfCredits: false } });
    world.aheadMs = 240_000;
    expect(await world.dialled(() => world.poller.poll())).toBe(0);
    world.aheadMs = 301_000;
    expect(await world.poller.poll()).toBe(1);
  });
});

describe('the loop', () => {
  it('goes on after errors until it is stopped', async () => {
    world.weather({ twitter: { errorNext: 2 } });
    world.poller.start();
    const id = await world.write('Hola');
    await waitFor(async () => (await world.taken()).includes(id));
    await world.poller.stop();
    await world.write('Adiós');
    expect(await world.dialled(() => waitFor(async () => (await cursor()) === id))).toBe(0);
  });

  it('runs in one process at a time, and another takes over', async () => {
    await writeMany(1);
    expect(await world.poller.poll()).toBe(1);
    const other = await world.product(world.databaseUrl);
    const otherPoller = other.get(TwitterPoller);
    await writeMany(1);
    expect(await otherPoller.poll()).toBe(0);
    await world.poller.stop();
    expect(await otherPoller.poll()).toBe(1);
    await otherPoller.stop();
  });

  it('takes its right anew when the database has cut it off, and stops when there is none', async () => {
    await writeMany(1);
    expect(await world.poller.poll()).toBe(1);
    await cutOff();
    await writeMany(1);
    await waitFor(async () => (await world.poller.poll()) === 1);
    await cutOff();
    await world.poller.stop();
  });
});
