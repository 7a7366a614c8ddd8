import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { normaliseEmail } from '#cases';
import { SanitiseJob } from '#channels';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait.js';
import { CARE, crlf, EmailWorld, plainMail, sha256 } from './email.world.js';

interface Interaction extends Record<string, unknown> {
  id: string;
  case_id: string;
  external_id: string;
  message_id: string | null;
  subject: string;
  text: string;
  html: string | null;
  raw_key: string;
  author_name: string;
  matched_by: string;
  occurred_at: Date;
}

let test: TestDatabase;
let world: EmailWorld;
beforeAll(async () => {
  test = await createDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  world = await EmailWorld.start(test);
});
afterEach(() => world.end());

const interactions = () => world.test.query<Interaction>('select * from interaction order by received_at, id');

describe('html', () => {
  const PIXEL = 'https://evil.example/pixel.gif';
  const html = (filling: string) =>
    crlf(
      [
        'From: Robin <robin@example.com>',
        `To: ${CARE}`,
        `Message-ID: <html-${filling.length}@example.com>`,
        'Content-Type: multipart/related; boundary=part',
        '',
        '--part',
        'Content-Type: text/html; charset=utf-8',
        '',
        `<p>Hola <script>alert(1)</script><img src="cid:foto"><img src="${PIXEL}"></p>`,
        filling,
        '--part',
        'Content-Type: image/png; name=foto.png',
        'Content-ID: <foto>',
        '',
        'PNG',
        '--part--',
        '',
      ].join('\n'),
    );
  const shown = async () => {
    const [row] = await world.test.query<{ id: string; html_safe: string | null; data: unknown; file: string }>(
      `select i.id, i.html_safe, e.data, a.id as file from interaction i join attachment a on a.interaction_id = i.id
       join case_event e on e.data ->> 'interactionId' = i.id::text and e.type = 'interaction.received'`,
    );
    return row;
  };

  it('is made safe on arrival, its own pictures through our attachments', async () => {
    await world.deliver(html(''));
    await world.drained();
    const row = await shown();
    expect(row?.html_safe).toContain(`<img src="/api/v1/attachments/${row?.file}/content" />`);
    expect(row?.html_safe).not.toMatch(/script|alert/);
    expect(row?.html_safe).toContain('data-blocked="remote"');
    expect(row?.data).toMatchObject({ toSanitise: false });
  });

  it('is left to a job when it is long, with the same result', async () => {
    await world.deliver(html(`${'<i>largo</i> '.repeat(10)}\n`.repeat(600)));
    await world.drained();
    const before = await shown();
    expect(before?.html_safe).toBeNull();
    expect(before?.data).toMatchObject({ toSanitise: true });
    world.clock.advance(61_000);
    await new SanitiseJob(world.database, world.clock, world.wake).catchUp();
    const after = await shown();
    expect(after?.html_safe).toContain(`<img src="/api/v1/attachments/${before?.file}/content" />`);
    expect(after?.html_safe).not.toMatch(/script|alert/);
  });
});

describe('an accepted mail', () => {
  it('becomes one interaction on one case, with its attachment byte for byte and its original kept', async () => {
    const file = randomBytes(300_000);
    const raw = crlf(
      [
        'From: "Robin Díaz" <Robin@Example.com>',
        `To: ${CARE}`,
        'Subject: =?utf-8?Q?Aver=C3=ADa?=',
        'Message-ID: <1@example.com>',
        'References: <a@x> <b@x>',
        'In-Reply-To: <b@x>',
        'Date: Sat, 21 Nov 2026 12:30:00 +0100',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=part',
        '',
        '--part',
        'Content-Type: text/plain; charset=utf-8',
        '',
        'Adjunto la factura.',
        '--part',
        'Content-Type: application/pdf; name="factura.pdf"',
        'Content-Transfer-Encoding: base64',
        'Content-Disposition: attachment; filename="factura.pdf"',
        '',
        (file.toString('base64').match(/.{1,76}/g) ?? []).join('\n'),
        '--part--',
        '',
      ].join('\n'),
    );
    await world.deliver(raw);
    expect(await world.drained()).toBe(1);

    const [mail] = await world.mails();
    const [interaction, ...others] = await interactions();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      state: 'done',
      interaction_id: interaction?.id,
      envelope_from: 'bounce@example.com',
      envelope_to: [CARE],
      remote_ip: '127.0.0.1',
    });
    expect(interaction).toMatchObject({
      channel: 'email',
      direction: 'inbound',
      message_id: '<1@example.com>',
      subject: 'Avería',
      text: 'Adjunto la factura.',
      html: null,
      author_name: 'Robin Díaz',
      matched_by: 'new_customer',
      occurred_at: new Date('2026-11-21T11:30:00Z'),
      raw_key: mail?.storage_key,
    });
    expect(await buffer(await world.storage.get(interaction?.raw_key ?? ''))).toEqual(Buffer.from(raw));
    const [attachment] = await world.test.query<{
      storage_key: string;
      sha256: string;
      size: string;
      file_name: string;
    }>('select * from attachment where interaction_id = $1', [interaction?.id]);
    expect(attachment).toMatchObject({ sha256: sha256(file), size: String(file.length), file_name: 'factura.pdf' });
    expect(sha256(await buffer(await world.storage.get(attachment?.storage_key ?? '')))).toBe(sha256(file));
    const [thread] = await world.test.query(
      `select t.account, t.subject, t.last_message_id, t.message_refs, p.value from channel_thread t join contact_point p on p.id = t.contact_point_id`,
    );
    expect(thread).toEqual({
      account: CARE,
      subject: 'Avería',
      last_message_id: '<1@example.com>',
      message_refs: ['<a@x>', '<b@x>'],
      value: 'robin@example.com',
    });
    const events = await world.test.query<{ correlation_id: string }>('select correlation_id from case_event');
    expect(new Set(events.map((event) => event.correlation_id))).toEqual(new Set([mail?.correlation_id]));
  });

  it('is one interaction when it is delivered twice, and the second delivery knows which', async () => {
    await world.deliver(plainMail());
    await world.drained();
    await world.deliver(plainMail());
    await world.deliver(`Received: from relay by hilo; Sat, 21 Nov 2026 12:31:00 +0100\r\n${plainMail()}`);
    await world.drained();
    const mails = await world.mails();
    expect(mails.map((mail) => mail.state)).toEqual(['done', 'done', 'done']);
    expect(new Set(mails.map((mail) => mail.interaction_id)).size).toBe(1);
    expect(await world.count('interaction')).toBe(1);
  });

  it('is one interaction when both deliveries are in the same batch', async () => {
    await world.deliver(plainMail(), plainMail());
    await world.drained();
    expect(await world.count('interaction')).toBe(1);
    expect((await world.mails()).map((mail) => mail.state)).toEqual(['done', 'done']);
  });

  it('is two when two different mails share a Message-ID', async () => {
    await world.deliver(plainMail({ text: 'primero' }), plainMail({ text: 'segundo' }));
    await world.drained();
    expect((await interactions()).map(({ text, message_id }) => [text, message_id]).sort()).toEqual([
      ['primero', '<1@example.com>'],
      ['segundo', '<1@example.com>'],
    ]);
  });

  it('without a Message-ID is recognised by its bytes', async () => {
    await world.deliver(plainMail({ messageId: null }));
    await world.deliver(plainMail({ messageId: null }));
    await world.deliver(plainMail({ messageId: null, text: 'otra cosa' }));
    await world.drained();
    expect(await world.count('interaction')).toBe(2);
  });

  it('goes to the case of its sender, whatever it quotes', async () => {
    await world.deliver(plainMail({ messageId: '<robin@example.com>' }));
    await world.deliver(plainMail({ messageId: '<2@example.com>', from: 'ROBIN@example.com.', text: 'sigo igual' }));
    const stranger = { from: 'eve@evil.example', messageId: '<3@evil>', headers: 'In-Reply-To: <robin@example.com>' };
    await world.deliver(plainMail({ ...stranger, subject: 'Re: No funciona' }));
    await world.drained();
    const [first, second, third] = await interactions();
    expect(second?.case_id).toBe(first?.case_id);
    expect(third?.case_id).not.toBe(first?.case_id);
    expect(third?.matched_by).toBe('new_customer');
  });

  it.each(['Robin@Example.com', 'o.neil+x@BÜCHER.example.', 'a_b@sub.example.co.uk'])(
    'meets the customer whose address staff wrote down: %s',
    async (address) => {
      await world.deliver(Buffer.from(plainMail({ from: `<${address}>` })));
      await world.drained();
      const [point] = await test.query<{ value: string }>(`select value from contact_point where kind = 'email'`);
      expect(point?.value).toBe(normaliseEmail(address));
    },
  );

  it('wakes the drain at once', async () => {
    world.drain.start();
    await world.deliver(plainMail());
    await waitFor(() => world.count('interaction'), { timeout: 3000 });
    expect((await world.mails())[0]?.state).toBe('done');
  });
});

describe('what is no message of a customer', () => {
  const garbage = Buffer.concat([
    Buffer.from('\x00\x01 not a mail\r\n'),
    randomBytes(2000).map((byte) => byte | 0x80),
    Buffer.from('\r\n'),
  ]);

  it.each([
    ['bytes without headers', garbage, 'mail.no_sender', null],
    [
      'headers beyond any measure',
      Buffer.from(`From: robin@example.com\r\n${'X: y\r\n'.repeat(200_000)}\r\n`),
      'mail.unparseable',
      null,
    ],
    ['a sender that is no address', Buffer.from(plainMail({ from: 'Robin <>' })), 'mail.no_sender', null],
    ['our own echo', Buffer.from(plainMail({ headers: 'X-Hilo-Id: 0197' })), 'mail.own_loop', 'robin@example.com'],
    ['our own address', Buffer.from(plainMail({ from: 'Care+Tag@hilo.test' })), 'mail.own_loop', 'care+tag@hilo.test'],
  ])('%s is kept whole and taken off the queue', async (_case, raw, reason, sender) => {
    await world.deliver(raw);
    await world.drained();
    const [mail] = await world.mails();
    const kept = (await buffer(await world.storage.get(mail?.storage_key ?? ''))).toString('latin1');
    expect(kept.replace(/\r\n$/, '')).toBe(raw.toString('latin1').replace(/\r\n$/, ''));
    expect(mail?.state).toBe('rejected');
    expect(await world.count('interaction')).toBe(0);
    const [reject] = await world.test.query('select * from inbound_reject');
    expect(reject).toMatchObject({ channel: 'email', reason, sender, storage_key: mail?.storage_key });
  });

  it('is listed once, however often it comes', async () => {
    await world.deliver(garbage);
    await world.deliver(garbage);
    await world.drained();
    expect((await world.mails()).map((mail) => mail.state)).toEqual(['rejected', 'rejected']);
    expect(await world.count('inbound_reject')).toBe(1);
  });
});
