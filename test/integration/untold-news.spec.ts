import { CustomerNews, MergeService, UnmergeService, actorOf } from '#cases';
import { NotifyJob } from '#notifications';
import { CaseDetailView } from '#views';
import { CaseDetail, type UntoldNews } from '#contracts';
import { aPerson, readerOf } from '../factories/rooms.js';
import { openRepairs, type RepairWorld } from './repair.world.js';

let world: RepairWorld;
beforeAll(async () => {
  world = await openRepairs();
});
afterAll(() => world.rooms.close());

const query = <Row extends Record<string, unknown>>(sql: string, ...values: unknown[]) =>
  world.rooms.db.query<Row>(sql, values);
const news = () => world.rooms.get(CustomerNews);

/** Of a customer whose only account is theirs no longer. */
const unreachable = async () => {
  const taken = await world.taken();
  await query(
    `update contact_point p set valid_to = now() from cases c where c.id = $1 and p.customer_id = c.customer_id`,
    taken.caseId,
  );
  return taken;
};
const untold = async (caseId: string): Promise<UntoldNews[]> => {
  const view = world.rooms.get(CaseDetailView);
  const detail = await view.find(world.rooms.database.manager, readerOf(world.agent), caseId);
  return CaseDetail.parse(JSON.parse(detail)).untold;
};
const repaired = async (repairId: string) => {
  for (const to of ['diagnosed', 'in_repair', 'repaired'] as const) await world.move(repairId, to);
};
const tell = (caseId: string, newsId: string, by = world.agent) =>
  world.rooms.database.transaction((tx) => news().told(tx, by, caseId, newsId, 'phone'));

/** Whom the notices of the case are of, once everything that happened was handed on. */
const noticed = async (caseId: string) => {
  const events = await query<{ id: string; type: string }>(
    `select id, type from case_event where case_id = $1 and type like 'customer.%' order by seq`,
    caseId,
  );
  await world.rooms.get(NotifyJob).run({ events, correlationId: null });
  return query<{ agent: string; read: boolean }>(
    `select agent_id as agent, read_at is not null as read from notification where case_id = $1 and kind = 'untold' order by agent_id`,
    caseId,
  );
};

describe('a customer who cannot be written to', () => {
  it('is not left untold: what to say stands on the case once, without a link, with who has to call', async () => {
    const { caseId, repairId } = await unreachable();
    await repaired(repairId);
    expect(await world.told(caseId)).toEqual([]);
    const [one, ...more] = await untold(caseId);
    expect(more).toEqual([]);
    expect(one?.es).toMatch(/^Hola, .*ya está reparado \(caso H-.{7}\)\. Vuelve de camino a tus manos\.$/u);
    expect(one?.en).toMatch(/^Hello, .*is repaired \(case H-.{7}\)\. It is on its way back to your hands\.$/u);
    const [event, ...others] = await world.events(caseId, 'customer.%');
    expect(others).toEqual([]);
    expect(event).toMatchObject({ type: 'customer.untold', data: { newsId: one?.id, es: one?.es } });
    // Told of again, it is the same news.
    const again = world.rooms.database.transaction((tx) =>
      news().tell(tx, { cause: `repair:${repairId}:repaired:1`, caseId, text: { es: () => 'x', en: () => 'x' } }),
    );
    await expect(again).resolves.toBeNull();
    expect(await untold(caseId)).toHaveLength(1);
  });

  it('is told by somebody, and by whom and how stands on the case; twice it is told once', async () => {
    const { caseId, repairId } = await unreachable();
    await repaired(repairId);
    const [one] = await untold(caseId);
    await Promise.all([tell(caseId, one?.id ?? ''), tell(caseId, one?.id ?? '')]);
    expect(await untold(caseId)).toEqual([]);
    const events = await world.events(caseId, 'customer.told');
    expect(events).toEqual([{ type: 'customer.told', data: { newsId: one?.id, how: 'phone' } }]);
  });

  it('is nobody else’s to have told: not of a case one does not see, nor of another case', async () => {
    const [mine, other] = [await unreachable(), await unreachable()];
    await repaired(mine.repairId);
    const [one] = await untold(mine.caseId);
    const stranger = tell(mine.caseId, one?.id ?? '', world.stranger);
    await expect(stranger).rejects.toMatchObject({ code: 'case.not_found' });
    await expect(tell(other.caseId, one?.id ?? '')).rejects.toMatchObject({ code: 'news.not_found' });
    expect(await untold(mine.caseId)).toHaveLength(1);
  });

  it('has no pile of news: the newest of the same says it all, and being here says the rest', async () => {
    const { caseId, repairId } = await unreachable();
    await world.move(repairId, 'diagnosed');
    await world.offered(repairId, {}, true);
    const [first] = await untold(caseId);
    expect(first?.es).toContain('ya tienes el presupuesto');
    const second = await world.offered(repairId, { cover: { months: 12, what: 'Todo' } }, true);
    const left = await untold(caseId);
    expect(left).toHaveLength(1);
    expect(left[0]?.id).not.toBe(first?.id);
    await world.byLink(await world.link(caseId), second);
    expect(await untold(caseId)).toEqual([]);
  });

  it.each(['it runs out', 'cancelled', 'unrepairable'] as const)(
    'of a quote need not be told once: %s',
    async (end) => {
      const { caseId, repairId } = await unreachable();
      await world.move(repairId, 'diagnosed');
      await world.offered(repairId, { validUntil: world.in(1).toISOString() }, true);
      expect(await untold(caseId)).toHaveLength(1);
      if (end === 'it runs out') {
        const start = world.rooms.clock.now();
        world.rooms.clock.set(world.in(2));
        await world.sweep();
        world.rooms.clock.set(start);
      } else await world.move(repairId, end, 'No hay piezas');
      expect(await untold(caseId)).toEqual([]);
    },
  );

  const merged = async (kept: string, taken: string) => {
    const customers = await query<{ id: string; customer: string }>(
      'select id, customer_id as customer from cases where id = any($1)',
      [kept, taken],
    );
    const of = (id: string) => customers.find((row) => row.id === id)?.customer ?? '';
    const merge = world.rooms.get(MergeService);
    const supervisor = await aPerson(world.rooms, 'supervisor');
    const { mergeId } = await world.rooms.database.transaction((tx) =>
      merge.customers(tx, actorOf(supervisor), { into: of(kept), from: of(taken), reason: 'La misma' }),
    );
    return () =>
      world.rooms.database.transaction((tx) => world.rooms.get(UnmergeService).undo(tx, supervisor, mergeId));
  };

  it('is still to be told when their case becomes another', async () => {
    const [kept, taken] = [await world.taken(), await unreachable()];
    await repaired(taken.repairId);
    const [one] = await untold(taken.caseId);
    await merged(kept.caseId, taken.caseId);
    const [living] = await query<{ id: string }>('select living_case($1) as id', taken.caseId);
    expect(await untold(living?.id ?? '')).toMatchObject([{ id: one?.id }]);
  });

  it('is called, and nobody else, of a repair that came up while their case was another', async () => {
    const [kept, taken] = [await unreachable(), await unreachable()];
    await query('update cases set assignee_id = $2 where id = any($1)', [kept.caseId, taken.caseId], world.agent.id);
    const part = await merged(kept.caseId, taken.caseId);
    await repaired(taken.repairId);
    await repaired(kept.repairId);
    expect(await untold(kept.caseId)).toHaveLength(2);
    expect(await noticed(kept.caseId)).toHaveLength(2);
    await part();
    const [ofKept, ofTaken] = [await untold(kept.caseId), await untold(taken.caseId)];
    expect([ofKept.length, ofTaken.length]).toEqual([1, 1]);
    const [news] = await query<{ subject: string }>('select subject from customer_news where id = $1', ofTaken[0]?.id);
    expect(news).toEqual({ subject: `repair:${taken.repairId}` });
    expect(await noticed(taken.caseId)).toEqual([{ agent: world.agent.id, read: false }]);
  });
});

describe('who is told that somebody has to call', () => {
  it('is whoever has the case, and it need not be read once the customer knows', async () => {
    const { caseId, repairId } = await unreachable();
    await query('update cases set assignee_id = $2 where id = $1', caseId, world.agent.id);
    await repaired(repairId);
    expect(await noticed(caseId)).toEqual([{ agent: world.agent.id, read: false }]);
    const colleague = await aPerson(world.rooms);
    await tell(caseId, (await untold(caseId))[0]?.id ?? '', colleague);
    expect(await noticed(caseId)).toEqual([{ agent: world.agent.id, read: true }]);
  });

  it('need not read it once the customer has decided by themselves, or something newer says it', async () => {
    const { caseId, repairId } = await unreachable();
    await query('update cases set assignee_id = $2 where id = $1', caseId, world.agent.id);
    await world.move(repairId, 'diagnosed');
    await world.offered(repairId, {}, true);
    expect((await noticed(caseId)).map(({ read }) => read)).toEqual([false]);
    const second = await world.offered(repairId, { cover: { months: 12, what: 'Todo' } }, true);
    expect((await noticed(caseId)).map(({ read }) => read).sort()).toEqual([false, true]);
    await world.byLink(await world.link(caseId), second);
    expect((await noticed(caseId)).map(({ read }) => read)).toEqual([true, true]);
  });

  it('is the store where nobody has it', async () => {
    const { caseId, repairId } = await unreachable();
    const seller = await aPerson(world.rooms, 'store', world.storeId);
    await query(
      'insert into case_store (case_id, store_id) values ($1, $2) on conflict do nothing',
      caseId,
      world.storeId,
    );
    await repaired(repairId);
    expect(await noticed(caseId)).toEqual([{ agent: seller.id, read: false }]);
  });
});
