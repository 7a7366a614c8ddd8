import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { SendSlots, TwitterAccounts } from '#channels';
import { openDatabase } from '#platform';
import { FakeClock } from '../support/clock.js';
import { waitFor } from '../support/wait.js';
import { ANTONIO, CARE, LUCIA, TwitterWorld } from './twitter.world.js';

const QUARTER_MS = 900_000;
const CALM = { errorNext: 0, resetAfterCommitNext: 0, errorAfterCommitNext: 0, limitNext: 0 };

let world: TwitterWorld;
beforeEach(async () => {
  world = await TwitterWorld.start();
  await world.write('Hola');
  await world.write('Buenas', undefined, { from: ANTONIO });
  await waitFor(async () => (await world.interactions()).length === 2);
});
afterEach(() => world.end());

const sentTexts = (): string[] =>
  world.sandbox.outside.messages
    .all()
    .filter(({ senderId }) => senderId === CARE)
    .map(({ text }) => text);

/** Everything whose turn it is, tried by two processes at once. */
async function round(other = world.delivery): Promise<void> {
  const due = await world.due();
  await Promise.all(due.map((id, at) => world.deliver(id, at % 2 === 0 ? world.delivery : other)));
}

describe('the queue of an account', () => {
  it('a later reply never overtakes an earlier one to the same person', async () => {
    const first = await world.reply('uno');
    const second = await world.reply('dos');
    const elsewhere = await world.reply('tres', ANTONIO);
    expect((await world.due()).sort()).toEqual([first, elsewhere].sort());
    world.withoutWebhooks();
    world.weather({ twitter: { errorAfterCommitNext: 1 } });
    expect((await world.deliver(first)).state).toBe('pending');
    expect(await world.due()).not.toContain(second);
    world.aheadMs = 6000;
    await world.deliver(first);
    expect(await world.due()).toContain(second);
    await world.deliver(second);
    await world.deliver(elsewhere);
    expect(sentTexts()).toEqual(['uno', 'dos', 'tres']);
  });

  it('stops where the limit of X stops it, says when each leaves, and goes on', async () => {
    world.weather({ twitter: { rateLimits: 'strict', sendsPerWindow: 3, sendsPerDay: 1440 } });
    await world.deliver(await world.reply('0'));
    const ids = [];
    for (const text of ['1', '2', '3', '4', '5', '6']) ids.push(await world.reply(text));
    for (let tries = 0; tries < 6; tries += 1) await round();
    expect(sentTexts()).toEqual(['0', '1', '2']);
    expect(await world.due()).toEqual([]);
    const places = await world.rows<{ place: { position: number; eta: string } | null }>(
      'select twitter_place(d) as place from delivery d where interaction_id = any($1) order by interaction_id',
      [ids],
    );
    expect(places.map(({ place }) => place?.position ?? null)).toEqual([null, null, 1, 2, 3, 4]);
    const minutes = places
      .slice(2)
      .map(({ place }) => Math.round((Date.parse(place?.eta ?? '') - Date.now()) / 60_000));
    expect(minutes).toEqual([15, 15, 15, 30]);
    const [line] = await world.rows<{ line: { waiting: number } }>('select twitter_line($1) as line', [CARE]);
    expect(line?.line.waiting).toBe(4);
  });

  it('never sends more than the headers state, with two workers, restarts and storms of errors', async () => {
    await world.end();
    const clock = new FakeClock('2026-03-02T09:00:00Z');
    world = await TwitterWorld.start({ clock });
    world.withoutWebhooks();
    world.weather({ twitter: { rateLimits: 'strict', sendsPerWindow: 4, sendsPerDay: 100 } });
    const people = await Promise.all([0, 1, 2].map((n) => world.stranger(`Persona ${n}`)));
    for (const person of people) await world.write('Hola', undefined, { from: person });
    await world.poller.poll();
    const wanted = new Map<string, string[]>(people.map((person) => [person, []]));
    const ids: string[] = [];
    for (let at = 0; at < 24; at += 1) {
      const person = people[at % people.length] ?? '';
      ids.push(await world.reply(`respuesta ${at}`, person));
      wanted.get(person)?.push(`respuesta ${at}`);
    }
    let other = await world.second();
    for (let step = 0; step < 400 && (await world.unsent()) > 0; step += 1) {
      const faults = [{}, { errorNext: 1 }, { resetAfterCommitNext: 1 }, { errorAfterCommitNext: 1 }, { limitNext: 2 }];
      world.weather({ twitter: { ...CALM, ...faults[step % 7] } });
      await round(other);
      if (step % 5 === 4) other = await world.second();
      clock.advance(step % 3 === 0 ? 61_000 : 130_000);
    }
    expect(await world.unsent()).toBe(0);
    const sends = world.sandbox.outside.messages.all().filter(({ senderId }) => senderId === CARE);
    for (const [person, texts] of wanted) {
      expect(sends.filter(({ recipientId }) => recipientId === person).map(({ text }) => text)).toEqual(texts);
    }
    for (const { createdAt } of sends) {
      const within = (ms: number) =>
        sends.filter((one) => one.createdAt >= createdAt && one.createdAt < createdAt + ms);
      expect(within(QUARTER_MS).length).toBeLessThanOrEqual(4);
    }
  });
});

describe('slots', () => {
  let elsewhere: DataSource;
  beforeEach(async () => {
    elsewhere = await openDatabase({ url: world.databaseUrl, pool: 8 });
    await world.get(TwitterAccounts).ready();
  });
  afterEach(() => elsewhere.destroy());

  it('two processes together take no more than there are, over any schedule', async () => {
    const begin = () => Promise.resolve();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ pause: fc.integer({ min: 0, max: 400_000 }), at: fc.integer({ min: 1, max: 6 }) }), {
          minLength: 5,
          maxLength: 12,
        }),
        async (schedule) => {
          await world.rows('truncate twitter_send, twitter_limit');
          await world.rows('update twitter_account set open_at = null');
          const clock = new FakeClock();
          const processes = [new SendSlots(world.database, clock), new SendSlots(elsewhere, clock)];
          const taken: number[] = [];
          for (const { pause, at } of schedule) {
            clock.advance(pause);
            const asks = Array.from({ length: at }, () => processes.map((slots) => slots.take(CARE, null, begin)));
            for (const answer of await Promise.all(asks.flat())) {
              if ('slot' in answer) taken.push(clock.now().getTime());
            }
          }
          for (const from of taken) {
            expect(taken.filter((one) => one >= from && one < from + QUARTER_MS).length).toBeLessThanOrEqual(15);
          }
          expect(taken.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('believe the headers, whoever else sends from the account', async () => {
    const clock = new FakeClock();
    const slots = new SendSlots(world.database, clock);
    const take = () => slots.take(CARE, null, () => Promise.resolve());
    const first = await take();
    const reset = clock.now().getTime() / 1000 + 600;
    await slots.answered('slot' in first ? first.slot : '', CARE, { limit: 15, remaining: 2, reset });
    const answers = [await take(), await take(), await take()];
    expect(answers.map((answer) => 'slot' in answer)).toEqual([true, true, false]);
    clock.advance(604_000);
    expect('slot' in (await take())).toBe(true);
  });

  it('a slot whose send nobody knows the end of stays taken', async () => {
    const clock = new FakeClock();
    const slots = new SendSlots(world.database, clock);
    const take = () => slots.take(CARE, null, () => Promise.resolve());
    for (let n = 0; n < 15; n += 1) expect('slot' in (await take())).toBe(true);
    expect('at' in (await take())).toBe(true);
    const [row] = await world.rows<{ id: string }>('select id from twitter_send order by id limit 1');
    await slots.release(row?.id ?? '');
    expect('slot' in (await take())).toBe(true);
  });
});

it('nobody who has not written is ever written to', async () => {
  await world.rows(`update channel_thread set last_inbound_at = null`);
  const id = await world.reply('Oferta');
  expect(
    await world.dialled(async () => {
      expect(await world.deliver(id)).toMatchObject({ state: 'failed', reason: 'recipient.closed' });
    }),
  ).toBe(0);
  expect(world.sandbox.outside.messages.of(`${LUCIA}-${CARE}`).every(({ senderId }) => senderId === LUCIA)).toBe(true);
});
