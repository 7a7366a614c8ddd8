import type { KnobPatch } from '../../apps/sandbox/src/index.js';
import { FakeClock } from '../support/clock.js';
import { waitFor } from '../support/wait.js';
import { CARE, TwitterWorld } from './twitter.world.js';

const SEED = 20_261_122;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let clock: FakeClock;
let world: TwitterWorld;
let random: () => number;
beforeEach(async () => {
  random = dice(SEED);
  clock = new FakeClock('2026-11-20T06:00:00Z');
  world = await TwitterWorld.start({ clock });
});
afterEach(() => world.end());

/** mulberry32: the same numbers for the same seed, whatever machine. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;

interface Written {
  id: string;
  person: string;
  text: string;
  isOurs: boolean;
}

/** Somebody writes, or our side does in X's own app; time goes on meanwhile. */
function write(number: number, waitMs: number): Written {
  const { people, messages, courier } = world.sandbox.outside;
  const person = pick(people.all()).twitterId;
  const isOurs = random() < 0.1;
  const text = `${isOurs ? 'Nosotros' : 'Cliente'} ${number}`;
  // Now and then two in one millisecond.
  clock.advance(random() < 0.1 ? 0 : 1 + Math.floor(random() * waitMs));
  const message = messages.add(isOurs ? CARE : person, isOurs ? person : CARE, text, null);
  courier.announce(message);
  return { id: message.id, person, text, isOurs };
}

/** Something else goes wrong than before. */
function turn(): KnobPatch {
  return {
    webhooks: {
      enabled: random() < 0.7,
      envelope: pick(['aaa', 'xaa', 'both']),
      copies: 1 + Math.floor(random() * 3),
      delayMs: Math.floor(random() * 40),
      reorder: random() < 0.3,
    },
    twitter: {
      errorRate: pick([0, 0, 0.34, 0.5]),
      limitNext: pick([0, 0, 1]),
      rateLimits: pick(['generous', 'generous', 'strict']),
    },
  };
}

const count = async (): Promise<number> => {
  const [row] = await world.rows<{ count: string }>('select count(*) from interaction');
  return Number(row?.count);
};

/** Looks until everything is there, a minute apart; X answers some of the looks with 503, or counts them strictly. */
async function lookUntil(expected: number, rounds: number): Promise<number> {
  for (let round = 1; round <= rounds; round += 1) {
    await world.poller.poll();
    if ((await count()) >= expected) return round;
    clock.advance(MINUTE);
  }
  throw new Error(`${await count()} of ${expected} are there after ${rounds} looks`);
}

/** Every message once, as it was written, on the one case of its writer, in its conversation, in order. */
async function expectAll(written: readonly Written[]): Promise<void> {
  const rows = await world.rows<Written & { thread: string; caseId: string }>(
    `select i.external_id as id, p.value as person, i.text, i.direction = 'outbound' as "isOurs", t.thread_ref as thread, i.case_id as "caseId"
     from interaction i join contact_point p on p.id = i.contact_point_id join channel_thread t on t.id = i.thread_id
     order by i.occurred_at, i.id`,
  );
  expect(rows).toHaveLength(written.length);
  for (const person of new Set(written.map((one) => one.person))) {
    const theirs = rows.filter((row) => row.person === person);
    expect(theirs.map(({ id, text, isOurs }) => ({ id, text, isOurs }))).toEqual(
      written.filter((one) => one.person === person).map(({ id, text, isOurs }) => ({ id, text, isOurs })),
    );
    expect(new Set(theirs.map(({ caseId }) => caseId)).size).toBe(1);
    const conversation = BigInt(person) < BigInt(CARE) ? `${person}-${CARE}` : `${CARE}-${person}`;
    expect(new Set(theirs.map(({ thread }) => thread))).toEqual(new Set([conversation]));
  }
  expect(await world.rejects()).toEqual([]);
}

describe('in bad weather', () => {
  it('every direct message is there once, in order, in the right conversation, after six hours of nobody being there', async () => {
    const written: Written[] = [];
    for (let number = 0; number < 120; number += 1) {
      if (number % 8 === 0) world.weather(turn());
      written.push(write(number, 20_000));
      if (random() < 0.15) await world.poller.poll();
    }

    await world.stopProduct();
    const downSince = clock.now().getTime();
    for (let number = 120; number < 420; number += 1) {
      if (number % 25 === 0) world.weather(turn());
      written.push(write(number, (16 * HOUR) / 300));
    }
    expect(clock.now().getTime() - downSince).toBeGreaterThan(6 * HOUR);

    // Back again: every second call fails, no webhook tells what was missed, and the process dies while it catches up.
    world.weather({
      webhooks: { enabled: false, reorder: false },
      twitter: { errorRate: 0.5, rateLimits: 'strict', limitNext: 0 },
    });
    await world.startProduct();
    await waitUntilPagesWait();
    const before = await count();
    await world.stopProduct();
    await world.startProduct();
    await lookUntil(written.length, 60);
    expect(before).toBeLessThan(written.length);
    expect(await world.rows('select from twitter_page')).toEqual([]);

    // What is brought late, twice and backwards afterwards changes nothing.
    world.weather({ webhooks: { enabled: true, copies: 2 }, twitter: { errorRate: 0 } });
    for (const { id } of written.slice(-40).toReversed()) {
      await world.control('POST', '/webhooks/redeliver', { dmId: id, copies: 2 });
    }
    await expectAll(written);
  }, 240_000);
});

/** Looks until a catching-up has stopped half-way: some of its pages are read, nothing of it is taken in. */
const waitUntilPagesWait = () =>
  waitFor(async () => {
    await world.poller.poll();
    const pages = await world.rows('select from twitter_page');
    if (pages.length === 0) clock.advance(MINUTE);
    return pages.length > 0;
  });
