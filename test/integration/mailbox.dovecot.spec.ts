import type { PatchMailboxBody } from '#contracts';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { PASSWORD, startDovecot, type TestDovecot } from '../support/dovecot.js';
import { expectPrompt } from '../support/prompt.js';
import { waitFor } from '../support/wait.js';
import { CARE, plainMail } from './email.world.js';
import { MailboxWorld } from './mailbox.world.js';

const mailOf = (n: number, more: Partial<Parameters<typeof plainMail>[0]> = {}) =>
  plainMail({ from: `c${n}@example.com`, messageId: `<${n}@example.com>`, text: `mail ${n}`, ...more });
const many = (count: number, from = 0) => Array.from({ length: count }, (_, n) => mailOf(n + from));

let test: TestDatabase;
let dovecot: TestDovecot;
let world: MailboxWorld;
let count = 0;
let user: string;
beforeAll(async () => {
  test = await createDatabase();
  // A user for each test: nobody finds what another one left.
  dovecot = await startDovecot(Array.from({ length: 40 }, (_, n) => `u${n}`));
});
afterAll(async () => {
  await dovecot.stop();
  await test.drop();
});
beforeEach(async () => {
  user = `u${(count += 1)}`;
  world = await MailboxWorld.open(test, { HILO_IMAP_URL: dovecot.url(user) });
});
afterEach(() => world.end());

const interactions = () => world.email.count('interaction');

describe('a watched mailbox', () => {
  it('brings a mail within a second, with IDLE and not by polling, and marks it seen once it is committed', async () => {
    world.start({ pollMs: 60_000 });
    await world.isWell();
    world.email.drain.start();
    await waitFor(async () => (await test.query('select 1 from mailbox_cursor')).length);
    const [uids, times]: [number[], number[]] = [[], []];
    for (const mail of [1, 2, 3]) {
      const sent = performance.now();
      uids.push(...(await dovecot.append(user, [mailOf(mail)])));
      await waitFor(async () => (await interactions()) === mail, { every: 10 });
      times.push(performance.now() - sent);
      await world.taken(mail);
    }
    expectPrompt(times, 1000);
    expect(await dovecot.flags(user)).toEqual(new Map(uids.map((uid) => [uid, ['\\Seen']])));
    const [row] = await test.query('select * from inbound_mail order by envelope_from');
    expect(row).toMatchObject({ mailbox: CARE, remote_ip: null, envelope_from: 'c1@example.com', envelope_to: [CARE] });
    expect(await test.query('select distinct account from channel_thread')).toEqual([{ account: CARE }]);
  });

  it('believes only the mail server in front of it about who sent a mail', async () => {
    await world.end();
    const [own, told] = [`u${(count += 1)}`, `u${(count += 1)}`];
    world = await MailboxWorld.open(test, {
      HILO_IMAP_URL: dovecot.url(user),
      HILO_MAIL_TRUSTED_AUTHSERV: 'mx.hilo.test',
    });
    await world.add(dovecot, own);
    await world.add(dovecot, told, { trustedAuthserv: 'MX.provider.test' });
    const by = (server: string) =>
      `Authentication-Results: ${server}; dkim=pass header.d=example.com; dmarc=pass header.from=example.com`;
    await dovecot.append(user, [mailOf(1, { headers: by('mx.hilo.test') })]);
    await dovecot.append(own, [mailOf(2, { headers: by('mx.hilo.test') })]);
    await dovecot.append(told, [
      mailOf(3, { headers: by('mx.provider.test') }),
      mailOf(4, { headers: by('mx.hilo.test') }),
    ]);
    world.start();
    await world.taken(4);
    await world.email.drained();
    expect(await test.query(`select text, auth->>'proof' as proof from interaction order by text`)).toEqual([
      { text: 'mail 1', proof: 'strong' },
      { text: 'mail 2', proof: null },
      { text: 'mail 3', proof: 'strong' },
      { text: 'mail 4', proof: null },
    ]);
  });

  it('takes what nobody had read when it begins, and leaves what people had', async () => {
    const old = new Date('2026-11-01T08:00:00Z');
    const [read] = await dovecot.append(user, [mailOf(1)], { flags: ['\\Seen'], date: old });
    await dovecot.append(user, [mailOf(2)], { date: old });
    world.start();
    await world.taken(1);
    await world.email.drained();
    expect(await test.query('select text from interaction')).toEqual([{ text: 'mail 2' }]);
    await dovecot.append(user, [mailOf(3)], { flags: ['\\Seen'] });
    await world.taken(2);
    expect((await dovecot.flags(user)).get(read ?? 0)).toEqual(['\\Seen']);
    const [row] = await test.query<{ received_at: Date }>(
      'select received_at from inbound_mail order by received_at limit 1',
    );
    expect(row?.received_at).toEqual(old);
  });

  it('takes a burst of 200 once each, in order', async () => {
    world.start();
    await world.isWell();
    await dovecot.append(user, many(200));
    await world.taken(200);
    await world.email.drained();
    expect(await interactions()).toBe(200);
    expect([...(await dovecot.flags(user)).values()].every((flags) => flags.includes('\\Seen'))).toBe(true);
  });

  it('comes back after the server was killed, and takes what came meanwhile', async () => {
    world.start();
    await dovecot.append(user, many(3));
    await world.taken(3);
    await dovecot.kill();
    await world.isTroubled('channel.unreachable');
    await dovecot.start();
    await dovecot.append(user, many(3, 3));
    await world.taken(6);
    await world.isWell();
    await world.email.drained();
    expect(await interactions()).toBe(6);
  });

  it('reads a renumbered mailbox again and doubles nothing, rejects neither', async () => {
    const noSender = 'Subject: nobody\r\nMessage-ID: <nobody@example.com>\r\n\r\nwho am I\r\n';
    await dovecot.append(user, [...many(5), noSender]);
    world.start();
    await world.taken(6);
    await world.email.drained();
    await dovecot.renumber(user);
    await dovecot.append(user, [mailOf(9)]);
    await world.taken(7);
    await world.email.drained();
    await waitFor(async () => (await test.query('select 1 from mailbox_cursor where uid = 7')).length);
    expect(await world.email.count('inbound_mail')).toBe(7);
    expect(await interactions()).toBe(6);
    expect(await world.email.count('inbound_reject')).toBe(1);
  });

  it('takes a second copy of a mail as the same one, also from another mailbox', async () => {
    const other = `u${(count += 1)}`;
    await world.add(dovecot, other, { address: 'ventas@hilo.test' });
    await dovecot.append(user, [mailOf(1), mailOf(1)]);
    await dovecot.append(other, [`Delivered-To: ventas@hilo.test\r\n${mailOf(1)}`]);
    world.start();
    await world.taken(2);
    await waitFor(async () => (await test.query('select 1 from mailbox_cursor where uid > 0')).length === 2);
    await world.email.drained();
    expect(await interactions()).toBe(1);
  });

  it('moves what it has taken when there is a folder for it', async () => {
    const id = await world.add(dovecot, `u${(count += 1)}`, { address: 'ventas@hilo.test', moveTo: 'Hechos' });
    world.start();
    await world.isWell(id);
    await dovecot.append(`u${count}`, many(2));
    await world.taken(2);
    expect((await dovecot.flags(`u${count}`)).size).toBe(0);
    expect([...(await dovecot.flags(`u${count}`, 'Hechos')).values()]).toEqual([['\\Seen'], ['\\Seen']]);
  });

  it('watches several at once; answers leave from the address a mail came to, and all of them are ours', async () => {
    const other = `u${(count += 1)}`;
    const id = await world.add(dovecot, other, { address: 'Ventas@HILO.test' });
    world.start();
    await Promise.all([world.isWell(), world.isWell(id)]);
    await dovecot.append(other, [mailOf(1), mailOf(2, { from: CARE })]);
    await dovecot.append(user, [mailOf(3), mailOf(4, { from: 'ventas+x@hilo.test' })]);
    await world.taken(4);
    await world.email.drained();
    const threads = await test.query(
      'select t.account, i.text from interaction i join channel_thread t on t.id = i.thread_id order by 2',
    );
    expect(threads).toEqual([
      { account: 'ventas@hilo.test', text: 'mail 1' },
      { account: CARE, text: 'mail 3' },
    ]);
    expect(await test.query('select reason from inbound_reject')).toEqual([
      { reason: 'mail.own_loop' },
      { reason: 'mail.own_loop' },
    ]);
  });

  it('is watched by one process at a time, and by the other when the first one ends', async () => {
    const twin = world.twin();
    world.start();
    await world.isWell();
    twin.start();
    await dovecot.append(user, many(20));
    await world.taken(20);
    // One that put them there, one that watches.
    expect((await dovecot.logins(user)).accepted).toBe(2);
    await world.watch.stop();
    await dovecot.append(user, many(5, 20));
    await world.taken(25);
    await twin.watch.stop();
    await world.email.drained();
    expect(await interactions()).toBe(25);
  });
});

describe('the secret of a mailbox', () => {
  const change = (id: string, body: PatchMailboxBody) =>
    world.email.database.transaction((tx) => world.mailboxes.change(tx, id, body));
  const access = { kind: 'password', password: 'another' } as const;
  let id: string;
  beforeEach(async () => {
    id = await world.add(dovecot, (user = `u${(count += 1)}`));
  });

  it.each<PatchMailboxBody>([{ host: '127.0.0.2' }, { port: 1 }, { security: 'tls' }, { username: 'mallory' }])(
    'does not go along to %j; it is entered again',
    async (body) => {
      const [before] = await test.query('select * from mailbox where id = $1', [id]);
      await expect(change(id, body)).rejects.toMatchObject({ code: 'mailbox.access_needed' });
      expect(await test.query('select * from mailbox where id = $1', [id])).toEqual([before]);
      await change(id, { ...body, access });
      const now = await world.mailboxes.find(world.email.database.manager, id);
      expect(now.open()).toMatchObject({ ...body, access });
    },
  );

  it('stays while server and account do', async () => {
    await change(id, {
      host: '127.0.0.1',
      port: dovecot.port,
      security: 'none',
      username: user,
      folder: 'Care',
      active: false,
    });
    const now = await world.mailboxes.find(world.email.database.manager, id);
    expect(now.open()).toMatchObject({ folder: 'Care', access: { kind: 'password', password: PASSWORD } });
  });

  const trusted = async () => (await world.mailboxes.find(world.email.database.manager, id)).trustedAuthserv;

  it.each<[string, PatchMailboxBody, string | null]>([
    ['its port', { port: 1143 }, 'mx.old.test'],
    ['the way its host is written', { host: '127.0.0.1' }, 'mx.old.test'],
    ['its folder', { folder: 'Care' }, 'mx.old.test'],
    ['its host', { host: '127.0.0.2' }, null],
    ['its host, and who is believed there', { host: '127.0.0.2', trustedAuthserv: 'mx.new.test' }, 'mx.new.test'],
  ])(
    'leaves whose word on senders is believed, after a change of %s, at what holds there',
    async (_what, body, left) => {
      await change(id, { trustedAuthserv: 'mx.old.test' });
      await change(id, { ...body, access });
      expect(await trusted()).toBe(left);
    },
  );

  it('does not travel in the open', async () => {
    const far = { host: 'imap.example.com', security: 'none' } as const;
    await expect(world.add(dovecot, user, far)).rejects.toMatchObject({ code: 'mailbox.insecure' });
    await expect(change(id, { ...far, access })).rejects.toMatchObject({ code: 'mailbox.insecure' });
  });
});

describe('a try of a mailbox', () => {
  it('says what it found, in the language of who asks, and takes nothing', async () => {
    user = `u${(count += 1)}`;
    await dovecot.append(user, [mailOf(1), mailOf(2)]);
    const good = await world.add(dovecot, user);
    const sealed = await world.mailboxes.find(world.email.database.manager, good);
    expect(await world.tester.test(sealed, 'es')).toEqual({
      ...{ works: true, reason: null, message: null, detail: null, messages: 2, unseen: 2, idle: true },
      folders: ['INBOX'],
    });
    const bad = await world.add(dovecot, `u${(count += 1)}`, { access: { kind: 'password', password: 'wrong' } });
    const answer = await world.tester.test(await world.mailboxes.find(world.email.database.manager, bad), 'es');
    expect(answer).toMatchObject({ works: false, reason: 'channel.login_refused', messages: null });
    expect(answer.message).toMatch(/El servidor rechaza el acceso/);
    expect([...(await dovecot.flags(user)).values()]).toEqual([[], []]);
  });

  it('sends no password to a server that offers no encryption where it must', async () => {
    user = `u${(count += 1)}`;
    const id = await world.add(dovecot, user, { security: 'starttls' });
    const answer = await world.tester.test(await world.mailboxes.find(world.email.database.manager, id), 'en');
    expect(answer).toMatchObject({ works: false, reason: 'channel.insecure' });
    expect(answer.detail).toMatch(/STARTTLS/i);
    expect(await dovecot.logins(user)).toEqual({ accepted: 0, refused: 0 });
  });
});
