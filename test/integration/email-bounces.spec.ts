import { bounceAddress, bounceToken } from '#channels';
import { Secrets } from '#platform';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { CARE, crlf, EmailWorld } from './email.world.js';
import { aSentReply, caseOf, deliveryOf, eventsOf, type SentReply } from './email.replies.js';

let test: TestDatabase;
let world: EmailWorld;
let secrets: Secrets;
beforeAll(async () => {
  test = await createDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  world = await EmailWorld.start(test);
  secrets = new Secrets(world.config);
});
afterEach(() => world.end());

const ROBIN = 'robin@example.com';

interface Dsn {
  recipient?: string;
  action?: string;
  status?: string;
  envelopeId?: string;
  returned?: string[];
  nonce?: number;
}

/** A report as Postfix writes it. */
const dsn = ({ recipient = ROBIN, action = 'failed', status = '5.1.1', envelopeId, returned = [], nonce = 0 }: Dsn) =>
  crlf(
    [
      'Return-Path: <>',
      'From: Mail Delivery System <MAILER-DAEMON@mx.example.com>',
      'Subject: Undelivered Mail Returned to Sender',
      `Message-ID: <bounce-${nonce}@mx.example.com>`,
      'Auto-Submitted: auto-replied',
      `To: ${CARE}`,
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'I am sorry.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.com',
      ...(envelopeId ? [`Original-Envelope-Id: ${envelopeId}`] : []),
      '',
      `Final-Recipient: rfc822; ${recipient}`,
      `Action: ${action}`,
      `Status: ${status}`,
      'Diagnostic-Code: smtp; 550 no such user',
      ...(returned.length > 0 ? ['--b', 'Content-Type: text/rfc822-headers', '', ...returned] : []),
      '--b--',
      '',
    ].join('\n'),
  );

/** Sends a report without a sender, as all of them come. */
async function bounce(raw: string, to = CARE): Promise<void> {
  await world.deliverAs({ from: '', to }, raw);
  await world.drained();
}

async function expectBounced(sent: SentReply): Promise<void> {
  expect(await deliveryOf(world, sent)).toMatchObject({
    state: 'failed',
    reason: 'recipient.bounced',
    detail: '5.1.1 550 no such user',
    report: { action: 'failed', status: '5.1.1', diagnostic: '550 no such user' },
  });
  expect(await caseOf(world, sent)).toMatchObject({ failed_sends: 1, next_action: 'await_customer', unread: 0 });
  expect((await eventsOf(world, sent)).filter((type) => type === 'interaction.failed')).toHaveLength(1);
  expect(await world.count('cases')).toBe(1);
  expect(await world.count('interaction')).toBe(2);
  expect(await world.count('inbound_reject')).toBe(0);
}

describe('a message that came back is a failed one', () => {
  it.each<[string, (sent: SentReply) => { dsn: Dsn; to?: string }]>([
    ['its address', (sent) => ({ dsn: {}, to: bounceAddress(secrets, sent.id, CARE) })],
    ['its envelope id', (sent) => ({ dsn: { envelopeId: bounceToken(secrets, sent.id) } })],
    [
      'a token, though it was forwarded',
      (sent) => ({ dsn: { recipient: 'r@inner.test', envelopeId: bounceToken(secrets, sent.id) } }),
    ],
    ['its Message-ID and recipient', (sent) => ({ dsn: { returned: [`Message-ID: ${sent.messageId}`] } })],
    [
      'our own header and its recipient',
      (sent) => ({ dsn: { returned: ['Message-ID: <a@ses>', `X-Hilo-Id: ${sent.id}`] } }),
    ],
  ])('by %s', async (_what, made) => {
    const sent = await aSentReply(world, ROBIN);
    const { dsn: told, to } = made(sent);
    await bounce(dsn(told), to);
    await expectBounced(sent);
    const [mail] = await world.test.query(`select * from inbound_mail where state = 'reported'`);
    expect(mail).toMatchObject({ interaction_id: sent.id });
  });

  it('also when the server is quicker than we are', async () => {
    const sent = await aSentReply(world, ROBIN, 'pending');
    await bounce(dsn({ envelopeId: bounceToken(secrets, sent.id) }));
    await expectBounced(sent);
  });

  it('once, however often the report comes', async () => {
    const sent = await aSentReply(world, ROBIN);
    const raw = dsn({ envelopeId: bounceToken(secrets, sent.id) });
    await bounce(raw);
    await bounce(raw);
    await bounce(dsn({ envelopeId: bounceToken(secrets, sent.id), nonce: 2 }));
    await expectBounced(sent);
    // Sent again by a person: the old report must not fail the new try.
    await world.test.query(
      `update delivery set state = 'sent', reason = null, report = null where interaction_id = $1`,
      [sent.id],
    );
    await bounce(raw);
    expect(await deliveryOf(world, sent)).toMatchObject({ state: 'sent', report: null });
  });
});

describe('a message on its way', () => {
  it('is noted as late, and again as arrived', async () => {
    const sent = await aSentReply(world, ROBIN);
    const envelopeId = bounceToken(secrets, sent.id);
    await bounce(dsn({ envelopeId, action: 'delayed', status: '4.4.1', nonce: 1 }));
    await bounce(dsn({ envelopeId, action: 'delayed', status: '4.4.1', nonce: 2 }));
    expect(await deliveryOf(world, sent)).toMatchObject({ state: 'sent', reason: 'recipient.delayed' });
    expect((await eventsOf(world, sent)).filter((type) => type === 'interaction.delayed')).toHaveLength(1);
    await bounce(dsn({ envelopeId, action: 'delivered', status: '2.0.0', nonce: 3 }));
    expect(await deliveryOf(world, sent)).toMatchObject({
      state: 'sent',
      reason: null,
      detail: null,
      report: { action: 'delivered' },
    });
    expect(await caseOf(world, sent)).toMatchObject({ failed_sends: 0, unread: 0 });
    expect(await world.count('interaction')).toBe(2);
  });
});

describe('a report nobody need believe', () => {
  it.each<[string, (sent: SentReply) => Dsn]>([
    ['names nothing', () => ({})],
    [
      'names a token we did not make',
      (sent) => ({ envelopeId: bounceToken(new Secrets({ secret: 'y'.repeat(32) }), sent.id) }),
    ],
    ['names a wrong header', () => ({ returned: ['X-Hilo-Id: 0197a2b4-7c11-7aaa-8bbb-0123456789ab'] })],
    ['names a header that is no id', () => ({ returned: [`X-Hilo-Id: ' or true --`] })],
    [
      'names our mail, but somebody else',
      (sent) => ({ recipient: 'eve@evil.test', returned: [`Message-ID: ${sent.messageId}`] }),
    ],
  ])('changes nothing and is kept: it %s', async (_what, made) => {
    const sent = await aSentReply(world, ROBIN);
    await bounce(dsn(made(sent)));
    expect(await deliveryOf(world, sent)).toMatchObject({ state: 'sent', reason: null, report: null });
    expect(await caseOf(world, sent)).toMatchObject({ failed_sends: 0 });
    expect(await world.count('cases')).toBe(1);
    const [reject, ...others] = await world.test.query('select * from inbound_reject');
    expect(others).toEqual([]);
    expect(reject).toMatchObject({
      reason: 'mail.bounce_unmatched',
      sender: 'mailer-daemon@mx.example.com',
      state: 'open',
    });
  });

  it('is kept as a complaint when it is one', async () => {
    await bounce(dsn({}).replace('delivery-status; boundary', 'feedback-report; boundary'));
    const [reject] = await world.test.query('select reason from inbound_reject');
    expect(reject).toEqual({ reason: 'mail.complaint' });
  });
});

it('a thousand bounces create no case and no mail', async () => {
  const sent = await aSentReply(world, ROBIN);
  const envelopeId = bounceToken(secrets, sent.id);
  const raws = Array.from({ length: 1000 }, (_, nonce) =>
    dsn(nonce % 2 === 0 ? { envelopeId, nonce } : { recipient: `r${nonce}@example.com`, nonce }),
  );
  await world.deliverAs({ from: '', to: CARE }, ...raws);
  expect(await world.drained()).toBe(1000);
  await expect(world.count('cases')).resolves.toBe(1);
  await expect(world.count('interaction')).resolves.toBe(2);
  await expect(world.count('customer')).resolves.toBe(1);
  const [out] = await world.test.query<{ n: number }>('select count(*)::int as n from delivery');
  expect(out?.n).toBe(1);
  const states = await world.test.query(
    `select state, count(*)::int as n from inbound_mail where envelope_from = '' group by state order by state`,
  );
  expect(states).toEqual([
    { state: 'rejected', n: 500 },
    { state: 'reported', n: 500 },
  ]);
  expect(await world.count('inbound_reject')).toBe(500);
  expect(await caseOf(world, sent)).toMatchObject({ failed_sends: 1 });
}, 120_000);
