import { randomUUID } from 'node:crypto';
import { InteractionEntry, VisitAnswer } from '#contracts';
import { TwitterPoller } from '#channels';
import { createTransport, type Transporter } from 'nodemailer';
import { waitFor } from '../support/wait.js';
import { dmBody } from './envelopes.js';
import { knock, type Person } from './outside.js';
import type { Staff } from './staff.js';
import { startWorld, type World } from './world.js';

const MESSAGES = 100;

describe('at the same moment', () => {
  let world: World;
  let agent: Staff;
  let post: Transporter;

  beforeAll(async () => {
    world = await startWorld();
    agent = await world.login('agent@hilo.test');
    post = createTransport({
      host: '127.0.0.1',
      port: world.mailPort,
      ignoreTLS: true,
      pool: true,
      maxConnections: 30,
    });
  });
  afterAll(async () => {
    post?.close();
    await world?.stop();
  });

  const visit = (person: Person, key?: string) =>
    agent.ask('/visits', {
      method: 'POST',
      headers: key ? { 'idempotency-key': key } : {},
      body: {
        storeId: world.stores.goya,
        customer: { displayName: person.displayName, email: person.email, twitterHandle: person.handle },
        text: 'Está en la tienda.',
      },
    });

  const mail = (person: Person, index: number) =>
    post.sendMail({
      from: { name: person.displayName, address: person.email },
      to: 'care@hilo.test',
      subject: 'Sin línea',
      text: `Mensaje ${index}`,
    });

  /** One message by the door whose turn it is; throws unless it was accepted. */
  async function send(person: Person, index: number): Promise<void> {
    if (index % 3 === 0) {
      const answer = await knock(world.url, dmBody(person, `Mensaje ${index}`));
      if (answer.status !== 200) throw new Error(`webhook: ${answer.status} ${answer.bytes.toString()}`);
    } else if (index % 3 === 1) await mail(person, index);
    else {
      const answer = await visit(person);
      if (answer.status !== 201) throw new Error(`visit: ${answer.status} ${answer.bytes.toString()}`);
    }
  }

  const landed = async (person: Person) =>
    world.database.query<{ case_id: string; status: string; customer_id: string; count: number }>(
      `select i.case_id, c.status, c.customer_id, count(*)::int from interaction i join cases c on c.id = i.case_id
       where c.customer_id in (select customer_id from contact_point where value in ($1, $2) or handle = $3)
          or i.contact_point_id in (select id from contact_point where value in ($1, $2) or handle = $3)
       group by 1, 2, 3`,
      [person.email, person.id, person.handle],
    );

  async function allOnOneCase(person: Person, expected: number): Promise<void> {
    await waitFor(async () => {
      const mails = await world.database.query(`select 1 from inbound_mail where state = 'pending'`);
      const rows = await landed(person);
      return mails.length === 0 && rows.reduce((sum, row) => sum + row.count, 0) === expected;
    });
    const rows = await landed(person);
    expect(rows.map(({ status, count }) => ({ status, count }))).toEqual([{ status: 'new', count: expected }]);
    const open = await world.database.query<{ id: string }>('select id from cases where customer_id = $1 and is_open', [
      rows[0]?.customer_id,
    ]);
    expect(open).toEqual([{ id: rows[0]?.case_id }]);
    // The list a person sees says the same.
    expect(await agent.cases(`view=open&q=${person.email}`)).toHaveLength(1);
    const unseen = await world.database.query<{ unread: number; version: number; events: number; highest: number }>(
      `select c.unread, c.version, max(e.case_version)::int as highest from cases c join case_event e on e.case_id = c.id
       where c.id = $1 group by c.id`,
      [rows[0]?.case_id],
    );
    expect(unseen).toEqual([{ unread: expected, version: unseen[0]?.highest, highest: unseen[0]?.highest }]);
  }

  it(`${MESSAGES} first messages of a person nobody knows, over three doors, are one open case`, async () => {
    const person = await world.outside.newcomer();
    await Promise.all(Array.from({ length: MESSAGES }, (_, index) => send(person, index)));
    await allOnOneCase(person, MESSAGES);
  });

  it(`${MESSAGES} messages of a person who is known are added to their one case`, async () => {
    const person = await world.outside.newcomer();
    await visit(person);
    await Promise.all(Array.from({ length: MESSAGES }, (_, index) => send(person, index)));
    await allOnOneCase(person, MESSAGES + 1);
  });

  it('the same webhook body 50 times is one interaction', async () => {
    const person = await world.outside.newcomer();
    const body = dmBody(person, 'Cincuenta veces lo mismo');
    const answers = await Promise.all(Array.from({ length: 50 }, () => knock(world.url, body)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(await landed(person)).toMatchObject([{ status: 'new', count: 1 }]);
  });

  it('X delivering every message several times, late and out of order, changes nothing', async () => {
    const person = await world.outside.newcomer();
    await world.outside.weather({ webhooks: { copies: 5, reorder: true, envelope: 'both' } });
    const texts = Array.from({ length: 10 }, (_, index) => `Parte ${index}`);
    for (const text of texts) {
      await world.outside.writeDm(person, text);
      world.clock.advance(1000);
    }
    const deliveries = () =>
      world.sandbox.outside.courier.deliveries.filter(({ outcome }) => outcome === 'accepted').length;
    await waitFor(() => deliveries() >= texts.length * 10);
    await world.outside.fairWeather();
    const [only] = await landed(person);
    expect(only).toMatchObject({ count: texts.length });
    const entries = await agent.interactions(only?.case_id ?? '');
    expect(entries.map(({ text }) => text)).toEqual(texts);
  });

  it('a message by webhook and by poll at once is one interaction', async () => {
    const poller = world.product.app.get(TwitterPoller);
    const person = await world.outside.newcomer();
    // The webhook is silent, the poll finds it; and then the webhook comes after all.
    await world.outside.weather({ webhooks: { enabled: false } });
    await poller.poll();
    const dms = await Promise.all(
      Array.from({ length: 20 }, (_, index) => world.outside.writeDm(person, `Mensaje ${index}`)),
    );
    await world.outside.fairWeather();
    const [polled, ...redelivered] = await Promise.all([
      poller.poll(),
      ...dms.map((dm) => world.outside.redeliver(dm.id, 2)),
    ]);
    expect(redelivered.flat()).toEqual(Array.from({ length: 40 }, () => 200));
    expect(polled).toBeLessThanOrEqual(20);
    expect(await landed(person)).toMatchObject([{ count: 20 }]);
    expect(await poller.poll()).toBe(0);
    expect(await landed(person)).toMatchObject([{ count: 20 }]);
  });

  it('a visit asked for 20 times with one Idempotency-Key is one visit', async () => {
    const person = await world.outside.newcomer();
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => visit(person, key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const ids = new Set(answers.map(({ body }) => VisitAnswer.parse(body).visitId));
    expect(ids.size).toBe(1);
    expect(await landed(person)).toMatchObject([{ count: 1 }]);
    const another = await agent.ask('/visits', {
      method: 'POST',
      headers: { 'idempotency-key': key },
      body: {
        storeId: world.stores.goya,
        customer: { displayName: 'Otra', phone: '+34612407718' },
        text: 'Otra cosa.',
      },
    });
    expect([another.status, another.body]).toEqual([
      422,
      expect.objectContaining({ code: 'request.idempotency_mismatch' }),
    ]);
  });

  it('a reply asked for 20 times with one Idempotency-Key is one reply', async () => {
    const person = await world.outside.newcomer();
    await world.outside.writeDm(person, '¿Hay alguien?');
    const [found] = await waitFor(async () => {
      const rows = await agent.cases(`q=${person.handle}`);
      return rows.length === 1 && rows;
    });
    const caseId = found?.id ?? '';
    const headers = { 'idempotency-key': randomUUID() };
    const body = { channel: 'twitter', text: 'Sí.' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => agent.ask(`/cases/${caseId}/replies`, { method: 'POST', headers, body })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => InteractionEntry.parse(answer.body).id)).size).toBe(1);
    world.clock.advance(60_000);
    await waitFor(async () => (await agent.interactions(caseId)).at(-1)?.delivery?.state === 'sent');
    expect(await world.outside.dmsTo(person)).toHaveLength(1);
  });

  it('only one of 20 changes to the same version of a case is made', async () => {
    const { caseId } = await agent.visit({
      storeId: world.stores.goya,
      customer: { displayName: 'Ana', phone: '+34612407719' },
      text: 'Consulta.',
    });
    const { version } = await agent.case(caseId);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        agent.ask(`/cases/${caseId}`, { method: 'PATCH', body: { status: 'understood', version } }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
    expect((await agent.case(caseId)).version).toBe(version + 1);
  });
});
