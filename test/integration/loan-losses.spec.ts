import { actorOf, MergeService } from '#cases';
import type { HygieneStep } from '#contracts';
import { openLoaners, type LoanersWorld } from './loaners.world.js';

let world: LoanersWorld;
let modelId: string;
beforeAll(async () => {
  world = await openLoaners();
  modelId = await world.model();
});
afterAll(() => world.rooms.close());

const refused = (code: string) => expect.objectContaining({ code }) as unknown;
const swap = (loanId: string, loanerId: string) =>
  world.do((tx) =>
    world.losses.swap(tx, world.clerk, loanId, {
      ...{ loanerId, reason: 'No carga', photoIds: [], accessories: [], unsignedBecause: 'Firma en papel' },
    }),
  );
const lose = (loanId: string) =>
  world.do((tx) =>
    world.losses.lost(tx, world.clerk, loanId, {
      ...{ text: 'Se quedó en el tren', photoIds: [], decision: 'open', currency: 'EUR' },
    }),
  );
const liveOf = (caseId: string) =>
  world.rooms.db.query<{ id: string; loaner_id: string }>(
    'select id, loaner_id from loan where case_id = $1 and slot is not null order by loaner_id',
    [caseId],
  );
const customerOf = async (caseId: string) =>
  (await world.rooms.db.query<{ id: string }>('select customer_id as id from cases where id = $1', [caseId]))[0]?.id ??
  '';

it('another phone for the one they have: due as that was, and that is to be cleaned', async () => {
  const [caseId, broken, other] = [
    await world.aCase(['calls']),
    await world.loaner(modelId),
    await world.loaner(modelId),
  ];
  const loanId = await world.lent(caseId, broken, { relieves: ['calls'] });
  await swap(loanId, other);
  expect([await world.stateOf(broken), await world.stateOf(other)]).toEqual(['hygiene', 'on_loan']);
  const [live] = await liveOf(caseId);
  expect(await world.loan(live?.id ?? '')).toMatchObject({
    ...{ loaner_id: other, swapped_from: loanId, relieves: ['calls'] },
    due_at: (await world.loan(loanId))['due_at'],
  });
  expect(await world.rooms.db.query('select state from impact where case_id = $1', [caseId])).toEqual([
    { state: 'relieved' },
  ]);
});

it('swaps either of the two that a merge brought onto one case', async () => {
  const [into, from] = [await world.aCase(), await world.aCase()];
  const phones = [await world.loaner(modelId), await world.loaner(modelId), await world.loaner(modelId)] as const;
  await world.lent(into, phones[0]);
  const brought = await world.lent(from, phones[1]);
  await world.do(async (tx) =>
    world.rooms.get(MergeService).customers(tx, actorOf(world.boss), {
      ...{ into: await customerOf(into), from: await customerOf(from), reason: 'La misma persona' },
    }),
  );
  expect(await liveOf(into)).toHaveLength(2);
  await swap(brought, phones[2]);
  expect((await liveOf(into)).map(({ loaner_id: id }) => id)).toEqual([phones[0], phones[2]].toSorted());
});

it('what is lost is swapped for nothing; found and lent anew, it is with whoever has it', async () => {
  const [caseId, loanerId] = [await world.aCase(), await world.loaner(modelId)];
  const loanId = await world.lent(caseId, loanerId);
  await lose(loanId);
  expect(await world.stateOf(loanerId)).toBe('lost');
  await expect(swap(loanId, await world.loaner(modelId))).rejects.toEqual(refused('loan.transition_forbidden'));
  await world.do((tx) => world.pool.move(tx, world.boss, loanerId, { to: 'hygiene', reason: 'Lo trajo un vecino' }));
  for (const step of ['signed_out', 'lock_off', 'sim_removed', 'erased'] satisfies HygieneStep[])
    await world.clean(loanerId, step);
  const again = await world.lent(await world.aCase(), loanerId);
  await world.takeBack(loanId);
  expect(await world.loan(loanId)).toMatchObject({ state: 'returned' });
  expect(await world.stateOf(loanerId)).toBe('on_loan');
  await world.takeBack(again);
  expect(await world.stateOf(loanerId)).toBe('hygiene');
});

describe('what is owed', () => {
  const note = (kind: 'lost' | 'damaged', loanId: string, amountCents: number) =>
    world.do((tx) =>
      world.losses[kind](tx, world.clerk, loanId, {
        ...{ text: 'Se cayó', photoIds: [], decision: 'charge', amountCents, currency: 'EUR' },
      }),
    );
  const standing = (loanId: string) =>
    world.rooms.db.query(
      'select kind, amount_cents as cents from loan_charge where loan_id = $1 and ended_at is null order by amount_cents',
      [loanId],
    );
  const aLoan = async () => world.lent(await world.aCase(), await world.loaner(modelId));

  it('for a phone that is lost is the phone, and not what was broken on it as well', async () => {
    const loanId = await aLoan();
    await note('damaged', loanId, 3_000);
    await note('damaged', loanId, 5_000);
    expect(await standing(loanId)).toEqual([
      { kind: 'damage', cents: 3_000 },
      { kind: 'damage', cents: 5_000 },
    ]);
    await note('lost', loanId, 20_000);
    expect(await standing(loanId)).toEqual([{ kind: 'loss', cents: 20_000 }]);
  });

  it('for one they bring back after all is what is broken on it', async () => {
    const loanId = await aLoan();
    await note('lost', loanId, 20_000);
    await world.takeBack(loanId);
    expect(await standing(loanId)).toEqual([]);
    await note('damaged', loanId, 3_000);
    expect(await standing(loanId)).toEqual([{ kind: 'damage', cents: 3_000 }]);
  });

  it('is never both, whoever says so first', async () => {
    for (let round = 0; round < 5; round += 1) {
      const loanId = await aLoan();
      await Promise.allSettled([
        note('damaged', loanId, 3_000),
        note('lost', loanId, 20_000),
        note('damaged', loanId, 5_000),
      ]);
      expect(await standing(loanId)).toEqual([{ kind: 'loss', cents: 20_000 }]);
    }
  });

  it('cannot be both in the database, whatever a program says', async () => {
    const loanId = await aLoan();
    await note('lost', loanId, 20_000);
    const copy = (kind: string) =>
      world.rooms.db.query(
        `insert into loan_charge (id, loan_id, kind, text, photo_ids, decision, by_id, by_name, at)
         select gen_random_uuid(), loan_id, $2, text, photo_ids, 'open', by_id, by_name, at from loan_charge where loan_id = $1`,
        [loanId, kind],
      );
    await expect(copy('damage')).rejects.toThrow('lost_or_damaged');
    await expect(copy('loss')).rejects.toThrow('loan_charge_lost_once');
  });
});

it('what was lost and is brought back is there again, to be cleaned', async () => {
  const loanerId = await world.loaner(modelId);
  const loanId = await world.lent(await world.aCase(), loanerId);
  await lose(loanId);
  await world.takeBack(loanId);
  expect(await world.stateOf(loanerId)).toBe('hygiene');
});
