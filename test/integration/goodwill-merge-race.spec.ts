import { actorOf, MergeService } from '#cases';
import { Restorations } from '#goodwill';
import { waitFor } from '../support/wait.js';
import { compensations, DAY_MS, discount, FIRST, openGoodwill, voucher, type GoodwillWorld } from './goodwill.world.js';

let world: GoodwillWorld;
beforeAll(async () => {
  world = await openGoodwill();
}, 60_000);
beforeEach(() => world.rooms.clock.set(FIRST));
afterAll(() => world?.rooms.close());

const row = async (sql: string, ...values: unknown[]) => (await world.rooms.db.query(sql, values))[0];
const caseOf = (id: string) => row('select case_id as "caseId", state from benefit where id = $1', id);

/** Does something while a merge that is not over yet takes the case of it, and waits for that. */
async function whileTaken<T>({ into, from }: { into: string; from: string }, deed: () => Promise<T>): Promise<T> {
  let late: Promise<T> | undefined;
  await world.tx(async (tx) => {
    await world.rooms.get(MergeService).customers(tx, actorOf(world.supervisor), {
      ...{ into: await world.customerOf(into), from: await world.customerOf(from), reason: 'La misma persona' },
    });
    late = deed();
    const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await waitFor(async () => (await world.rooms.db.query(waiting)).length === 1);
  });
  if (!late) throw new Error('nothing was done');
  return late;
}

describe('a merge that takes a case in the same moment', () => {
  it('keeps nothing running that ends with it: all works again, on whichever case it is', async () => {
    const [into, from] = [await world.aCase({ lacks: [] }), await world.aCase()];
    const { benefitId } = await world.give(from, discount());
    const owed = await world.tx((tx) =>
      compensations(world).open(tx, world.agent, from, {
        ...{ service: 'telephone', from: FIRST, to: null, monthlyFeeCents: 3000, averageCents: null },
        ...{ currency: 'EUR', reason: 'Antena caída' },
      }),
    );
    world.rooms.clock.advance(3 * DAY_MS);
    await world.count();
    await world.restoreAll(from);
    await whileTaken({ into, from }, () => world.tx((tx) => world.rooms.get(Restorations).settle(tx, from)));
    expect(await caseOf(benefitId)).toEqual({ caseId: into, state: 'stopped' });
    expect(await row('select state, amount_cents::int as cents from legal_compensation where id = $1', owed)).toEqual({
      state: 'owed',
      cents: 1500,
    });
  });

  it('brings what is given along: it stands on the case that goes on', async () => {
    const [into, from] = [await world.aCase(), await world.aCase()];
    const { benefitId } = await whileTaken({ into, from }, () => world.give(from, voucher()));
    expect(await caseOf(benefitId)).toMatchObject({ caseId: into });
  });

  it('hinders no decision on what was proposed', async () => {
    const [into, from] = [await world.aCase(), await world.aCase()];
    const { benefitId } = await world.give(from, discount());
    await whileTaken({ into, from }, () =>
      world.tx((tx) => world.decisions().stop(tx, world.agent, benefitId, 'Ya no hace falta')),
    );
    expect(await caseOf(benefitId)).toEqual({ caseId: into, state: 'stopped' });
  });
});
