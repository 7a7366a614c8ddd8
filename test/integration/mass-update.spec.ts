import { ArrivalService, PromiseService, ReplyService } from '#cases';
import { newId } from '#platform';
import { dm, mail, receive } from '../factories/rooms.js';
import { openIncidents, type IncidentsWorld } from './incidents.world.js';

const HOUR = 3_600_000;
const TEXT = { es: 'Hola {name}: seguimos con {reference}.', en: 'Hi {name}: still on {reference}.' };
const UPDATE = { kind: 'update' as const, text: TEXT };

let world: IncidentsWorld;
let serial = 0;
beforeAll(async () => {
  world = await openIncidents();
});
afterAll(() => world.rooms.close());

/** Cases of people who wrote on X, by mail, or came by and left no address. */
async function cases(twitter: number, email: number, atCounter = 0): Promise<string[]> {
  const number = () => (serial += 1);
  const messages = [
    ...Array.from({ length: twitter }, () => dm(String(400_000 + number()))),
    ...Array.from({ length: email }, () => mail(`masa${number()}@correo.test`, { displayName: `Ana ${serial}` })),
  ];
  const ids: string[] = [];
  for (let from = 0; from < messages.length; from += 50)
    ids.push(...(await receive(world.rooms, ...messages.slice(from, from + 50))).map(({ caseId }) => caseId));
  for (let n = 0; n < atCounter; n += 1) {
    const { caseId } = await world.rooms.database.transaction((tx) =>
      world.rooms.get(ArrivalService).visit(tx, world.agent, {
        ...{ storeId: world.storeId, text: 'No tiene línea' },
        customer: { displayName: `Visita ${number()}`, phone: `+34612${String(400_000 + serial)}` },
      }),
    );
    ids.push(caseId);
  }
  return ids;
}

async function anIncident(...counts: [number, number, number?]) {
  const caseIds = await cases(...counts);
  return { id: await world.open({ caseIds }), caseIds };
}

const drain = async (worker = world.worker()): Promise<void> => {
  while (await worker.run());
};
/** What was really written: rows of replies, not what the items say. */
const replies = (updateId: string) =>
  world.query(
    `select i.case_id, i.text, i.author_id, i.author_kind, d.state from incident_update_item u join interaction i on i.case_id = u.case_id and i.direction = 'outbound'
       join delivery d on d.interaction_id = i.id where u.update_id = $1`,
    updateId,
  );
const leave = (updateId: string, count: number) =>
  world.query(
    `update delivery d set state = 'sent', sent_at = $3 from (select interaction_id from incident_update_item where update_id = $1 and interaction_id is not null order by case_id limit $2) i
     where d.interaction_id = i.interaction_id`,
    updateId,
    count,
    world.rooms.clock.now(),
  );

/** Dies now and then, before or after it has written. */
const frail = <S extends object>(service: S, method: keyof S & string, every: number): S => {
  let calls = 0;
  return new Proxy(service, {
    get: (target, name) => {
      const own: unknown = Reflect.get(target, name);
      if (name !== method || typeof own !== 'function') return typeof own === 'function' ? own.bind(target) : own;
      return async (...values: unknown[]) => {
        calls += 1;
        if (calls % every === 3) throw new Error('the process died');
        const done: unknown = await Reflect.apply(own, target, values);
        if (calls % every === 0) throw new Error('the process died');
        return done;
      };
    },
  });
};

describe('one text to 500 customers by three channels', () => {
  it('reaches each once, though two workers share the work and die again and again in the middle', async () => {
    const { id, caseIds } = await anIncident(250, 200, 50);
    const before = await world.preview(id, UPDATE);
    expect(before).toMatchObject({ total: 500, reached: 450, skipped: [{ reason: 'unreachable', count: 50 }] });
    expect(before.by).toEqual([
      { channel: 'twitter', language: 'both', count: 250 },
      { channel: 'email', language: 'both', count: 200 },
    ]);
    expect(before.examples).toHaveLength(3);
    const nextUpdateAt = new Date(world.rooms.clock.now().getTime() + 4 * HOUR).toISOString();
    const updateId = await world.send(id, { ...UPDATE, nextUpdateAt });
    const house = world.worker();
    const [one, other] = [
      world.worker({ replies: frail(world.rooms.get(ReplyService), 'reply', 17) }),
      world.worker({ promises: frail(world.rooms.get(PromiseService), 'make', 23) }),
    ];
    let deaths = 0;
    const live = async (worker: typeof house) => {
      for (let rounds = 0; rounds < 400; rounds += 1)
        try {
          if (!(await worker.run())) return;
        } catch (error) {
          expect(String(error)).toContain('the process died');
          deaths += 1;
        }
    };
    await Promise.all([live(one), live(other)]);
    await drain(house);
    expect(deaths).toBeGreaterThan(20);
    const written = await replies(updateId);
    expect(written).toHaveLength(450);
    expect(new Set(written.map((row) => row['case_id'])).size).toBe(450);
    expect(written.every((row) => row['author_id'] === world.supervisor.id && row['author_kind'] === 'agent')).toBe(
      true,
    );
    // What the items say is what the rows are.
    const items = await world.items(id, updateId);
    expect(items.map(({ caseId }) => caseId).toSorted()).toEqual(caseIds.toSorted());
    expect(items.filter(({ state }) => state === 'queued')).toHaveLength(450);
    expect(items.filter(({ state, reason }) => state === 'skipped' && reason === 'unreachable')).toHaveLength(50);
    const promises = await world.query(
      `select case_id from promise where by_id = $1 and state = 'open' and due_at = $2`,
      world.supervisor.id,
      nextUpdateAt,
    );
    expect(promises).toHaveLength(450);
    expect(new Set(promises.map((row) => row['case_id']))).toEqual(new Set(written.map((row) => row['case_id'])));
    await leave(updateId, 120);
    expect(await world.progress(id, updateId)).toMatchObject({
      ...{ state: 'done', total: 500 },
      counts: { waiting: 0, queued: 330, sent: 120, failed: 0, skipped: 50, stopped: 0 },
    });
  }, 120_000);
});

describe('stopped', () => {
  it('what has left stays sent, what was held is taken back with its promise, what waits is never written', async () => {
    const { id } = await anIncident(40, 40);
    const nextUpdateAt = new Date(world.rooms.clock.now().getTime() + HOUR).toISOString();
    const updateId = await world.send(id, { ...UPDATE, nextUpdateAt });
    expect(await world.worker().run()).toBe(true);
    await leave(updateId, 10);
    await world.stop(id, updateId);
    // Again is the same; and who had it in hand goes on with nothing.
    await world.stop(id, updateId);
    await Promise.all([drain(), drain()]);
    expect(await world.progress(id, updateId)).toMatchObject({
      ...{ state: 'stopped', stoppedBy: { id: world.supervisor.id } },
      counts: { waiting: 0, queued: 0, sent: 10, failed: 0, skipped: 0, stopped: 70 },
    });
    const written = await replies(updateId);
    expect(written.filter((row) => row['state'] === 'undone')).toHaveLength(15);
    expect(written.filter((row) => row['state'] === 'sent')).toHaveLength(10);
    const promises = await world.query(
      `select p.state, count(*)::int from promise p join incident_update_item i on i.promise_id = p.id where i.update_id = $1 group by 1 order by 1`,
      updateId,
    );
    expect(promises).toEqual([
      { state: 'open', count: 10 },
      { state: 'withdrawn', count: 15 },
    ]);
    // Nobody finds a draft of it.
    expect(await world.query('select from draft where agent_id = $1', world.supervisor.id)).toEqual([]);
    await expect(world.stop(id, updateId)).rejects.toMatchObject({ code: 'update.over' });
  });

  it('while it is written, each is written or stopped, and none both', async () => {
    const { id } = await anIncident(60, 0);
    const updateId = await world.send(id, UPDATE);
    await Promise.all([world.worker().run(), world.worker().run(), world.stop(id, updateId)]);
    await drain();
    const { counts } = await world.progress(id, updateId);
    expect(counts).toMatchObject({ waiting: 0, queued: 0, sent: 0, stopped: 60 });
    expect((await replies(updateId)).every((row) => row['state'] === 'undone')).toBe(true);
  });
});

describe('what has changed since it was asked for', () => {
  it('is looked at when its turn comes', async () => {
    const { id, caseIds } = await anIncident(4, 0);
    const updateId = await world.send(id, UPDATE);
    const [over = '', left = '', ended = ''] = caseIds;
    await world.query(
      `update cases set status = 'closed', closed_at = $2 where id = $1`,
      over,
      world.rooms.clock.now(),
    );
    await world.remove(id, [left]);
    await world.query(
      `update contact_point set valid_to = $2 where customer_id = (select customer_id from cases where id = $1)`,
      ended,
      world.rooms.clock.now(),
    );
    await drain();
    const items = new Map((await world.items(id, updateId)).map((item) => [item.caseId, item.reason ?? item.state]));
    expect(caseIds.map((caseId) => items.get(caseId))).toEqual(['case_over', 'left', 'unreachable', 'queued']);
  });

  it('two at one address get it once', async () => {
    const caseIds = await cases(0, 2);
    await world.query(
      `update contact_point set shared = true, value = 'familia@correo.test' where customer_id in (select customer_id from cases where id = any($1))`,
      caseIds,
    );
    const id = await world.open({ caseIds });
    expect(await world.preview(id, UPDATE)).toMatchObject({ reached: 1, skipped: [{ reason: 'duplicate', count: 1 }] });
    const updateId = await world.send(id, UPDATE);
    await Promise.all([drain(), drain()]);
    expect((await world.items(id, updateId)).map(({ state }) => state).toSorted()).toEqual(['queued', 'skipped']);
    expect(await replies(updateId)).toHaveLength(1);
  });
});

describe('a mass update', () => {
  it('leaves unread what is unread, and what somebody has begun to write', async () => {
    const { id, caseIds } = await anIncident(1, 0);
    await world.query(
      `insert into draft (agent_id, case_id, channel, text, attachment_ids, updated_at) values ($1, $2, 'customer', 'A medias', '{}', $3)`,
      world.supervisor.id,
      caseIds[0],
      world.rooms.clock.now(),
    );
    await world.send(id, UPDATE);
    await drain();
    expect(
      await world.query('select unread, next_action, last_direction from cases where id = $1', caseIds[0]),
    ).toEqual([{ unread: 1, next_action: 'reply', last_direction: 'outbound' }]);
    expect(await world.query('select text from draft where case_id = $1', caseIds[0])).toEqual([{ text: 'A medias' }]);
  });

  it('keeps what was promised before, as any reply does, and promises the next', async () => {
    const { id, caseIds } = await anIncident(1, 0);
    const [caseId = ''] = caseIds;
    const inHours = (hours: number) => new Date(world.rooms.clock.now().getTime() + hours * HOUR).toISOString();
    const promises = world.rooms.get(PromiseService);
    await world.rooms.database.transaction((tx) =>
      promises.make(tx, world.agent, caseId, { kind: 'update', dueAt: inHours(2) }),
    );
    world.rooms.clock.advance(HOUR);
    const updateId = await world.send(id, { ...UPDATE, nextUpdateAt: inHours(4) });
    await drain();
    await leave(updateId, 1);
    const [sent] = await world.query('select interaction_id from incident_update_item where update_id = $1', updateId);
    await world.rooms.database.transaction((tx) => promises.keptBy(tx, String(sent?.['interaction_id'])));
    const kept = await world.query('select state, by_id from promise where case_id = $1 order by due_at', caseId);
    expect(kept).toEqual([
      { state: 'kept', by_id: world.agent.id },
      { state: 'open', by_id: world.supervisor.id },
    ]);
    const [row] = await world.query('select next_update_due_at from cases where id = $1', caseId);
    expect(row?.['next_update_due_at']).toEqual(new Date(inHours(4)));
  });

  it('says a name that looks like a placeholder as it is, and nothing where there is no name', async () => {
    const { id, caseIds } = await anIncident(2, 0);
    const [one = '', other = ''] = caseIds;
    const call = (caseId: string, name: string) =>
      world.query(
        'update customer set display_name = $2, language_known = true where id = (select customer_id from cases where id = $1)',
        caseId,
        name,
      );
    await call(one, '{reference}');
    await call(other, '@sin_nombre');
    await world.send(id, UPDATE);
    await drain();
    const texts = await world.query(
      `select i.case_id, i.text, c.reference from interaction i join cases c on c.id = i.case_id where i.case_id = any($1) and i.direction = 'outbound'`,
      caseIds,
    );
    const read = new Map(
      texts.map((row) => [row['case_id'], String(row['text']).replace(String(row['reference']), 'H')]),
    );
    expect(read.get(one)).toBe('Hola {reference}: seguimos con H.');
    expect(read.get(other)).toBe('Hola: seguimos con H.');
  });

  it.each([
    ['a slip in braces', { ...UPDATE, text: { es: 'Hola {nombre}', en: 'Hi' } }, 'incident.unknown_placeholder'],
    ['a time that has passed', { ...UPDATE, nextUpdateAt: '2026-01-01T00:00:00.000Z' }, 'incident.due_passed'],
  ])('with %s is refused', async (_what, body, code) => {
    const { id } = await anIncident(1, 0);
    await expect(world.send(id, body)).rejects.toMatchObject({ code });
    await expect(world.preview(id, body)).rejects.toMatchObject({ code });
  });

  it('waits for the one before, needs somebody to write to, and is not for everybody', async () => {
    const { id } = await anIncident(1, 0);
    await world.send(id, UPDATE);
    await expect(world.send(id, UPDATE)).rejects.toMatchObject({ code: 'update.still_running' });
    await expect(world.send(await world.open(), UPDATE)).rejects.toMatchObject({ code: 'incident.nobody' });
    await expect(world.send(newId(), UPDATE)).rejects.toMatchObject({ code: 'incident.not_found' });
    for (const by of [world.agent, world.clerk]) {
      await expect(world.send(id, UPDATE, by)).rejects.toMatchObject({ code: 'permission.denied' });
      await expect(world.preview(id, UPDATE, by)).rejects.toMatchObject({ code: 'permission.denied' });
      await expect(world.stop(id, newId(), by)).rejects.toMatchObject({ code: 'permission.denied' });
    }
    await drain();
  });
});
