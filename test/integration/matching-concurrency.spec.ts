import { jest } from '@jest/globals';
import { IntakeService, lockCase, MatchingService, ReplyService } from '#cases';
import { withRetry } from '#platform';
import { arrive, dm } from '../factories/rooms.js';
import { openMatching, type Matching } from './matching.world.js';

let world: Matching;
beforeAll(async () => {
  world = await openMatching();
});
afterAll(() => world.rooms.close());

const phoneOf = async (customerId: string): Promise<string> =>
  String(
    (await world.one(`select value from contact_point where customer_id = $1 and kind = 'phone'`, customerId))['value'],
  );
const times = <T>(count: number, work: (at: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, at) => work(at)));
const openCases = async (customerId: string) =>
  (await world.query('select id from cases where customer_id = $1 and is_open', customerId)).length;

describe('many at once', () => {
  it('eight workers with the same job ask once', async () => {
    const known = await world.aKnown();
    const arrival = await world.stranger(`Caso ${known.reference}`, {}, false);
    await times(8, () => world.look(arrival.caseId));
    expect(await world.between(arrival.customerId, known.customerId)).toHaveLength(1);
    for (const caseId of [arrival.caseId, known.caseId])
      expect((await world.eventsOf(caseId)).filter((type) => type === 'match.suggested')).toHaveLength(1);
  });

  it('eight workers with the same strong evidence merge once', async () => {
    const known = await world.aKnown();
    const phone = await phoneOf(known.customerId);
    const arrival = await world.stranger(`Caso ${known.reference}, ${phone}`, {}, false);
    await times(8, () => world.look(arrival.caseId));
    expect(await world.query('select id from merge where taken_customer = $1', arrival.customerId)).toHaveLength(1);
    expect(await world.nowIs(arrival.customerId)).toBe(known.customerId);
    expect(await openCases(known.customerId)).toBe(1);
  });

  it('a worker that dies before it commits leaves nothing, and the job runs again', async () => {
    const known = await world.aKnown();
    const phone = await phoneOf(known.customerId);
    const arrival = await world.stranger(`Caso ${known.reference}, ${phone}`, {}, false);
    const pair = { newcomerId: arrival.customerId, knownId: known.customerId };
    await expect(
      world.rooms.database.transaction(async (tx) => {
        expect(await world.rooms.get(MatchingService).settle(tx, pair)).toBe('attach');
        throw new Error('killed');
      }),
    ).rejects.toThrow('killed');
    expect(await world.between(arrival.customerId, known.customerId)).toEqual([]);
    expect(await world.nowIs(arrival.customerId)).toBe(arrival.customerId);
    await world.look(arrival.caseId);
    expect(await world.nowIs(arrival.customerId)).toBe(known.customerId);
  });

  it('confirmed by two people, merged by a third and looked at by workers: merged once', async () => {
    const known = await world.aKnown();
    const arrival = await world.stranger(`Caso ${known.reference}`);
    const [suggestion] = await world.between(arrival.customerId, known.customerId);
    const done = await Promise.allSettled([
      world.confirm(suggestion?.['id']),
      world.confirm(suggestion?.['id']),
      world.merge(known.customerId, arrival.customerId),
      ...Array.from({ length: 4 }, () => world.look(arrival.caseId).then(() => 'looked')),
    ]);
    const merges = await world.query('select id from merge where taken_customer = $1', arrival.customerId);
    expect(merges).toHaveLength(1);
    expect(done.slice(0, 3).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(done.slice(3).every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await openCases(known.customerId)).toBe(1);
  });

  it('confirmed and dismissed at the same moment: one of the two holds', async () => {
    const known = await world.aKnown();
    const arrival = await world.stranger(`Caso ${known.reference}`);
    const [suggestion] = await world.between(arrival.customerId, known.customerId);
    const done = await Promise.allSettled([world.confirm(suggestion?.['id']), world.dismiss(suggestion?.['id'])]);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [after] = await world.between(arrival.customerId, known.customerId);
    const merged = (await world.nowIs(arrival.customerId)) === known.customerId;
    expect(after?.['state']).toBe(merged ? 'confirmed' : 'dismissed');
  });

  it('strangers who turn out to be six people, while they write, are answered, merged and told apart: nothing is lost', async () => {
    const people = await times(6, () => world.aKnown());
    const phones = await Promise.all(people.map(({ customerId }) => phoneOf(customerId)));
    const strangers = await times(12, async (at) => {
      const user = world.aUser();
      const arrival = await arrive(world.rooms, dm(user, { text: 'Hola', externalId: `busy-${at}-0` }));
      return { user, ...arrival };
    });
    const said = (at: number, turn: number) =>
      dm(strangers[at]?.user ?? '', {
        externalId: `busy-${at}-${turn}`,
        text: turn === 2 ? `Soy del ${people[at % 6]?.reference}, ${phones[at % 6]}` : `Sigo esperando ${turn}`,
        occurredAt: world.later(),
      });
    const intake = world.rooms.get(IntakeService);
    await times(12, async (at) => {
      for (const turn of [1, 2, 3]) {
        const [arrival] = await withRetry(world.rooms.database, (tx) => intake.receive(tx, [said(at, turn)]), 50);
        const caseId = arrival?.caseId ?? '';
        const answer = withRetry(
          world.rooms.database,
          async (tx) => {
            const row = await tx.query('select living_case($1) as id', [caseId]);
            const found = await lockCase(tx, world.agent, String(row[0].id));
            return world.rooms.get(ReplyService).reply(tx, world.agent, found, { channel: 'twitter', text: 'Hola' });
          },
          50,
        );
        await Promise.all([world.look(caseId), world.look(caseId), turn === 1 ? answer : null]);
      }
    });
    for (const { customerId, caseId } of strangers) await world.look(caseId).then(() => customerId);
    for (const [at, stranger] of strangers.entries())
      expect(await world.nowIs(stranger.customerId)).toBe(people[at % 6]?.customerId);
    for (const { customerId } of people) expect(await openCases(customerId)).toBe(1);
    const kept = await world.query(`select count(*)::int as n from interaction where external_id like 'busy-%'`);
    expect(kept).toEqual([{ n: 48 }]);
    const orphans = await world.query(
      `select i.id from interaction i join cases c on c.id = i.case_id where c.status = 'merged'
       union all select t.id from channel_thread t join cases c on c.id = t.case_id join contact_point p on p.id = t.contact_point_id
         where c.is_open and p.customer_id <> c.customer_id`,
    );
    expect(orphans).toEqual([]);
  });

  it('asks the database as often for twenty messages as for two', async () => {
    const { manager } = world.rooms.database;
    const questions = async (count: number) => {
      const arrivals = await times(count, () => world.stranger('Se me ha muerto el móvil', {}, false));
      const spy = jest.spyOn(manager, 'query');
      const ids = [arrivals.map(({ caseId }) => caseId), arrivals.map(({ interactionId }) => interactionId)] as const;
      expect(await world.rooms.get(MatchingService).pairs(manager, ...ids)).toEqual([]);
      const asked = spy.mock.calls.length;
      spy.mockRestore();
      return asked;
    };
    expect(await questions(20)).toBe(await questions(2));
  });
});
