import { Test } from '@nestjs/testing';
import { CasesModule } from '#cases';
import { Agent, IdentityModule, StoreRecord, type Principal } from '#identity';
import { HandoffsModule } from '#handoffs';
import { loadConfig, PlatformModule, withRetry } from '#platform';
import { Breaches, EscalationDeeds, EscalationService, SlaModule } from '#sla';
import { DataSource } from 'typeorm';
import { HandingOn } from '../../apps/worker/src/handing-on.js';
import { Relay } from '../../apps/worker/src/relay.js';
import { aPerson, mail, receive } from '../factories/rooms.js';
import { answer, openStory, type StoryWorld } from './story.world.js';
import { raisedIn, type Deed, type Life, type Raised } from './week.oracle.js';

const MINUTE_MS = 60_000;
const CASES = 200;
const EVERY = 60;
const WEEK = 7 * 24 * 60;
/** Nobody looks for so many minutes after a worker was killed. */
const OUTAGE = 120;
/** When: the worker is killed in the middle of its work; what the queue holds is lost. */
const KILLED = [1800, 5040];
const LOST = [1200, 3600, 6000];

/** A worker's rounds, without its timers. */
async function openWorker(world: StoryWorld, redisUrl: string | undefined, name: string) {
  const { rooms } = world;
  const config = loadConfig({
    ...{ DATABASE_URL: `${rooms.db.url}?application_name=${name}`, DATABASE_POOL: '5', HILO_SECRET: 's'.repeat(32) },
    ...{ HILO_HOME: rooms.config.home, HILO_LOG_LEVEL: 'silent' },
    ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
  });
  const quiet = () => undefined;
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.forRoot(config, { clock: rooms.clock, entities: [Agent, StoreRecord] }),
      ...[IdentityModule, CasesModule, SlaModule, HandoffsModule],
    ],
    providers: [HandingOn, Relay],
  })
    .setLogger({ log: quiet, warn: quiet, error: quiet })
    .compile();
  await module.init();
  const database = module.get(DataSource);
  const [relay, breaches, escalations] = [module.get(Relay), module.get(Breaches), module.get(EscalationService)];
  const once = async (): Promise<boolean> => {
    const published = await relay.publish();
    const { told } = await withRetry(database, (tx) => breaches.mark(tx));
    const raised = await withRetry(database, (tx) => escalations.raise(tx));
    const climbed = await withRetry(database, (tx) => escalations.climb(tx));
    return published || told > 0 || raised.done || climbed.done;
  };
  return {
    round: async () => {
      while (await once());
      // What was recorded last is read, too.
      await relay.publish();
    },
    close: async () => {
      await relay.stop();
      await module.close();
    },
  };
}

/** Numbers that look random and are the same every time. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** What happens to a case, at whole hours. */
function aLife(roll: (sides: number) => number): Life {
  const openedAt = roll(100) * EVERY;
  const lacks = roll(3) > 0;
  const deeds: Deed[] = [];
  let at = openedAt + (1 + roll(4)) * EVERY;
  let isWaiting = false;
  let isRestored = !lacks;
  for (let left = roll(7); left > 0; left -= 1) {
    const kind = roll(4);
    if (kind === 0 && !isRestored) deeds.push({ at, does: 'restore' });
    else if (kind <= 1) deeds.push({ at, does: 'answer' });
    else deeds.push({ at, does: isWaiting ? 'resume' : 'wait' });
    isRestored ||= kind === 0;
    if (kind > 1) isWaiting = !isWaiting;
    at += (1 + roll(45)) * EVERY;
  }
  return { openedAt, lacks, deeds, isHeard: roll(2) === 0 };
}

const isOutage = (minute: number) => KILLED.some((at) => minute > at && minute <= at + OUTAGE);

export function weekSuite(queue: () => { redisUrl: string | undefined; lose: () => Promise<void> }): void {
  let world: StoryWorld;
  let boss: Principal;
  beforeAll(async () => {
    world = await openStory();
    boss = await aPerson(world.rooms, 'supervisor');
  });
  afterAll(() => world?.rooms.close());

  async function live(lives: Life[], minute: number, ids: string[]): Promise<void> {
    for (const [at, life] of lives.entries()) {
      if (life.openedAt === minute) {
        const [arrival] = await receive(
          world.rooms,
          mail(`semana${at}@correo.test`, life.lacks ? { lacks: ['calls'] } : {}),
        );
        ids[at] = arrival?.caseId ?? '';
      }
      const id = ids[at] ?? '';
      for (const { does } of life.deeds.filter((deed) => deed.at === minute)) {
        if (does === 'answer') await answer(world, id, 'Lo miro ahora mismo y te digo.');
        if (does === 'restore') await world.restoreAll(id);
        if (does === 'wait') await world.patch(id, { status: 'waiting', waitReason: 'customer' });
        if (does === 'resume') await world.patch(id, { status: 'in_solution' });
      }
    }
  }

  /** Acknowledges what is late in the cases that somebody hears of. */
  async function hear(heard: ReadonlySet<string>): Promise<void> {
    const { database } = world.rooms;
    const open: { id: string }[] = await database.query(
      'select id from escalation where rung = 1 and acknowledged_at is null and ended_at is null and case_id = any($1)',
      [[...heard]],
    );
    const ids = open.map(({ id }) => id);
    if (ids.length > 0) await database.transaction((tx) => world.rooms.get(EscalationDeeds).acknowledge(tx, boss, ids));
  }

  const raisedOf = (caseId: string, start: number): Promise<Raised[]> =>
    world.rooms.db.query<Raised>(
      `select metric, round, rung, reason, round((extract(epoch from due_at) - $2) / 60)::int as reached, round((extract(epoch from raised_at) - $2) / 60)::int as said
       from escalation where case_id = $1`,
      [caseId, start / 1000],
    );

  it(`a week of ${CASES} cases: every rung once, in order, whatever is lost or killed meanwhile`, async () => {
    const roll = dice(20260302);
    const lives = Array.from({ length: CASES }, () => aLife(roll));
    const start = world.rooms.clock.now().getTime();
    const ids: string[] = [];
    const looks: number[] = [];
    const { redisUrl, lose } = queue();
    const steady = await openWorker(world, redisUrl, 'steady');
    let doomed = await openWorker(world, redisUrl, 'doomed');
    for (let minute = 0; minute <= WEEK; minute += EVERY) {
      world.rooms.clock.set(new Date(start + minute * MINUTE_MS));
      await live(lives, minute, ids);
      if (LOST.includes(minute)) await lose();
      if (isOutage(minute)) continue;
      if (KILLED.includes(minute)) {
        const dying = doomed.round().catch(() => 'killed');
        await world.rooms.db.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'doomed' and datname = current_database()`,
        );
        await dying;
        await doomed.close();
        doomed = await openWorker(world, redisUrl, 'doomed');
      }
      await Promise.all([steady.round(), doomed.round()]);
      await steady.round();
      looks.push(minute);
      await hear(new Set(ids.filter((id, at) => id && lives[at]?.isHeard)));
      await steady.round();
    }
    await Promise.all([steady.close(), doomed.close()]);

    const inOrder = (raised: Raised[]) =>
      raised.toSorted(
        (a, b) => a.said - b.said || a.metric.localeCompare(b.metric) || a.reached - b.reached || a.rung - b.rung,
      );
    let count = 0;
    for (const [at, life] of lives.entries()) {
      const expected = inOrder(raisedIn(life, looks));
      const found = inOrder(await raisedOf(ids[at] ?? '', start));
      expect({ life, raised: found }).toEqual({ life, raised: expected });
      const events = await world.events(ids[at] ?? '', 'escalation.raised');
      expect(events).toHaveLength(expected.length);
      count += expected.length;
    }
    expect(count).toBeGreaterThan(CASES * 3);
  }, 600_000);
}
