import { ArrivalService, IntakeService, MergeService, UnmergeService } from '#cases';
import type { InboundInteraction } from '#contracts';
import { withRetry, type DomainError } from '#platform';
import { dm, mail } from '../factories/rooms.js';
import { openMerges, type Merges } from './merge.world.js';

const PEOPLE = 50;
const ARRIVALS = 200;
/** A lost race is run again; so often nobody loses. */
const TRIES = 40;

let world: Merges;
beforeAll(async () => {
  world = await openMerges();
});
afterAll(() => world.rooms.close());

interface Person {
  mail: string;
  user: string;
  phone: string;
  /** The record their mails made, and the one their direct messages made. */
  records: [string, string];
}

async function newPeople(): Promise<Person[]> {
  const people: Person[] = [];
  for (let n = 0; n < PEOPLE; n += 1) {
    const [address, user, phone] = [world.anAddress(), world.aUser(), `+346${String(41_000_000 + n)}`];
    const [byMail, onX] = [await world.writes(address), await world.sends(user)];
    await world.query(
      `insert into contact_point (id, customer_id, kind, value, display, source, created_at) values (gen_random_uuid(), $1, 'phone', $2, $2, 'staff', $3)`,
      ...[byMail.customerId, phone, world.now()],
    );
    await world.query('update customer set provisional = false where id = any($1)', [
      byMail.customerId,
      onX.customerId,
    ]);
    people.push({ mail: address, user, phone, records: [byMail.customerId, onX.customerId] });
  }
  return people;
}

/** Every way in, one after the other. */
const arrivalOf = async (person: Person, other: Person, n: number): Promise<string[]> => {
  const { database } = world.rooms;
  const arrivals = world.rooms.get(ArrivalService);
  const text = `Tormenta ${n}`;
  const take = async (...messages: InboundInteraction[]) =>
    (await withRetry(database, (tx) => world.rooms.get(IntakeService).receive(tx, messages), TRIES)).map(
      ({ interactionId }) => interactionId,
    );
  const written = async (work: Parameters<typeof withRetry<{ interactionId: string }>>[1]) => [
    (await withRetry(database, work, TRIES)).interactionId,
  ];
  if (n % 6 === 0) return take(mail(person.mail, { text }), dm(other.user, { text }), mail(other.mail, { text }));
  if (n % 6 === 1) return take(dm(person.user, { text }), dm(other.user, { text }));
  if (n % 6 === 2) return take(dm(person.user, { text }));
  if (n % 6 === 3)
    return written((tx) =>
      arrivals.call(tx, world.agent, { phone: person.phone, direction: 'inbound', outcome: 'answered', text }),
    );
  if (n % 6 === 4)
    return written((tx) =>
      arrivals.visit(tx, world.agent, {
        storeId: world.storeId,
        text,
        customer: { displayName: 'En tienda', email: person.mail },
      }),
    );
  return written((tx) =>
    arrivals.elsewhere(tx, world.agent, { place: 'Foro', text, customerId: person.records[n % 2 === 0 ? 0 : 1] }),
  );
};

/** Merges a person's two records and takes that back, over and over, as fast as it goes. */
async function backAndForth({ records }: Person, rounds: number): Promise<number> {
  const { database } = world.rooms;
  let merged = 0;
  for (let round = 0; round < rounds; round += 1) {
    const [into, from] = round % 2 === 0 ? records : [records[1], records[0]];
    const order = { into, from, reason: 'Es la misma persona' };
    const { mergeId } = await withRetry(
      database,
      (tx) => world.rooms.get(MergeService).customers(tx, world.actor, order),
      TRIES,
    );
    merged += 1;
    await withRetry(database, (tx) => world.rooms.get(UnmergeService).undo(tx, world.agent, mergeId), TRIES);
  }
  return merged;
}

it('200 arrivals of 50 people by every channel, with merges and undos going on: one open case each, nothing lost, no thread astray', async () => {
  const people = await newPeople();
  const at = (n: number) => people[n % PEOPLE] as Person;
  const before = await world.query('select id from interaction');
  const failures: unknown[] = [];
  const storm = Array.from({ length: ARRIVALS }, (_, n) => arrivalOf(at(n * 7), at(n * 13 + 5), n));
  const forth = people.slice(0, 30).map((person) => backAndForth(person, 3));
  const landed = (
    await Promise.all(storm.map((one) => one.catch((error: unknown) => (failures.push(error), []))))
  ).flat();
  const merged = await Promise.all(forth.map((one) => one.catch((error: DomainError) => (failures.push(error), 0))));
  expect(failures).toEqual([]);
  expect(merged.reduce((sum, count) => sum + count, 0)).toBe(90);

  const now = await world.query('select id, text from interaction');
  expect(new Set(landed).size).toBe(landed.length);
  expect(now).toHaveLength(before.length + landed.length);
  expect(now.map(({ id }) => id)).toEqual(expect.arrayContaining(landed));
  // By a database rule of one open case; and nobody is left without one.
  expect(await world.query('select customer_id from cases where is_open group by 1 having count(*) > 1')).toEqual([]);
  expect(await world.query('select id from customer where merged_into is not null')).toEqual([]);
  const open = await world.query('select customer_id from cases where is_open');
  expect(new Set(open.map(({ customer_id }) => customer_id))).toEqual(
    new Set(people.flatMap(({ records }) => records)),
  );
  expect(await world.query(`select id from cases where status = 'merged'`)).toEqual([]);
  // Each entry on a case of whose address it came by, each thread on one of whose address it is, with the entries of its own.
  expect(
    await world.query(
      `select i.id, i.channel, i.text from interaction i join cases c on c.id = i.case_id join contact_point p on p.id = i.contact_point_id
       where p.customer_id <> c.customer_id`,
    ),
  ).toEqual([]);
  expect(
    await world.query(
      `select t.id from channel_thread t join cases c on c.id = t.case_id join contact_point p on p.id = t.contact_point_id
       where p.customer_id <> c.customer_id`,
    ),
  ).toEqual([]);
  expect(
    await world.query(
      'select i.id from interaction i join channel_thread t on t.id = i.thread_id where t.case_id <> i.case_id or t.contact_point_id <> i.contact_point_id',
    ),
  ).toEqual([]);
  // Nobody looked at anything: what is unread is what came in.
  expect(
    await world.query(
      `select c.id, c.unread, count(i.id)::int as came from cases c left join interaction i on i.case_id = c.id and i.direction = 'inbound' and not i.automatic
       where c.is_open group by 1, 2 having c.unread <> count(i.id)`,
    ),
  ).toEqual([]);
}, 120_000);
