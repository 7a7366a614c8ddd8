import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { AutomaticMail } from '#cases';
import { AUTOMATIC_HEADERS } from '#channels';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { CARE, EmailWorld, plainMail } from './email.world.js';
import { aSentReply, caseOf, eventsOf } from './email.replies.js';

let test: TestDatabase;
let world: EmailWorld;
beforeAll(async () => {
  test = await createDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  world = await EmailWorld.start(test, { HILO_MAIL_SENDER_LIMIT: '30' });
  await world.test.query('truncate automatic_mail');
});
afterEach(() => world.end());

const ROBIN = 'robin@example.com';
const nth = (n: number, over: Parameters<typeof plainMail>[0] = {}) =>
  plainMail({ messageId: `<${n}@example.com>`, text: 'abcdefghij'.charAt(n % 10).repeat(20 + n), ...over });
const rejects = () =>
  world.test.query<{ reason: string; n: number }>(
    'select reason, count(*)::int as n from inbound_reject group by reason order by reason',
  );

describe('an out-of-office note', () => {
  const AWAY = {
    subject: 'Automatic reply: No funciona',
    headers: 'Auto-Submitted: auto-replied',
    text: 'Estoy fuera.',
  };

  it('stands on the case and changes nothing on it', async () => {
    const sent = await aSentReply(world, ROBIN);
    const before = await caseOf(world, sent);
    await world.deliver(plainMail({ ...AWAY, messageId: '<away@example.com>' }));
    await world.drained();
    const [note] = await world.test.query(`select * from interaction where message_id = '<away@example.com>'`);
    expect(note).toMatchObject({
      case_id: sent.caseId,
      automatic: true,
      automatic_kind: 'auto_reply',
      text: 'Estoy fuera.',
    });
    expect(await caseOf(world, sent)).toEqual(before);
  });

  it('reopens nothing', async () => {
    const sent = await aSentReply(world, ROBIN);
    await world.test.query(`update cases set status = 'closed', closed_at = now() where id = $1`, [sent.caseId]);
    const before = await caseOf(world, sent);
    await world.deliver(
      plainMail({ ...AWAY, messageId: '<away@x>', headers: `${AWAY.headers}\r\nIn-Reply-To: ${sent.messageId}` }),
    );
    await world.drained();
    expect(await world.count('cases')).toBe(1);
    expect(await caseOf(world, sent)).toEqual(before);
    expect(await eventsOf(world, sent)).not.toContain('case.reopened');
    const [note] = await world.test.query(`select case_id from interaction where message_id = '<away@x>'`);
    expect(note).toEqual({ case_id: sent.caseId });
  });

  it('from somebody we never heard of opens no case', async () => {
    await world.deliver(plainMail({ ...AWAY, from: 'nobody@example.com' }));
    await world.drained();
    expect(await world.count('cases')).toBe(0);
    expect(await rejects()).toEqual([{ reason: 'mail.automatic', n: 1 }]);
  });

  it('is nothing a list or a program that tells news sends', async () => {
    await world.deliver(
      nth(1, { from: 'list@example.com', headers: 'List-Id: <care.example.com>\r\nPrecedence: list' }),
      nth(2, { from: 'shop@example.com', headers: 'Auto-Submitted: auto-generated' }),
    );
    await world.drained();
    expect(
      await world.test.query(
        'select i.automatic_kind, i.automatic, c.unread from interaction i join cases c on c.id = i.case_id order by 1',
      ),
    ).toEqual([
      { automatic_kind: 'generated', automatic: false, unread: 1 },
      { automatic_kind: 'list', automatic: false, unread: 1 },
    ]);
  });
});

describe('a storm', () => {
  it('from one address waits for a person once it is one; others go their way', async () => {
    for (let batch = 0; batch < 5; batch += 1) {
      await world.deliver(...Array.from({ length: 10 }, (_, n) => nth(batch * 10 + n, { from: ROBIN })));
      await world.drained();
    }
    await world.deliver(nth(99, { from: 'ana@example.com' }));
    await world.drained();
    expect(await world.count('interaction')).toBe(31);
    expect(await rejects()).toEqual([{ reason: 'mail.rate', n: 20 }]);
    world.clock.advance(3_700_000);
    await world.deliver(nth(100, { from: ROBIN }));
    await world.drained();
    expect(await world.count('interaction')).toBe(32);
  });

  it('is seen inside one batch too, and goes on while it lasts', async () => {
    await world.deliver(...Array.from({ length: 60 }, (_, n) => nth(n, { from: ROBIN })));
    await world.drained();
    expect(await world.count('interaction')).toBe(30);
    world.clock.advance(1_800_000);
    await world.deliver(...Array.from({ length: 20 }, (_, n) => nth(100 + n, { from: ROBIN })));
    await world.drained();
    expect(await world.count('interaction')).toBe(30);
    expect(await rejects()).toEqual([{ reason: 'mail.rate', n: 50 }]);
  });

  it('of programs ends sooner', async () => {
    await aSentReply(world, ROBIN);
    const answers = Array.from({ length: 40 }, (_, n) =>
      nth(n, { from: ROBIN, headers: 'Auto-Submitted: auto-replied' }),
    );
    for (const answer of answers) {
      await world.deliver(answer);
      await world.drained();
    }
    const [kept] = await world.test.query('select count(*)::int as n from interaction where automatic');
    expect(kept).toEqual({ n: 20 });
    expect(await rejects()).toEqual([{ reason: 'mail.rate', n: 20 }]);
  });

  it('is none when somebody writes for many: only the number differs', async () => {
    for (let n = 0; n < 6; n += 1) {
      await world.deliver(nth(n, { from: ROBIN, text: `Cancelad por favor el pedido ${n * 17}.` }));
      await world.drained();
    }
    expect(await world.count('interaction')).toBe(6);
  });

  it('of the same words ends soonest, whatever number each answer has', async () => {
    for (let n = 0; n < 10; n += 1) {
      await world.deliver(
        nth(n, {
          from: ROBIN,
          headers: 'In-Reply-To: <a@hilo.test>',
          text: `Hemos recibido tu mensaje ${n}. Tu número es ${n * 17}.`,
        }),
      );
      await world.drained();
    }
    expect(await world.count('interaction')).toBe(3);
    expect(await rejects()).toEqual([{ reason: 'mail.repeated', n: 7 }]);
  });

  it('is none when the same mail is delivered again and again', async () => {
    const mail = nth(1, { from: ROBIN, text: 'El móvil que compré ayer no funciona' });
    for (let n = 0; n < 40; n += 1) await world.deliver(`Received: by mx${n}.hilo.test\r\n${mail}`);
    await world.drained();
    expect(await world.count('interaction')).toBe(1);
    expect(await rejects()).toEqual([]);
  });
});

it('a mail that went round in circles is kept back', async () => {
  await world.deliver(`${'Received: from a by b; Sat, 21 Nov 2026 12:30:00 +0100\r\n'.repeat(60)}${plainMail()}`);
  await world.drained();
  expect(await world.count('interaction')).toBe(0);
  expect(await rejects()).toEqual([{ reason: 'mail.loop', n: 1 }]);
});

/** A mailbox whose program answers everything, at once, to whom its envelope or else its From names. */
class AutoResponder {
  readonly got: string[] = [];
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData: (stream, _session, done) => {
      this.answer(stream).then(() => done(), done);
    },
  });

  constructor(
    private readonly target: number,
    private readonly headers: Record<string, string>,
    private readonly listens: boolean,
  ) {}

  async start(): Promise<number> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server.server, 'listening');
    return (this.server.server.address() as AddressInfo).port;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(stream: NodeJS.ReadableStream): Promise<void> {
    const raw = await buffer(stream);
    const mail = await simpleParser(raw);
    this.got.push(raw.toString('latin1'));
    if (this.listens && mail.headers.has('auto-submitted')) return;
    await send(this.target, {
      from: ROBIN,
      to: CARE,
      subject: `Re: ${mail.subject ?? ''}`,
      inReplyTo: mail.messageId,
      text: `He recibido tu correo y te contesto cuando pueda. Número ${this.got.length}`,
      headers: this.headers,
    });
  }
}

async function send(port: number, mail: Parameters<ReturnType<typeof createTransport>['sendMail']>[0]): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port });
  await transport.sendMail(mail).finally(() => transport.close());
}

describe('two programs that answer each other', () => {
  /** Ours: "we received your message", to every mail that comes in and may be answered. */
  async function acknowledge(port: number): Promise<number> {
    const permits = new AutomaticMail(world.clock);
    const unanswered = await world.test.query<{ id: string; case_id: string; automatic_kind: 'auto_reply' | null }>(
      `select i.id, i.case_id, i.automatic_kind from interaction i where i.direction = 'inbound' and author_name <> 'seen'`,
    );
    let sent = 0;
    for (const { id, case_id, automatic_kind } of unanswered) {
      await world.test.query(`update interaction set author_name = 'seen' where id = $1`, [id]);
      const wish = { address: ROBIN, kind: 'received', caseId: case_id, answers: automatic_kind };
      if (!(await world.database.transaction((tx) => permits.permit(tx, wish)))) continue;
      await send(port, { from: CARE, to: ROBIN, subject: 'Recibido', text: 'Recibido', headers: AUTOMATIC_HEADERS });
      sent += 1;
    }
    return sent;
  }

  it.each<[string, Record<string, string>, boolean, number]>([
    ['that says what it is', { 'Auto-Submitted': 'auto-replied' }, false, 1],
    ['that says nothing', {}, false, 1],
    ['that listens to what we say', {}, true, 1],
  ])('end within two messages with one %s', async (_who, headers, listens, expected) => {
    const responder = new AutoResponder(world.port, headers, listens);
    const port = await responder.start();
    try {
      await world.deliver(plainMail({ from: ROBIN, text: 'El móvil que compré ayer no funciona' }));
      let ours = 0;
      for (let round = 0; round < 10; round += 1) {
        await world.drained();
        ours += await acknowledge(port);
      }
      expect(ours).toBe(expected);
      expect(responder.got).toHaveLength(expected);
      // Their mail, and at most one answer to ours.
      expect(await world.count('interaction')).toBe(listens ? 1 : 2);
    } finally {
      await responder.stop();
    }
  });

  it('are stopped by permission alone: one of a kind in a day, five an hour', async () => {
    const permits = new AutomaticMail(world.clock);
    const permit = (kind: string, caseId: string | null = null) =>
      world.database.transaction((tx) => permits.permit(tx, { address: ROBIN, kind, caseId }));
    expect(await permit('a')).toBe(true);
    expect(await permit('a')).toBe(false);
    expect(await Promise.all([permit('b'), permit('b'), permit('b')])).toEqual(
      expect.arrayContaining([true, false, false]),
    );
    expect([await permit('c'), await permit('d'), await permit('e'), await permit('f')]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    world.clock.advance(3_700_000);
    expect([await permit('f'), await permit('a')]).toEqual([true, false]);
    world.clock.advance(24 * 3_600_000);
    expect(await permit('a')).toBe(true);
  });
});

describe('our own mailboxes', () => {
  it('that feed each other stop at the first mail', async () => {
    const help = 'help@hilo.test';
    await world.test.query(
      `insert into mailbox (id, address, host, port, security, username, folder, access, access_kind, created_at, updated_at)
       values (gen_random_uuid(), $1, 'localhost', 993, 'tls', 'help', 'INBOX', '', 'password', now(), now())`,
      [help],
    );
    try {
      await world.deliver(nth(1, { from: `Ayuda <${help}>` }), nth(2, { from: `Nexo <${CARE}>` }));
      await world.drained();
      expect(await world.count('interaction')).toBe(0);
      expect(await rejects()).toEqual([{ reason: 'mail.own_loop', n: 2 }]);
    } finally {
      await world.test.query('delete from mailbox where address = $1', [help]);
    }
  });

  it('that forward a mail of ours back to us take it nowhere', async () => {
    await world.deliver(nth(1, { from: ROBIN, headers: 'X-Hilo-Id: 0197a2b4-7c11-7aaa-8bbb-0123456789ab' }));
    await world.drained();
    expect(await world.count('interaction')).toBe(0);
  });
});
