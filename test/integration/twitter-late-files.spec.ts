import { LateFiles, TwitterMedia } from '#channels';
import { FakeClock } from '../support/clock.js';
import { waitFor } from '../support/wait.js';
import { CARE, LUCIA, PICTURE, PNG, TwitterWorld } from './twitter.world.js';

let world: TwitterWorld;
let clock: FakeClock;
beforeEach(async () => {
  clock = new FakeClock('2026-11-20T09:00:00Z');
  world = await TwitterWorld.start({ clock });
});
afterEach(() => world.end());

const MINUTE = 60_000;
const look = (late = world.get(LateFiles)) => late.look();
/** What a reader finds on the entries: what is said beside them, and their files. */
const entries = () =>
  world.rows<{ notices: { code: string; values: Record<string, string> }[]; files: string[] }>(
    `select i.notices, coalesce(array_agg(a.storage_key) filter (where a.id is not null), '{}') as files
     from interaction i left join attachment a on a.interaction_id = i.id group by i.id order by i.occurred_at, i.id`,
  );
const codes = async () => (await entries()).map(({ notices }) => notices.map(({ code }) => code));
const owed = () => world.rows<{ attempts: number }>(`select attempts from twitter_file where state = 'owed'`);
const told = () =>
  world.rows<{ outcome: string }>(
    `select data ->> 'outcome' as outcome from case_event where type = 'interaction.file_came' order by seq`,
  );

/** Lucía sends a picture X does not hand out just now. */
async function lateBy(errors: number): Promise<void> {
  world.weather({ twitter: { fileErrorNext: errors } });
  await world.write('Así está', PICTURE);
  await waitFor(async () => (await world.interactions()).length === 1);
}

describe('a picture the webhook had no time for', () => {
  it('comes later, and whoever looks at the case is told', async () => {
    await lateBy(2);
    expect(await codes()).toEqual([['twitter.files_coming']]);
    expect(await look()).toBe(false);
    expect(await owed()).toEqual([{ attempts: 0 }]);
    clock.advance(30_000);
    await look();
    expect(await owed()).toEqual([{ attempts: 1 }]);
    const [before] = await world.rows<{ version: number }>('select version from cases');
    clock.advance(30_000);
    await look();
    const [entry] = await entries();
    expect(entry?.notices).toEqual([]);
    expect(await world.file(entry?.files[0])).toEqual(PNG);
    expect(await told()).toEqual([{ outcome: 'fetched' }]);
    expect(await world.rows('select version from cases')).toEqual([{ version: (before?.version ?? 0) + 1 }]);
    expect(await world.rows('select from twitter_file')).toHaveLength(0);
  });

  it('is one attachment however often it is brought, by whoever', async () => {
    await lateBy(1);
    const other = (await world.product(world.databaseUrl)).get(LateFiles);
    // Two processes that both believe that it is theirs: the lease of the first ran out while X kept it waiting.
    const media = world.get(TwitterMedia);
    const store = media.store.bind(media);
    media.store = async (...args) => {
      clock.advance(10 * MINUTE);
      await other.look();
      return store(...args);
    };
    clock.advance(MINUTE);
    await look();
    expect((await entries())[0]?.files).toHaveLength(1);
    expect(await told()).toEqual([{ outcome: 'fetched' }]);
  });

  it('is brought by the next process when one dies in the middle', async () => {
    await lateBy(1);
    const media = world.get(TwitterMedia);
    const reached = Promise.withResolvers<void>();
    media.store = () => {
      reached.resolve();
      return new Promise(() => undefined);
    };
    clock.advance(MINUTE);
    void look();
    await reached.promise;
    const next = (await world.product(world.databaseUrl)).get(LateFiles);
    await look(next);
    expect((await entries())[0]?.files).toHaveLength(0);
    clock.advance(10 * MINUTE);
    await look(next);
    expect((await entries())[0]?.files).toHaveLength(1);
  });

  it('of an expired link is given up after three tries, with a word that says so', async () => {
    await lateBy(1);
    world.weather({ twitter: { noFiles: true } });
    for (let tries = 0; tries < 5; tries += 1) {
      clock.advance(MINUTE * 60);
      await look();
    }
    const [entry] = await entries();
    expect(entry).toMatchObject({ notices: [{ code: 'twitter.files_expired', values: { count: '1', tries: '3' } }] });
    expect(entry?.notices[0]?.values['addresses']).toMatch(/^https:\/\/ton\.twitter\.com\/\S+\.png$/);
    expect(await told()).toEqual([{ outcome: 'given_up' }]);
  });

  it('is given up after twelve tries, visibly', async () => {
    await lateBy(1000);
    for (let tries = 0; tries < 15; tries += 1) {
      clock.advance(MINUTE * 60 * 7);
      await look();
    }
    expect(world.sandbox.outside.knobs.current.twitter.fileErrorNext).toBe(1000 - 1 - 12);
    expect((await entries())[0]?.notices).toMatchObject([
      { code: 'twitter.files_not_fetched', values: { count: '1', tries: '12' } },
    ]);
    expect(await owed()).toEqual([]);
  });

  it('is not tried for ever when each try ends the process', async () => {
    await lateBy(1);
    const media = world.get(TwitterMedia);
    let tries = 0;
    media.store = () => {
      tries += 1;
      return new Promise(() => undefined);
    };
    for (let starts = 0; starts < 12; starts += 1) {
      clock.advance(10 * MINUTE);
      void look();
      await waitFor(() => tries === starts + 1);
    }
    clock.advance(10 * MINUTE);
    await look();
    expect([await codes(), await owed(), tries]).toEqual([[['twitter.files_not_fetched']], [], 12]);
  });

  it('waits while the account is closed, without a try', async () => {
    await lateBy(1);
    await world.rows(`update twitter_account set state = 'reconnect', open_at = $1`, [
      new Date(clock.now().getTime() + 5 * MINUTE),
    ]);
    clock.advance(MINUTE);
    await look();
    expect(await owed()).toEqual([{ attempts: 0 }]);
    clock.advance(5 * MINUTE);
    await look();
    expect((await entries())[0]?.files).toHaveLength(1);
  });

  it('of a message that is moved to another case goes along', async () => {
    await lateBy(1);
    await world.stranger('Antonio');
    const [other] = await world.rows<{ id: string }>(
      `insert into cases (id, reference, customer_id, status, queue_id, next_action, customer_name, channels, last_channel,
         last_direction, last_interaction_at, unread, version, opened_at)
       select new_id(), 'HILO-2', customer_id, 'closed', queue_id, next_action, customer_name, channels, last_channel,
         last_direction, last_interaction_at, 0, 1, opened_at from cases returning id`,
    );
    await world.rows('update interaction set case_id = $1', [other?.id]);
    clock.advance(MINUTE);
    await look();
    expect(await world.rows(`select case_id as id from case_event where type = 'interaction.file_came'`)).toEqual([
      other,
    ]);
  });
});

describe('a public post', () => {
  const post = (attachment: typeof PICTURE) =>
    world.control('POST', `/customers/${LUCIA}/post`, { text: '@nexo_ayuda mirad esto', attachment });

  it.each([
    ['aaa', PICTURE],
    ['xaa', PICTURE],
    ['aaa', { ...PICTURE, fileName: 'salto.gif', contentType: 'image/gif' }],
    ['xaa', { ...PICTURE, fileName: 'film.mp4', contentType: 'video/mp4' }],
  ] as const)('by %s brings its file with it, right after (%j)', async (envelope, file) => {
    world.weather({ webhooks: { envelope } });
    await post(file);
    await waitFor(async () => (await world.interactions()).length === 1);
    expect(await world.interactions()).toMatchObject([{ text: '@nexo_ayuda mirad esto' }]);
    expect(await codes()).toEqual([['twitter.files_coming']]);
    await look();
    expect(await codes()).toEqual([[]]);
    expect(await world.rows('select content_type as type, size::int from attachment')).toEqual([
      { type: file.contentType, size: PNG.length },
    ]);
  });

  it('that only polling finds does so as well, once', async () => {
    world.withoutWebhooks();
    await post(PICTURE);
    world.poller.start();
    await waitFor(async () => (await world.interactions()).length === 1);
    await world.poller.stop();
    await look();
    await world.rows('delete from channel_cursor');
    clock.advance(60 * MINUTE);
    world.poller.start();
    await waitFor(
      async () =>
        (await world.rows(`select from channel_cursor where key = $1`, [`twitter:${CARE}:mentions`])).length > 0,
    );
    await world.poller.stop();
    expect(await owed()).toEqual([]);
    expect((await entries()).map(({ files }) => files.length)).toEqual([1]);
  });
});

describe('a stop', () => {
  /** @returns milliseconds */
  async function timed(work: Promise<unknown>): Promise<number> {
    const began = performance.now();
    await work;
    return performance.now() - began;
  }

  it('does not wait for a film a look is fetching: the message is there, the film comes later', async () => {
    world.withoutWebhooks();
    world.weather({ twitter: { fileLatencyMs: 60_000 } });
    await world.write('Así está', PICTURE);
    const fetching = Promise.withResolvers<void>();
    const media = world.get(TwitterMedia);
    const store = media.store.bind(media);
    media.store = (...args) => {
      fetching.resolve();
      return store(...args);
    };
    world.poller.start();
    await fetching.promise;
    expect(await timed(world.poller.stop())).toBeLessThan(2000);
    expect(await codes()).toEqual([['twitter.files_coming']]);
    expect(await owed()).toEqual([{ attempts: 0 }]);
    expect(
      await world.rows(`select from pg_locks where locktype = 'advisory' and classid = 4846
      and database = (select oid from pg_database where datname = current_database())`),
    ).toHaveLength(0);
    world.weather({ twitter: { fileLatencyMs: 0 } });
    clock.advance(MINUTE);
    await look();
    expect((await entries())[0]?.files).toHaveLength(1);
  });

  it('does not wait for X either', async () => {
    world.withoutWebhooks();
    await world.poller.poll();
    world.weather({ twitter: { latencyMs: 10_000 } });
    await world.write('Hola');
    let asked = 0;
    const { agent } = world.client;
    const dial = agent.createConnection.bind(agent);
    agent.createConnection = (...args: Parameters<typeof dial>) => {
      asked += 1;
      return dial(...args);
    };
    world.poller.start();
    await waitFor(() => asked > 0);
    expect(await timed(world.poller.stop())).toBeLessThan(4500);
  });

  it('leaves a file in hand for the next start, and it was no try', async () => {
    await lateBy(1);
    world.weather({ twitter: { fileLatencyMs: 60_000 } });
    clock.advance(MINUTE);
    const late = world.get(LateFiles);
    late.start();
    await waitFor(async () => (await owed())[0]?.attempts === 1);
    expect(await timed(late.stop())).toBeLessThan(2000);
    expect(await owed()).toEqual([{ attempts: 0 }]);
    world.weather({ twitter: { fileLatencyMs: 0 } });
    late.start();
    await waitFor(async () => (await entries())[0]?.files.length === 1);
    await late.stop();
  });
});
