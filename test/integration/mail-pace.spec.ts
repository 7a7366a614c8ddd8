import fc from 'fast-check';
import { lockCase, ReplyService } from '#cases';
import { DeliverySweep } from '#channels';
import { JobQueues, Wake } from '#platform';
import type { Principal } from '#identity';
import { aPerson, arrive, dm, mail, openRooms, type Rooms } from '../factories/rooms.js';

const PER_MINUTE = 4;

let rooms: Rooms;
let agent: Principal;
let sweep: DeliverySweep;
let people = 0;
beforeAll(async () => {
  rooms = await openRooms({ HILO_MAIL_RATE_PER_DOMAIN: String(PER_MINUTE), HILO_UNDO_SECONDS: '0' });
  agent = await aPerson(rooms);
  sweep = new DeliverySweep(rooms.database, rooms.get(JobQueues), new Wake(), rooms.config, rooms.clock);
});
afterAll(() => rooms.close());
// Whatever a test left in the queue is no concern of the next.
beforeEach(async () => {
  await rooms.db.query(`update delivery set state = 'undone' where state in ('held', 'pending')`);
  await rooms.db.query('delete from mail_pace');
});

/** Replies to as many people at this provider, in order. */
async function write(domain: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const { caseId } = await arrive(rooms, mail(`p${(people += 1)}@${domain}`));
    ids.push(await reply(caseId, 'email'));
    rooms.clock.advance(1);
  }
  return ids;
}
const reply = (caseId: string, channel: 'email' | 'twitter') =>
  rooms.database.transaction(async (tx) =>
    rooms.get(ReplyService).reply(tx, agent, await lockCase(tx, agent, caseId), { channel, text: 'Ya lo miramos' }),
  );
const rows = (ids: string[]) =>
  rooms.db.query(
    `select interaction_id as id, state, attempts, reason, extract(epoch from due_at - $2)::float as wait from delivery
     where interaction_id = any($1) order by array_position($1, interaction_id)`,
    [ids, rooms.clock.now()],
  );
const tried = async (ids: string[]) => (await rows(ids)).map((row) => row['attempts']);
const conclude = (ids: string[]) =>
  rooms.db.query(`update delivery set state = 'sent' where interaction_id = any($1)`, [ids]);

it('as many as the provider takes leave at once, the others wait for their turn and say so', async () => {
  const ids = await write('gmail.example', 10);
  rooms.clock.advance(100);
  await sweep.claimDue();
  expect(await tried(ids)).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
  const waiting = (await rows(ids)).slice(PER_MINUTE);
  expect(waiting.map((row) => row['wait'])).toEqual([60, 60, 60, 60, 120, 120]);
  expect(waiting.every((row) => row['state'] === 'pending' && row['reason'] === 'rate.domain')).toBe(true);
  const told = await rooms.db.query(
    `select distinct data ->> 'interactionId' as id from case_event where type = 'interaction.delayed' and data ->> 'reason' = 'rate.domain'
       and data ->> 'interactionId' = any($1)`,
    [ids],
  );
  expect(told).toHaveLength(6);
  rooms.clock.advance(59_999);
  await sweep.claimDue();
  expect(await tried(ids)).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
  rooms.clock.advance(1);
  await sweep.claimDue();
  expect(await tried(ids)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
  expect((await rows(ids)).slice(4, 8).map((row) => row['reason'])).toEqual([null, null, null, null]);
});

it('nobody waits for the customers of another provider, nor for mails when writing on X', async () => {
  const many = await write('gmail.example', 8);
  const few = await write('correo.example', 2);
  const { caseId } = await arrive(rooms, dm('901'));
  const onX = await reply(caseId, 'twitter');
  rooms.clock.advance(100);
  await sweep.claimDue();
  expect(await tried([...few, onX])).toEqual([1, 1, 1]);
  expect((await tried(many)).filter((count) => count === 1)).toHaveLength(PER_MINUTE);
});

it('who came later leaves later', async () => {
  const first = await write('gmail.example', 6);
  await sweep.claimDue();
  const second = await write('gmail.example', 2);
  rooms.clock.advance(1_000);
  await sweep.claimDue();
  const waits = (await rows([...first, ...second])).slice(PER_MINUTE).map((row) => Number(row['wait']));
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(await tried(second)).toEqual([0, 0]);
});

it('what waited out an outage does not leave all at once', async () => {
  const ids = await write('gmail.example', 12);
  await sweep.claimDue();
  await conclude(ids.slice(0, PER_MINUTE));
  rooms.clock.advance(30 * 60_000);
  await sweep.claimDue();
  expect((await tried(ids)).filter((count) => count === 1)).toHaveLength(2 * PER_MINUTE);
});

it('a new try waits for its turn too, and its number is not used up by waiting', async () => {
  const ids = await write('gmail.example', PER_MINUTE + 1);
  await sweep.claimDue();
  const again = ids[0] ?? '';
  await rooms.db.query(`update delivery set due_at = $2, reason = 'channel.refused' where interaction_id = $1`, [
    again,
    new Date(rooms.clock.now().getTime() + 5_000),
  ]);
  rooms.clock.advance(5_000);
  await sweep.claimDue();
  expect(await rows([again])).toMatchObject([{ attempts: 1, reason: 'rate.domain' }]);
  rooms.clock.advance(60_000);
  await sweep.claimDue();
  expect(await tried([again])).toEqual([2]);
});

it('a mail that waits for its turn can be taken back, one that was tried cannot', async () => {
  const ids = await write('gmail.example', PER_MINUTE + 1);
  await sweep.claimDue();
  const undo = (id = '') => rooms.database.transaction((tx) => rooms.get(ReplyService).undo(tx, agent, id));
  await undo(ids[PER_MINUTE]);
  await expect(undo(ids[0])).rejects.toMatchObject({ code: 'interaction.not_held' });
  rooms.clock.advance(120_000);
  await sweep.claimDue();
  expect(await rows(ids.slice(PER_MINUTE))).toMatchObject([{ state: 'undone', attempts: 0 }]);
});

it('two processes that claim at once keep to it together', async () => {
  const ids = (await Promise.all([write('gmail.example', 20), write('correo.example', 20)])).flat();
  rooms.clock.advance(1_000);
  await Promise.all([sweep.claimDue(), sweep.claimDue(), sweep.claimDue()]);
  const first = await tried(ids);
  expect([first.slice(0, 20), first.slice(20)].map((half) => half.filter((count) => count === 1).length)).toEqual([
    PER_MINUTE,
    PER_MINUTE,
  ]);
});

it('never more than the limit in any minute, whenever somebody asks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 1, maxLength: 40 }),
      async (limit, pauses) => {
        await rooms.db.query('delete from mail_pace');
        const slots: number[] = [];
        let now = rooms.clock.now().getTime();
        for (const pause of pauses) {
          now += pause;
          const [row] = await rooms.db.query('select take_slot($1, $2, $3) as slot', [
            'd.example',
            new Date(now),
            limit,
          ]);
          slots.push((row?.['slot'] as Date).getTime());
          expect(slots.at(-1)).toBeGreaterThanOrEqual(now);
        }
        expect(slots).toEqual(slots.toSorted((a, b) => a - b));
        for (const slot of slots)
          expect(slots.filter((other) => other >= slot && other < slot + 60_000).length).toBeLessThanOrEqual(limit);
      },
    ),
    { numRuns: 40 },
  );
});

it('without a limit everything leaves at once', async () => {
  const config = { ...rooms.config, mail: { ...rooms.config.mail, ratePerDomain: 0 } };
  const free = new DeliverySweep(rooms.database, rooms.get(JobQueues), new Wake(), config, rooms.clock);
  const ids = await write('gmail.example', 8);
  await free.claimDue();
  expect(await tried(ids)).toEqual(Array(8).fill(1));
  expect(await rooms.db.query('select from mail_pace')).toEqual([]);
});
