import fc from 'fast-check';
import { openMerges, type Merges } from './merge.world.js';

/**
 * Random histories of three people with two addresses each: messages, notes, replies, looks, merges and undos in any order,
 * on the real database; after each history every merge is taken back. What must stand then is worked out beside it, from the
 * history alone and by other means: each person's story is what came in by their own addresses and what was answered to
 * these, and a note stands on the case it was written on.
 */
const PEOPLE = [0, 1, 2] as const;
const WAYS = [0, 1] as const;

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('write' as const),
      who: fc.constantFrom(...PEOPLE),
      way: fc.constantFrom(...WAYS),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('reply' as const),
      who: fc.constantFrom(...PEOPLE),
      way: fc.constantFrom(...WAYS),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('note' as const), who: fc.constantFrom(...PEOPLE) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('look' as const), who: fc.constantFrom(...PEOPLE) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('merge' as const),
      who: fc.constantFrom(...PEOPLE),
      other: fc.constantFrom(...PEOPLE),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('undo' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

let world: Merges;
beforeAll(async () => {
  world = await openMerges();
});
afterAll(() => world.rooms.close());

interface Person {
  customerId: string;
  caseId: string;
  mail: string;
  user: string;
}

/** The history beside the database: who is whom now, what was said by which address, in which order. */
class Oracle {
  /** Of each person, the one they are part of. */
  readonly root = new Map<number, number>();
  readonly merges: { id: string; kept: number; taken: number }[] = [];
  /** Everything said, with whose address it was and what of each person's was unseen then. */
  readonly said: { id: string; who: number; text: string; inbound: boolean; channel: string }[] = [];
  readonly notes: { id: string; on: number }[] = [];
  readonly unseen: { id: string; who: number }[] = [];
  constructor() {
    for (const who of PEOPLE) this.root.set(who, who);
  }
  rootOf(who: number): number {
    const next = this.root.get(who) ?? who;
    return next === who ? who : this.rootOf(next);
  }
  /** Whoever looks at a case, looks at all that is on it: of everybody who is one now. */
  look(who: number): void {
    const root = this.rootOf(who);
    const left = this.unseen.filter((one) => this.rootOf(one.who) !== root);
    this.unseen.splice(0, this.unseen.length, ...left);
  }
}

async function newPeople(): Promise<Person[]> {
  const people: Person[] = [];
  for (const who of PEOPLE) {
    const [mail, user] = [world.anAddress(), world.aUser()];
    const first = await world.writes(mail, `Soy ${who}`);
    const handle = `user_${user}`;
    // The second address: staff wrote it down, the person uses it.
    await world.query(
      `insert into contact_point (id, customer_id, kind, value, handle, display, source, created_at) values (gen_random_uuid(), $1, 'twitter', $2, $3, $4, 'staff', $5)`,
      ...[first.customerId, user, handle, `@${handle}`, world.now()],
    );
    people.push({ customerId: first.customerId, caseId: first.caseId, mail, user });
  }
  return people;
}

async function take(oracle: Oracle, people: Person[], one: Step, count: number): Promise<void> {
  const personOf = (who: number) => people[who] as Person;
  const caseOf = (who: number) => personOf(oracle.rootOf(who)).caseId;
  if (one.does === 'write') {
    const { mail, user } = personOf(one.who);
    const text = `Mensaje ${count}`;
    const arrival = await (one.way === 0 ? world.writes(mail, text) : world.sends(user, text));
    expect(arrival).toMatchObject({ caseId: caseOf(one.who), outcome: 'attached' });
    const channel = one.way === 0 ? 'email' : 'twitter';
    oracle.said.push({ id: arrival.interactionId, who: one.who, text, inbound: true, channel });
    oracle.unseen.push({ id: arrival.interactionId, who: one.who });
  } else if (one.does === 'reply') {
    const channel = one.way === 0 ? 'email' : 'twitter';
    const value = one.way === 0 ? personOf(one.who).mail : personOf(one.who).user;
    const [thread] = await world.query(
      `select t.id from channel_thread t join contact_point p on p.id = t.contact_point_id where t.case_id = $1 and p.value = $2`,
      caseOf(one.who),
      value,
    );
    if (!thread) return;
    world.later();
    const id = await world.reply(caseOf(one.who), channel, String(thread['id']));
    expect(await world.addressOf(id)).toBe(value);
    oracle.said.push({ id, who: one.who, text: 'Hola', inbound: false, channel });
    oracle.look(one.who);
  } else if (one.does === 'note') {
    const { noteId } = await world.note(caseOf(one.who));
    oracle.notes.push({ id: noteId, on: oracle.rootOf(one.who) });
  } else if (one.does === 'look') {
    await world.look(caseOf(one.who));
    oracle.look(one.who);
  } else if (one.does === 'merge') {
    const [kept, taken] = [oracle.rootOf(one.who), oracle.rootOf(one.other)];
    if (kept === taken) return;
    const id = await world.merge(personOf(kept).customerId, personOf(taken).customerId);
    oracle.merges.push({ id, kept, taken });
    oracle.root.set(taken, kept);
  } else await undoOne(oracle, count);
}

/** One of the merges, any: the latest of these people goes, an earlier one is refused with its name. */
async function undoOne(oracle: Oracle, count: number): Promise<void> {
  const merge = oracle.merges[count % Math.max(1, oracle.merges.length)];
  if (!merge) return;
  const at = oracle.merges.indexOf(merge);
  const sides = [merge.kept, merge.taken];
  const later = oracle.merges.slice(at + 1).filter(({ kept, taken }) => sides.includes(kept) || sides.includes(taken));
  if (later.length > 0) {
    await expect(world.undo(merge.id)).rejects.toMatchObject({
      code: 'merge.undo_later_first',
      details: { mergeId: later.at(-1)?.id },
    });
    return;
  }
  await world.undo(merge.id);
  oracle.merges.splice(at, 1);
  oracle.root.set(merge.taken, merge.taken);
}

async function asTheOracleSays(oracle: Oracle, people: Person[]): Promise<void> {
  for (const [who, { customerId, caseId, mail, user }] of people.entries()) {
    expect(await world.query('select id from cases where customer_id = $1 and is_open', customerId)).toEqual([
      { id: caseId },
    ]);
    expect(
      await world.query('select value from contact_point where customer_id = $1 order by kind', customerId),
    ).toEqual([{ value: mail }, { value: user }]);
    const own = oracle.said.filter((one) => one.who === who);
    const entries = await world.query('select id from interaction where case_id = $1 order by received_at, id', caseId);
    expect(entries.map(({ id }) => id)).toEqual(own.map(({ id }) => id));
    const notes = await world.query('select id from note where case_id = $1 order by id', caseId);
    expect(notes.map(({ id }) => id)).toEqual(
      oracle.notes
        .filter(({ on }) => on === who)
        .map(({ id }) => id)
        .sort(),
    );
    const last = own.at(-1);
    const row = await world.caseRow(caseId);
    expect({ ...row, channels: [...(row['channels'] as string[])].sort() }).toMatchObject({
      status: 'new',
      merged_into: null,
      preview: last?.text,
      last_direction: last?.inbound ? 'inbound' : 'outbound',
      last_channel: last?.channel,
      next_action: last?.inbound ? 'reply' : 'await_customer',
      unread: oracle.unseen.filter((one) => one.who === who).length,
      channels: [...new Set(own.filter(({ inbound }) => inbound).map(({ channel }) => channel))].sort(),
    });
    // Every thread is one of their own addresses', and holds just what was said by it.
    const threads = await world.query(
      `select p.customer_id, p.value, array(select i.id from interaction i where i.thread_id = t.id order by i.received_at, i.id) as ids
       from channel_thread t join contact_point p on p.id = t.contact_point_id where t.case_id = $1 order by p.kind`,
      caseId,
    );
    for (const thread of threads) {
      expect(thread['customer_id']).toBe(customerId);
      const channel = thread['value'] === mail ? 'email' : 'twitter';
      expect(thread['ids']).toEqual(own.filter((one) => one.channel === channel).map(({ id }) => id));
    }
    expect(threads).toHaveLength(new Set(own.map(({ channel }) => channel)).size);
  }
}

it('merges, new messages, undos: in any order, each is left with what is theirs', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
      const people = await newPeople();
      const oracle = new Oracle();
      for (const [who, { caseId }] of people.entries()) {
        const [first] = await world.query('select id from interaction where case_id = $1', caseId);
        oracle.said.push({ id: String(first?.['id']), who, text: `Soy ${who}`, inbound: true, channel: 'email' });
        oracle.unseen.push({ id: String(first?.['id']), who });
      }
      for (const [count, one] of steps.entries()) await take(oracle, people, one, count);
      while (oracle.merges.length > 0) await undoOne(oracle, oracle.merges.length - 1);
      await asTheOracleSays(oracle, people);
    }),
    { numRuns: 40 },
  );
}, 180_000);
