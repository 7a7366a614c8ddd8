import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { AttachmentService } from '#cases';
import { canonicalQuote, QuoteBody, RepairOrder } from '#contracts';
import { newId } from '#platform';
import { LINE, openRepairs, type RepairWorld } from './repair.world.js';

let world: RepairWorld;
beforeAll(async () => {
  world = await openRepairs();
});
afterAll(() => world.rooms.close());

const signed = async () => {
  const file = { fileName: 'firma.png', contentType: 'image/png', body: Readable.from([Buffer.from('firma')]) };
  return (await world.rooms.get(AttachmentService).upload(world.rooms.database.manager, world.agent, file)).id;
};
const counter = async (quote: { id: string; hash: string }, { signatureId = '', byName = 'Lucía' } = {}) => {
  const body = { byName, hash: quote.hash, signatureId: signatureId || (await signed()) };
  return world.rooms.database.transaction((tx) =>
    world.services.decisions.approveAtCounter(tx, world.agent, quote.id, body),
  );
};
const row = async (id: string) =>
  (
    await world.rooms.db.query<Record<string, unknown>>(
      `select state, decided_how, decided_name, host(decided_ip) as ip, decided_link, hash, canonical, nudges from quote where id = $1`,
      [id],
    )
  )[0];
const refused = (code: string, details?: object) => expect.objectContaining({ code, ...(details ? { details } : {}) });

describe('a quote', () => {
  it('is offered whole, keeps the text its hash is of, and brings its order along', async () => {
    const { caseId, repairId } = await world.taken();
    const { id, hash } = await world.offered(repairId, {}, true);
    const order = await world.repair(repairId);
    expect(RepairOrder.safeParse(order).error).toBeUndefined();
    expect(order).toMatchObject({
      stage: 'quoted',
      quotes: [
        {
          ...{ version: 1, state: 'offered', listCents: 40_000, totalCents: 20_000 },
          shares: { manufacturer: 0, carrier: 10_000, goodwill: 0, customer: 10_000 },
          lines: [{ agreement: 'Convenio 2026-14', totalCents: 20_000 }],
        },
      ],
    });
    const [quote] = order.quotes;
    if (!quote) throw new Error('no quote');
    const canonical = canonicalQuote(quote);
    expect(await row(id)).toMatchObject({ canonical });
    expect(hash).toBe(createHash('sha256').update(canonical).digest('hex'));
    expect(await world.events(caseId, 'quote.%')).toMatchObject([
      { type: 'quote.offered', data: { quoteId: id, version: 1, customerCents: 10_000, totalCents: 20_000 } },
    ]);
    const [told] = await world.told(caseId);
    expect(told).toMatch(/de 400,00.€ se queda en 200,00.€, y tú pagas 100,00.€.*\/t\/[\w-]{32}$/u);
  });

  it('without cover, without an end or with a price from nowhere is not offered', async () => {
    const { repairId } = await world.taken();
    await expect(world.offered(repairId, { cover: null, validUntil: null })).rejects.toEqual(
      refused('quote.incomplete', { missing: ['cover', 'valid_until'] }),
    );
    const [draft] = (await world.repair(repairId)).quotes;
    const body = QuoteBody.parse({ lines: [{ ...LINE, agreement: null }], cover: { months: 1, what: 'x' } });
    const { database } = world.rooms;
    await database.transaction((tx) =>
      world.services.quotes.redraft(tx, world.agent, draft?.id ?? '', {
        ...{ ...body, validUntil: world.in(3).toISOString() },
      }),
    );
    await expect(
      database.transaction((tx) => world.services.quotes.offer(tx, world.agent, draft?.id ?? '', { tell: false })),
    ).rejects.toEqual(refused('quote.incomplete', { missing: ['agreement'] }));
  });

  it('of more than anybody would pay can still be put right', async () => {
    const { repairId } = await world.taken();
    const of = (quantity: number) => {
      const line = { ...LINE, quantity, listCents: 100_000_000, agreedCents: 100_000_000, agreement: null };
      return QuoteBody.parse({ lines: [line] });
    };
    const { database } = world.rooms;
    const id = await database.transaction((tx) => world.services.quotes.draft(tx, world.agent, repairId, of(99)));
    await database.transaction((tx) => world.services.quotes.redraft(tx, world.agent, id, of(1)));
    expect((await world.repair(repairId)).quotes).toMatchObject([{ id, totalCents: 100_000_000 }]);
  });

  it('of which others pay too much is refused, and so is a second draft', async () => {
    const { repairId } = await world.taken();
    const draft = (body: object) =>
      world.rooms.database.transaction((tx) =>
        world.services.quotes.draft(tx, world.agent, repairId, QuoteBody.parse({ lines: [LINE], ...body })),
      );
    await expect(draft({ contributions: [{ payer: 'goodwill', cents: 10_001 }] })).rejects.toEqual(
      refused('quote.shares_exceed'),
    );
    await draft({});
    await expect(draft({})).rejects.toEqual(refused('quote.draft_open'));
  });

  it('is kept true by the database itself', async () => {
    const { repairId } = await world.taken();
    const { id } = await world.offered(repairId);
    const { db } = world.rooms;
    await expect(
      db.query('update quote set customer_cents = customer_cents - 1 where id = $1', [id]),
    ).rejects.toThrow();
    await expect(db.query('delete from quote_line where quote_id = $1', [id])).rejects.toThrow(/not changed/u);
    await expect(
      db.query(`update quote set valid_until = valid_until + interval '1 day' where id = $1`, [id]),
    ).rejects.toThrow(/not changed/u);
    await expect(
      db.query(
        `insert into quote (id, repair_order_id, version, state, currency, list_cents, total_cents, customer_cents, made_by, made_at)
         values ($1, $2, 9, 'draft', 'EUR', 5, 5, 5, $3, now())`,
        [newId(), repairId, world.agent.id],
      ),
    ).rejects.toThrow(/do not sum/u);
    await expect(
      db.query(
        `insert into quote (id, repair_order_id, version, state, currency, list_cents, total_cents, customer_cents, carrier_cents, made_by, made_at)
         values ($1, $2, 9, 'draft', 'EUR', 5, 5, 6, -1, $3, now())`,
        [newId(), repairId, world.agent.id],
      ),
    ).rejects.toThrow(/check constraint/u);
  });
});

describe('approval', () => {
  it('by link keeps who, when, from where and of which text', async () => {
    const { caseId, repairId } = await world.taken();
    const quote = await world.offered(repairId);
    const link = await world.link(caseId);
    await world.byLink(link, quote);
    await world.byLink(link, quote);
    expect(await row(quote.id)).toMatchObject({
      ...{ state: 'approved', decided_how: 'link', decided_name: 'Lucía Ferrer', ip: '203.0.113.7' },
      ...{ decided_link: link.id, hash: quote.hash },
    });
    expect(await world.repair(repairId)).toMatchObject({ stage: 'approved', quotes: [{ state: 'approved' }] });
    expect(await world.events(caseId, 'quote.approved')).toHaveLength(1);
    const facts = await world.rooms.db.query('select text from story_fact where case_id = $1 and kind = $2', [
      ...[caseId, 'decided'],
    ]);
    expect(facts).toEqual([
      {
        text: expect.stringMatching(
          /^Presupuesto v1 \(400,00.€ → 200,00.€, el cliente paga 100,00.€\): aprobado por Lucía Ferrer$/u,
        ),
      },
    ]);
  });

  it('of one version by link and at the counter at once is one approval', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { caseId, repairId } = await world.taken();
      const quote = await world.offered(repairId);
      const link = await world.link(caseId);
      await Promise.all([
        ...Array.from({ length: 4 }, () => world.byLink(link, quote)),
        ...Array.from({ length: 4 }, () => counter(quote)),
      ]);
      expect(await world.events(caseId, 'quote.approved')).toHaveLength(1);
      expect(await row(quote.id)).toMatchObject({ state: 'approved' });
      expect((await world.events(caseId, 'repair.moved')).filter(({ data }) => data['to'] === 'approved')).toHaveLength(
        1,
      );
    }
  });

  it('of a version that a newer one has replaced is refused by its name, by link and at the counter', async () => {
    const { caseId, repairId } = await world.taken();
    const old = await world.offered(repairId);
    const fresh = await world.offered(repairId, { lines: [{ ...LINE, agreedCents: 25_000 }] });
    const link = await world.link(caseId);
    await expect(world.byLink(link, old)).rejects.toEqual(refused('quote.outdated'));
    await expect(counter(old)).rejects.toEqual(refused('quote.outdated'));
    // The newer one under the text of the older: neither is what was read.
    await expect(world.byLink(link, { id: fresh.id, hash: old.hash })).rejects.toEqual(refused('quote.outdated'));
    expect(await world.repair(repairId)).toMatchObject({
      stage: 'quoted',
      quotes: [
        { version: 2, state: 'offered', decision: null },
        { version: 1, state: 'superseded', decision: null },
      ],
    });
    await world.byLink(link, fresh);
    expect(await row(fresh.id)).toMatchObject({ state: 'approved' });
  });

  it('by the link of another case finds nothing', async () => {
    const { repairId } = await world.taken();
    const quote = await world.offered(repairId);
    const other = await world.taken();
    await expect(world.byLink(await world.link(other.caseId), quote)).rejects.toEqual(refused('quote.not_found'));
    expect(await row(quote.id)).toMatchObject({ state: 'offered' });
  });

  it('at the counter takes a signature or proof of who they are', async () => {
    const { caseId, repairId } = await world.taken();
    const quote = await world.offered(repairId);
    const { database } = world.rooms;
    const approve = () =>
      database.transaction((tx) =>
        world.services.decisions.approveAtCounter(tx, world.agent, quote.id, { byName: 'Lucía', hash: quote.hash }),
      );
    await expect(approve()).rejects.toEqual(refused('quote.proof_needed'));
    // A signature nobody gave shows nothing.
    await expect(counter(quote, { signatureId: newId() })).rejects.toEqual(
      refused('attachment.not_found', expect.anything()),
    );
    await counter(quote);
    expect(await row(quote.id)).toMatchObject({ decided_how: 'counter', decided_name: 'Lucía' });
    expect(
      await world.rooms.db.query(
        'select from case_file f join quote q on q.signature_id = f.attachment_id where q.id = $1 and f.case_id = $2',
        [quote.id, caseId],
      ),
    ).toHaveLength(1);
  });

  it('is of nobody who may not see the case', async () => {
    const { repairId } = await world.taken();
    const quote = await world.offered(repairId);
    await expect(
      world.rooms.database.transaction((tx) =>
        world.services.decisions.declineAtCounter(tx, world.stranger, quote.id, { byName: 'x', reason: 'y' }),
      ),
    ).rejects.toEqual(refused('quote.not_found'));
  });

  it('is not needed where there is nothing to pay, but told of once', async () => {
    const { caseId, repairId } = await world.taken();
    await world.offered(repairId, { lines: [{ ...LINE, shares: { manufacturer: 20_000 } }] }, true);
    expect(await world.repair(repairId)).toMatchObject({
      stage: 'approved',
      quotes: [{ state: 'approved', decision: { how: 'notice', recordedBy: null } }],
    });
    expect(await world.told(caseId)).toEqual([expect.stringMatching(/no te cuesta nada/u)]);
  });
});

describe('a refusal', () => {
  it('has a reason and ends the work; a newer version may still be approved', async () => {
    const { caseId, repairId } = await world.taken();
    const link = await world.link(caseId);
    await world.byLink(link, await world.offered(repairId), { approves: false, reason: 'Demasiado caro' });
    expect(await world.repair(repairId)).toMatchObject({
      ...{ stage: 'declined', quotes: [{ state: 'declined', decision: { reason: 'Demasiado caro', how: 'link' } }] },
    });
    await world.byLink(link, await world.offered(repairId, { lines: [{ ...LINE, agreedCents: 12_000 }] }));
    expect(await world.repair(repairId)).toMatchObject({ stage: 'approved' });
  });

  it('of more work leaves standing what was agreed before', async () => {
    const { caseId, repairId } = await world.taken();
    const link = await world.link(caseId);
    const first = await world.offered(repairId);
    await world.byLink(link, first);
    await world.move(repairId, 'in_repair');
    const more = await world.offered(repairId, { lines: [LINE, { ...LINE, description: 'Pantalla' }] });
    expect(await world.repair(repairId)).toMatchObject({ stage: 'quoted' });
    await world.byLink(link, more, { approves: false, reason: 'La pantalla no' });
    expect(await world.repair(repairId)).toMatchObject({ stage: 'approved' });
    expect(await row(first.id)).toMatchObject({ state: 'approved' });
  });
});

describe('a quote nobody decides about', () => {
  it('is brought to mind twice, each once, and runs out', async () => {
    const { caseId, repairId } = await world.taken();
    const { id, hash } = await world.offered(repairId, { validUntil: world.in(10).toISOString() });
    const start = world.rooms.clock.now();
    const link = await world.link(caseId);
    await world.sweep();
    expect(await world.told(caseId)).toEqual([]);
    world.rooms.clock.set(world.in(7));
    await Promise.all([world.sweep(), world.sweep(), world.sweep()]);
    expect(await world.told(caseId)).toHaveLength(1);
    world.rooms.clock.set(new Date(start.getTime() + 9 * 86_400_000));
    await Promise.all([world.sweep(), world.sweep()]);
    const told = await world.told(caseId);
    expect(told).toHaveLength(2);
    expect(told[1]).toMatch(/y tú pagas 100,00.€\) vale hasta el .*\/t\//u);
    world.rooms.clock.set(new Date(start.getTime() + 10 * 86_400_000));
    await expect(world.byLink(link, { id, hash })).rejects.toEqual(refused('quote.expired'));
    await Promise.all([world.sweep(), world.sweep()]);
    expect(await row(id)).toMatchObject({ state: 'expired', nudges: 2 });
    expect((await world.events(caseId, 'quote.%')).map(({ type }) => type)).toEqual([
      ...['quote.offered', 'quote.nudged', 'quote.nudged', 'quote.expired'],
    ]);
    expect(await world.repair(repairId)).toMatchObject({ stage: 'diagnosed' });
    expect(await world.told(caseId)).toHaveLength(2);
    world.rooms.clock.set(start);
  });

  it('is withdrawn when the repair comes to another end', async () => {
    const { caseId, repairId } = await world.taken();
    const quote = await world.offered(repairId);
    await world.move(repairId, 'cancelled', 'Se lo lleva');
    expect(await row(quote.id)).toMatchObject({ state: 'withdrawn' });
    await expect(world.byLink(await world.link(caseId), quote)).rejects.toEqual(
      refused('quote.not_offered', { state: 'withdrawn' }),
    );
  });
});
