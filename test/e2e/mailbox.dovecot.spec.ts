import { Mailbox, MailboxList, MailboxTest, type NewMailboxBody } from '#contracts';
import { PASSWORD, startDovecot, type TestDovecot } from '../support/dovecot.js';
import { waitFor } from '../support/wait.js';
import { ledger } from './ledger.js';
import { errorOf, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

describe('mailboxes', () => {
  let dovecot: TestDovecot;
  let world: World;
  let admin: Staff;
  let agent: Staff;

  beforeAll(async () => {
    dovecot = await startDovecot(['care', 'ventas']);
    world = await startWorld({ environment: { HILO_IMAP_URL: dovecot.url('care'), HILO_UNDO_SECONDS: '0' } });
    [admin, agent] = await Promise.all([world.login('admin@hilo.test'), world.login('agent@hilo.test')]);
  });
  afterAll(async () => {
    await world?.stop();
    await dovecot?.stop();
  });

  const letter = (from: string, text: string) =>
    [
      ...[`From: ${from}`, 'To: whom@it.concerns', 'Subject: No funciona', `Message-ID: <${text}@correo.test>`],
      ...['Content-Type: text/plain; charset=utf-8', '', text, ''],
    ].join('\r\n');
  const body = (over: Partial<NewMailboxBody> = {}) => ({
    ...{ address: 'Ventas@hilo.test', host: '127.0.0.1', port: dovecot.port, security: 'none', username: 'ventas' },
    access: { kind: 'password', password: PASSWORD },
    ...over,
  });
  const caseOf = (email: string) =>
    waitFor(async () => {
      const [found] = await agent.cases(`q=${encodeURIComponent(email)}`);
      return found;
    });

  it('bring a mail of HILO_IMAP_URL to a case within a second, and its answer leaves', async () => {
    const person = await world.outside.newcomer('Begoña Sanz');
    await waitFor(
      async () =>
        (await world.database.query(`select 1 from channel_health where state = 'ok' and key = 'imap:environment'`))
          .length,
    );
    const sent = performance.now();
    await dovecot.append('care', [letter(`Begoña Sanz <${person.email}>`, 'mi móvil no enciende')]);
    const found = await caseOf(person.email);
    expect(performance.now() - sent).toBeLessThan(2000);
    expect(found).toMatchObject({ customer: { displayName: 'Begoña Sanz' }, channels: ['email'] });
    await agent.reply(found.id, { channel: 'email', text: 'Lo miramos hoy.' });
    const [answer] = await waitFor(async () => {
      const mails = await world.outside.mailsTo(person);
      return mails.length === 1 && mails;
    });
    expect(answer).toMatchObject({ from: expect.stringContaining('care@hilo.test') as string });
    await waitFor(async () => [...(await dovecot.flags('care')).values()].every((set) => set.includes('\\Seen')));
    expect([...(await dovecot.flags('care')).values()]).toEqual([['\\Seen']]);
  });

  it('are added, tried, paused and removed by an admin, and what they know of secrets stays with them', async () => {
    const mailbox = await admin.done('/mailboxes', Mailbox, { method: 'POST', body: body() });
    expect(mailbox).toMatchObject({
      address: 'ventas@hilo.test',
      folder: 'INBOX',
      accessKind: 'password',
      active: true,
    });
    const all = await admin.done('/mailboxes', MailboxList);
    expect(all.items.map(({ id, address }) => [id, address])).toEqual([
      ['environment', 'care@hilo.test'],
      [mailbox.id, 'ventas@hilo.test'],
    ]);
    expect(JSON.stringify(all)).not.toContain(PASSWORD);
    expect(JSON.stringify(await world.database.query('select * from mailbox'))).not.toContain(PASSWORD);
    const tried = await admin.done(`/mailboxes/${mailbox.id}/test`, MailboxTest, { method: 'POST' });
    expect(tried).toMatchObject({ works: true, messages: 0, unseen: 0, idle: true, folders: ['INBOX'] });

    const person = await world.outside.newcomer('Pau Vidal');
    await dovecot.append('ventas', [letter(person.email, 'quiero otro')]);
    const found = await caseOf(person.email);
    await agent.reply(found.id, { channel: 'email', text: 'Aquí lo tiene.' });
    const [answer] = await waitFor(async () => {
      const mails = await world.outside.mailsTo(person);
      return mails.length === 1 && mails;
    });
    expect(answer).toMatchObject({ from: expect.stringContaining('ventas@hilo.test') as string });

    const paused = await admin.done(`/mailboxes/${mailbox.id}`, Mailbox, { method: 'PATCH', body: { active: false } });
    expect(paused).toMatchObject({ active: false, address: 'ventas@hilo.test' });
    const key = `imap:${mailbox.id}`;
    await waitFor(
      async () =>
        (await world.database.query(`select 1 from channel_health where key = $1 and state = 'stopped'`, [key])).length,
    );
    expect((await admin.ask(`/mailboxes/${mailbox.id}`, { method: 'DELETE' })).status).toBe(204);
    await waitFor(
      async () => (await world.database.query('select 1 from channel_health where key = $1', [key])).length === 0,
    );
    expect(errorOf(await admin.ask(`/mailboxes/${mailbox.id}`, { method: 'DELETE' }))).toMatchObject({
      ...{ status: 404, code: 'mailbox.not_found' },
    });
  });

  it('are refused when they cannot be, and then nothing is kept', async () => {
    const before = await ledger(world);
    const post = (over: object) => admin.ask('/mailboxes', { method: 'POST', body: { ...body(), ...over } });
    const refused = async (over: object) => {
      const { status, code } = errorOf(await post(over));
      return [status, code];
    };
    expect(await refused({ username: 'care' })).toEqual([409, 'mailbox.taken']);
    expect(await refused({ host: 'imap.example.com' })).toEqual([422, 'mailbox.insecure']);
    expect(await refused({ port: 0 })).toEqual([400, 'request.invalid']);
    expect(await refused({ address: 'nobody' })).toEqual([400, 'request.invalid']);
    const token = { kind: 'refresh', tokenUrl: 'http://elsewhere.example/token', clientId: 'x' };
    expect(await refused({ access: token })).toEqual([400, 'request.invalid']);
    expect(
      errorOf(await admin.ask('/mailboxes/environment', { method: 'PATCH', body: { active: false } })),
    ).toMatchObject({
      ...{ status: 409, code: 'mailbox.from_environment' },
    });
    expect(errorOf(await admin.ask('/mailboxes/nobody/test', { method: 'POST' }))).toMatchObject({ status: 404 });
    for (const path of ['/mailboxes', '/mailboxes/environment/test'])
      for (const who of ['agent', 'store', 'supervisor']) {
        const staff = await world.login(`${who}@hilo.test`);
        const answer = await staff.ask(path, { method: path === '/mailboxes' ? 'GET' : 'POST' });
        expect(errorOf(answer)).toMatchObject({ status: 403, code: 'permission.denied' });
      }
    expect(await ledger(world)).toEqual(before);
  });
});
