import { buffer } from 'node:stream/consumers';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { PASSWORD, startDovecot, type TestDovecot } from '../support/dovecot.js';
import { waitFor } from '../support/wait.js';
import { Line } from './email.smtp.js';
import { CARE, plainMail } from './email.world.js';
import { MailboxWorld } from './mailbox.world.js';

const mailOf = (n: number, text = `mail ${n}`) =>
  plainMail({ from: `c${n}@example.com`, messageId: `<${n}@example.com>`, text });
/** A text and a file of so many bytes. */
const withFile = (bytes: number, line = 'x'.repeat(76)) => [
  `From: robin@example.com\r\nTo: ${CARE}\r\nSubject: fotos\r\nMessage-ID: <large@example.com>\r\nMIME-Version: 1.0\r\n`,
  'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nEl móvil no funciona.\r\n',
  '--b\r\nContent-Type: video/quicktime\r\nContent-Disposition: attachment; filename="golpe.mov"\r\n\r\n',
  ...Array.from({ length: Math.ceil(bytes / 78_000) }, () => `${line}\r\n`.repeat(1000)),
  '--b--\r\n',
];

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
/** Bytes of buffers beyond what there were before; what only waits to be collected does not count. */
function held(before: number): number {
  const seen = process.memoryUsage().arrayBuffers - before;
  if (seen < 16 * 1024 * 1024) return seen;
  collectGarbage();
  return process.memoryUsage().arrayBuffers - before;
}

let test: TestDatabase;
let dovecot: TestDovecot;
let world: MailboxWorld;
let count = 0;
let user: string;
const nextUser = () => `u${(count += 1)}`;
beforeAll(async () => {
  test = await createDatabase();
  dovecot = await startDovecot(Array.from({ length: 40 }, (_, n) => `u${n}`));
});
afterAll(async () => {
  await dovecot.stop();
  await test.drop();
});
beforeEach(async () => {
  user = nextUser();
  world = await MailboxWorld.open(test);
});
afterEach(() => world.end());

const rows = () => world.email.count('inbound_mail');
const unseen = async () =>
  [...(await dovecot.flags(user)).values()].filter((flags) => !flags.includes('\\Seen')).length;

describe('a mailbox in trouble', () => {
  it('marks nothing before it is committed, and takes it once when it can', async () => {
    await world.add(dovecot, user);
    await dovecot.append(user, [mailOf(1), mailOf(2)]);
    world.email.storage.failPut = true;
    world.start();
    await waitFor(async () => (await dovecot.logins(user)).accepted >= 4);
    expect(await unseen()).toBe(2);
    expect(await rows()).toBe(0);
    world.email.storage.failPut = false;
    await world.taken(2);
    expect(await unseen()).toBe(0);
    expect((await world.healthOf())?.state).not.toBe('trouble');
  });

  it('waits for a database that is away', async () => {
    const id = await world.add(dovecot, user);
    world.start();
    await world.isWell(id);
    await world.email.line.cut();
    await dovecot.append(user, [mailOf(1)]);
    await waitFor(async () => (await dovecot.logins(user)).accepted >= 2);
    expect(await unseen()).toBe(1);
    await world.email.line.mend();
    await world.taken(1);
    expect(await unseen()).toBe(0);
    expect(await rows()).toBe(1);
  });

  it('tells the server after a crash what it had committed before', async () => {
    await world.add(dovecot, user);
    const uids = await dovecot.append(user, [mailOf(1), mailOf(2)]);
    world.start();
    await world.taken(2);
    await world.watch.stop();
    // As it is when the process dies between the commit and the mark.
    await dovecot.as(user, 'INBOX', (connection) =>
      connection.messageFlagsRemove(uids.join(','), ['\\Seen'], { uid: true }),
    );
    await test.query('update mailbox_cursor set to_mark = $1', [uids]);
    expect(await unseen()).toBe(2);
    const next = world.twin();
    next.start();
    await waitFor(async () => (await unseen()) === 0);
    await next.watch.stop();
    expect(await rows()).toBe(2);
  });

  it('says that the password is wrong, does not hammer, and works as soon as it is right', async () => {
    const id = await world.add(dovecot, user, { access: { kind: 'password', password: 'wrong' } });
    world.start({ refusedMs: 60_000 });
    const { label, detail } = await world.isTroubled('channel.login_refused', id);
    expect(label).toBe(`${user}@hilo.test`);
    expect(detail).toMatch(/authentication failed/i);
    expect(detail).not.toContain('wrong');
    await dovecot.append(user, [mailOf(1)]);
    await world.email.database.transaction((tx) =>
      world.mailboxes.change(tx, id, { access: { kind: 'password', password: PASSWORD } }),
    );
    world.email.wake.ring('mailboxes');
    await world.isWell(id);
    await world.taken(1);
    expect((await dovecot.logins(user)).refused).toBe(1);
  });

  it('says that the password must be entered again when it was sealed with another secret', async () => {
    const id = await world.add(dovecot, user);
    await test.query(`update mailbox set access = reverse(access) where id = $1`, [id]);
    world.start();
    const { detail } = await world.isTroubled('channel.login_refused', id);
    expect(detail).toMatch(/HILO_SECRET/);
    const tried = await world.tester.test(await world.mailboxes.find(world.email.database.manager, id), 'es');
    expect(tried).toMatchObject({ works: false, reason: 'channel.login_refused' });
  });

  it('says that the folder is missing, and reads it once it is there', async () => {
    const id = await world.add(dovecot, user, { folder: 'Clientes' });
    world.start();
    await world.isTroubled('channel.folder_missing', id);
    await dovecot.as(user, 'INBOX', (connection) => connection.mailboxCreate('Clientes'));
    await dovecot.append(user, [mailOf(1)], { folder: 'Clientes' });
    await world.taken(1);
    await world.isWell(id);
  });

  /** A watcher behind a line that breaks whenever a megabyte of a mail has come, so many times. */
  async function behindABreakingLine(times: number) {
    const line = new Line('127.0.0.1', dovecot.port);
    world.email.config.mail.limitBytes = 60 * 1024 * 1024;
    const patient = world.twin();
    await world.add(dovecot, user, { port: await line.mend() });
    const put = world.email.storage.put.bind(world.email.storage);
    const seen = { broken: 0 };
    world.email.storage.put = (body, options) => {
      let come = 0;
      body.on('data', (piece: Buffer) => {
        come += piece.length;
        if (come < 1_000_000 || seen.broken >= times) return;
        come = Number.NEGATIVE_INFINITY;
        seen.broken += 1;
        void line.cut().then(() => line.mend());
      });
      body.pause();
      return put(body, options);
    };
    const end = async () => {
      await patient.watch.stop();
      await line.cut();
    };
    return { patient, seen, end };
  }

  it('takes a mail whole after its fetching broke off in the middle', async () => {
    await dovecot.deliver(user, withFile(8_000_000));
    const { patient, seen, end } = await behindABreakingLine(2);
    patient.start();
    await world.taken(1);
    await end();
    expect(seen.broken).toBe(2);
    const [mail] = await world.email.mails();
    const original = await buffer(await world.email.storage.get(mail?.storage_key ?? ''));
    expect(original.toString()).toBe(withFile(8_000_000).join(''));
    expect((await world.email.files()).length).toBe(1);
  });

  it('takes what it can of a mail at which the server breaks off every time, and those behind it', async () => {
    await dovecot.deliver(user, withFile(8_000_000));
    await dovecot.append(user, [mailOf(2)]);
    const { patient, seen, end } = await behindABreakingLine(Infinity);
    patient.start();
    await world.taken(2);
    await end();
    await world.email.drained();
    expect(seen.broken).toBe(5);
    const entries = await test.query('select text, notices from interaction order by text');
    expect(entries).toMatchObject([
      { text: 'El móvil no funciona.', notices: [{ code: 'mail.broken_off' }, { code: 'mail.original_on_server' }] },
      { text: 'mail 2', notices: [] },
    ]);
    expect([...(await dovecot.flags(user)).values()]).toEqual([['\\Flagged'], ['\\Seen']]);
  });

  it('comes back after the server said BYE', async () => {
    const id = await world.add(dovecot, user);
    world.start();
    await world.isWell(id);
    await dovecot.kill('SIGTERM');
    await dovecot.start();
    await dovecot.append(user, [mailOf(1)]);
    await world.taken(1);
    await world.isWell(id);
  });

  it('stops in time while the server hangs, idle or in the middle of a mail', async () => {
    const id = await world.add(dovecot, user);
    await dovecot.deliver(nextUser(), withFile(1_500_000));
    world.start();
    await world.isWell(id);
    const busy = await world.add(dovecot, `u${count}`);
    const put = world.email.storage.put.bind(world.email.storage);
    const hangs = Promise.withResolvers<void>();
    world.email.storage.put = (body, options) => {
      dovecot.freeze();
      hangs.resolve();
      return put(body, options);
    };
    world.email.wake.ring('mailboxes');
    await hangs.promise;
    const asked = performance.now();
    await world.watch.stop();
    expect(performance.now() - asked).toBeLessThan(4000);
    dovecot.thaw();
    expect(await rows()).toBe(0);
    expect(await world.healthOf(busy)).toMatchObject({ state: 'ok' });
  });

  it('asks a server without IDLE', async () => {
    const plain = await startDovecot([user], { idle: false });
    try {
      const id = await world.add(plain, user);
      world.start({ pollMs: 100 });
      await world.isWell(id);
      await plain.append(user, [mailOf(1)]);
      await world.taken(1);
      // One to put the mail there, one that asks again and again.
      expect((await plain.logins(user)).accepted).toBe(2);
    } finally {
      await world.watch.stop();
      await plain.stop();
    }
  });
});

describe('a large mail', () => {
  it('streams to storage without being held', async () => {
    world.email.config.mail.limitBytes = 60 * 1024 * 1024;
    const large = world.twin();
    await large.add(dovecot, user);
    await dovecot.deliver(user, withFile(50_000_000));
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const looking = setInterval(() => (most = Math.max(most, held(before))), 20);
    large.start();
    await large.taken(1);
    clearInterval(looking);
    await large.watch.stop();
    expect((await world.email.mails())[0]).toMatchObject({ size: expect.stringMatching(/^50\d{6}$/) as string });
    expect(most).toBeLessThan(25 * 1024 * 1024);
  });

  it('over the limit gives its headers and text, says what is missing, and stays on the server, flagged', async () => {
    const id = await world.add(dovecot, user, { moveTo: 'Hechos' });
    await dovecot.deliver(user, withFile(3_000_000));
    await dovecot.append(user, [mailOf(2)]);
    world.start();
    await world.taken(2);
    await world.isWell(id);
    await world.email.drained();
    const [entry] = await test.query(
      "select subject, text, notices, message_id from interaction where subject = 'fotos'",
    );
    expect(entry).toMatchObject({ subject: 'fotos', text: 'El móvil no funciona.', message_id: '<large@example.com>' });
    expect(entry).toMatchObject({
      notices: [
        { code: 'mail.too_large_files', values: { size: '2.9 MB', limit: '2 MB', files: 'golpe.mov' } },
        { code: 'mail.original_on_server', values: { mailbox: `${user}@hilo.test`, folder: 'INBOX' } },
      ],
    });
    expect([...(await dovecot.flags(user)).values()]).toEqual([['\\Flagged']]);
  });
});
