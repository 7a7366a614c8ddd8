import { CaseService } from '#cases';
import { newId } from '#platform';
import type { HygieneStep } from '#contracts';
import { aPerson, aStore } from '../factories/rooms.js';
import { DAY, HOUR, openLoaners, type LoanersWorld } from './loaners.world.js';

let world: LoanersWorld;
let modelId: string;
beforeAll(async () => {
  world = await openLoaners();
  modelId = await world.model();
});
afterAll(() => world.rooms.close());

const refused = (code: string) => expect.objectContaining({ code }) as unknown;
const fresh = () => world.loaner(modelId);
const STEPS: HygieneStep[] = ['signed_out', 'lock_off', 'sim_removed', 'erased'];
const UNSIGNED = { photoIds: [], accessories: [], unsignedBecause: 'En papel' };
const clean = async (loanerId: string, steps = STEPS) => {
  for (const step of steps) await world.clean(loanerId, step);
};
const swap = (loanId: string, loanerId: string) =>
  world.do((tx) => world.losses.swap(tx, world.clerk, loanId, { ...UNSIGNED, loanerId, reason: 'No carga' }));
const charge = (loanId: string, kind: 'lost' | 'damaged') =>
  world.do((tx) =>
    world.losses[kind](tx, world.clerk, loanId, { text: 'Se cayó', photoIds: [], decision: 'open', currency: 'EUR' }),
  );
const liveOf = async (caseId: string) =>
  (await world.rooms.db.query<{ id: string }>('select id from loan where case_id = $1 and slot is not null', [caseId]))
    .map(({ id }) => id)
    .join();
const change = async (caseId: string, status: 'closed' | 'spam') => {
  const [row] = await world.rooms.db.query<{ version: number }>('select version from cases where id = $1', [caseId]);
  return world.do((tx) =>
    world.rooms.get(CaseService).change(tx, world.agent, caseId, { status, version: row?.version ?? 0 }),
  );
};
/** How each of several deeds at once ended, in no order. */
const ends = async (deeds: Promise<unknown>[]) =>
  (await Promise.allSettled(deeds))
    .map((each) => (each.status === 'fulfilled' ? 'done' : ((each.reason as { code?: string }).code ?? 'broken')))
    .toSorted();

describe('a case and its loan hold each other', () => {
  it('what is lent or kept is no spam either', async () => {
    const caseId = await world.aCase();
    const loanId = await world.reserve(caseId, await fresh());
    await expect(change(caseId, 'spam')).rejects.toEqual(refused('case.not_closable'));
    await world.lend(loanId);
    await expect(change(caseId, 'spam')).rejects.toEqual(refused('case.not_closable'));
    await world.takeBack(loanId);
    await change(caseId, 'spam');
  });

  it('closed and lent at once: one of them is', async () => {
    for (let round = 0; round < 8; round += 1) {
      const caseId = await world.aCase();
      const loanerId = await fresh();
      await ends([world.reserve(caseId, loanerId), change(caseId, 'closed')]);
      const [row] = await world.rooms.db.query<{ open: boolean }>('select is_open as open from cases where id = $1', [
        caseId,
      ]);
      expect({ open: row?.open, lent: (await liveOf(caseId)) !== '' }).toEqual(
        row?.open ? { open: true, lent: true } : { open: false, lent: false },
      );
    }
  });

  it('reopened it is decided anew, and the loan that was is over', async () => {
    const caseId = await world.aCase();
    const loanId = await world.lent(caseId, await fresh());
    await world.takeBack(loanId);
    await change(caseId, 'closed');
    await expect(world.decide(caseId, { loanerId: await fresh() })).rejects.toEqual(refused('case.over'));
    await world.rooms.db.query(`update cases set status = 'in_solution', closed_at = null where id = $1`, [caseId]);
    await expect(world.lend(loanId)).rejects.toEqual(refused('loan.transition_forbidden'));
    await world.lent(caseId, await fresh());
  });
});

describe('a loaner is free only when it is clean', () => {
  it('no way from a customer to the shelf but the four steps, each of this time', async () => {
    const loanerId = await fresh();
    await world.takeBack(await world.lent(await world.aCase(), loanerId));
    await clean(loanerId, ['signed_out', 'lock_off']);
    await expect(
      world.do((tx) => world.pool.send(tx, world.boss, loanerId, { toStoreId: world.storeId })),
    ).rejects.toEqual(refused('loaner.same_store'));
    const colon = await aStore(world.rooms, `Nexo ${newId()}`);
    await expect(world.do((tx) => world.pool.send(tx, world.boss, loanerId, { toStoreId: colon }))).rejects.toEqual(
      refused('loaner.transition_forbidden'),
    );
    await world.do((tx) => world.pool.move(tx, world.clerk, loanerId, { to: 'in_repair', reason: 'Pantalla' }));
    await world.do((tx) => world.pool.move(tx, world.clerk, loanerId, { to: 'hygiene', reason: 'Volvió' }));
    await clean(loanerId, ['sim_removed', 'erased']);
    expect(await world.stateOf(loanerId)).toBe('hygiene');
    await clean(loanerId, ['signed_out', 'lock_off']);
    expect(await world.stateOf(loanerId)).toBe('available');
  });

  it('the last step by two people at once is one step', async () => {
    const loanerId = await fresh();
    await world.takeBack(await world.lent(await world.aCase(), loanerId));
    await clean(loanerId, ['signed_out', 'lock_off', 'sim_removed']);
    await ends([clean(loanerId, ['erased']), clean(loanerId, ['erased'])]);
    expect(await world.stateOf(loanerId)).toBe('available');
    expect(
      await world.rooms.db.query(`select from loaner_move where loaner_id = $1 and to_state = 'available'`, [loanerId]),
    ).toHaveLength(2);
  });

  it('sent away and kept for somebody at once: one of them', async () => {
    const colon = await aStore(world.rooms, `Nexo ${newId()}`);
    for (let round = 0; round < 8; round += 1) {
      const [caseId, loanerId] = [await world.aCase(), await fresh()];
      const how = await ends([
        world.do((tx) => world.pool.send(tx, world.clerk, loanerId, { toStoreId: colon })),
        world.reserve(caseId, loanerId),
      ]);
      expect(how).toHaveLength(2);
      expect(how.filter((each) => each === 'done')).toHaveLength(1);
      expect(await world.stateOf(loanerId)).toBe((await liveOf(caseId)) ? 'reserved' : 'in_transfer');
    }
  });

  it('one on its way is neither lent, swapped in nor received by another store', async () => {
    const colon = await aStore(world.rooms, `Nexo ${newId()}`);
    const other = await aPerson(world.rooms, 'store', await aStore(world.rooms, `Nexo ${newId()}`));
    const [caseId, loanerId] = [await world.aCase(), await fresh()];
    const loanId = await world.lent(caseId, await fresh());
    await world.do((tx) => world.pool.send(tx, world.clerk, loanerId, { toStoreId: colon }));
    await expect(swap(loanId, loanerId)).rejects.toEqual(refused('loaner.not_available'));
    await expect(world.do((tx) => world.pool.receive(tx, other, loanerId))).rejects.toEqual(
      refused('loaner.not_found'),
    );
    await world.do((tx) => world.pool.move(tx, world.boss, loanerId, { to: 'lost', reason: 'No llegó' }));
    await expect(world.do((tx) => world.pool.receive(tx, world.boss, loanerId))).rejects.toEqual(
      refused('loaner.transition_forbidden'),
    );
  });
});

describe('swapped, damaged and lost', () => {
  it('swapped twice at once: they have one other phone', async () => {
    const caseId = await world.aCase();
    const loanId = await world.lent(caseId, await fresh());
    const others = [await fresh(), await fresh()];
    expect(await ends(others.map((other) => swap(loanId, other)))).toEqual(['done', 'loan.transition_forbidden']);
    const states = await Promise.all(others.map(world.stateOf));
    expect(states.toSorted()).toEqual(['available', 'on_loan']);
    // And back again, once the first is clean.
    const [next] = (await liveOf(caseId)).split(',');
    await swap(next ?? '', others[states.indexOf('available')] ?? '');
    expect((await liveOf(caseId)).split(',')).toHaveLength(1);
  });

  it('damaged and lost at once: it is lost once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const loanId = await world.lent(await world.aCase(), await fresh());
      await ends([charge(loanId, 'lost'), charge(loanId, 'damaged'), charge(loanId, 'lost')]);
      expect(await world.loan(loanId)).toMatchObject({ state: 'lost', slot: null });
      expect(
        await world.rooms.db.query(`select from loan_charge where loan_id = $1 and kind = 'loss'`, [loanId]),
      ).toHaveLength(1);
    }
  });

  it('lost by one customer, found, and lost by another: the first bringing theirs back does not find it', async () => {
    const loanerId = await fresh();
    const first = await world.lent(await world.aCase(), loanerId);
    await charge(first, 'lost');
    await world.do((tx) => world.pool.move(tx, world.boss, loanerId, { to: 'hygiene', reason: 'Apareció' }));
    await clean(loanerId);
    const second = await world.lent(await world.aCase(), loanerId);
    await charge(second, 'lost');
    await world.takeBack(first);
    expect(await world.stateOf(loanerId)).toBe('lost');
    await world.takeBack(second);
    expect(await world.stateOf(loanerId)).toBe('hygiene');
  });

  it('another phone for one that is late: what was asked is not asked again', async () => {
    const caseId = await world.aCase();
    const loanId = await world.lent(caseId, await fresh());
    world.rooms.clock.advance(15 * DAY);
    await world.sweep();
    expect(await world.told(caseId)).toHaveLength(1);
    await swap(loanId, await fresh());
    world.rooms.clock.advance(HOUR);
    await world.sweep();
    expect(await world.told(caseId)).toHaveLength(1);
    world.rooms.clock.advance(3 * DAY);
    await world.sweep();
    expect((await world.events(caseId, 'loan.overdue')).map(({ data }) => data['rung'])).toEqual(['reminder', 'call']);
  });
});

describe('clocks that do not agree', () => {
  it('a phone that was let go by one process is kept by another whose clock is behind', async () => {
    const loanerId = await fresh();
    const loanId = await world.reserve(await world.aCase(), loanerId);
    world.rooms.clock.advance(2 * HOUR);
    await world.do((tx) => world.reservations.cancel(tx, world.agent, loanId, 'No lo quiere'));
    world.rooms.clock.advance(-HOUR);
    const again = await world.lent(await world.aCase(), loanerId);
    world.rooms.clock.advance(-HOUR);
    await world.takeBack(again);
    await clean(loanerId);
    const other = await world.lent(await world.aCase(), await fresh());
    await swap(other, loanerId);
    expect(await world.stateOf(loanerId)).toBe('on_loan');
    world.rooms.clock.advance(3 * HOUR);
  });

  it('a clock that jumps forward takes one step at a time, with the time between kept', async () => {
    const caseId = await world.aCase();
    await world.lent(caseId, await fresh());
    world.rooms.clock.advance(400 * DAY);
    for (let look = 0; look < 5; look += 1) await world.sweep();
    expect((await world.events(caseId, 'loan.overdue')).map(({ data }) => data['rung'])).toEqual(['reminder']);
    world.rooms.clock.advance(-DAY);
    await world.sweep();
    world.rooms.clock.advance(DAY + 61 * HOUR);
    for (let look = 0; look < 5; look += 1) await world.sweep();
    expect((await world.events(caseId, 'loan.overdue')).map(({ data }) => data['rung'])).toEqual(['reminder', 'call']);
  });
});
