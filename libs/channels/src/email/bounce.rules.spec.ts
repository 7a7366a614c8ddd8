import fc from 'fast-check';
import { reportKindOf, reportOf, type ReportParts } from './bounce.rules.js';

const NOTHING: ReportParts = { fields: '', returned: '', text: '', failedRecipients: '' };
const lines = (...texts: string[]) => texts.join('\r\n');

describe('a delivery status (RFC 3464)', () => {
  const postfix = (block: string[]) =>
    reportOf(
      'delivery',
      {
        ...NOTHING,
        fields: lines(
          'Reporting-MTA: dns; mx.example.com',
          'Original-Envelope-Id: babc.def',
          'Arrival-Date: Sat, 21 Nov 2026 12:30:00 +0100',
          '',
          ...block,
        ),
        returned: lines('Message-ID: <m.1@hilo.test>', 'X-Hilo-Id: 0197', 'To: Robin <robin@example.com>', '', 'Hola'),
      },
      ['btag.sig'],
    );

  it('names the mail, whom it was for, what failed and why', () => {
    expect(
      postfix([
        'Original-Recipient: rfc822;Robin@Example.com',
        'Final-Recipient: rfc822; robin@inner.example.com',
        'Action: failed',
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 5.1.1 <robin@inner.example.com>:',
        '    User unknown',
      ]),
    ).toEqual({
      kind: 'delivery',
      tokens: ['btag.sig', 'babc.def'],
      messageId: '<m.1@hilo.test>',
      hiloId: '0197',
      to: ['robin@example.com'],
      recipients: [
        {
          addresses: ['robin@example.com', 'robin@inner.example.com'],
          action: 'failed',
          status: '5.1.1',
          diagnostic: '550 5.1.1 <robin@inner.example.com>: User unknown',
        },
      ],
    });
  });

  it.each([
    ['delayed', 'delayed', '4.4.7'],
    ['Delivered', 'delivered', '2.0.0'],
    ['relayed (to a host without DSN)', 'relayed', '2.6.0'],
    ['', 'delayed', '4.2.2'],
    ['', 'failed', '5.0.0'],
  ])('"%s" is %s', (action, expected, status) => {
    const { recipients } = postfix([`Final-Recipient: rfc822;a@x.es`, `Action: ${action}`, `Status: ${status}`]);
    expect(recipients).toMatchObject([{ action: expected, status }]);
  });

  it('has a block for each recipient', () => {
    const { recipients } = postfix([
      'Final-Recipient: rfc822;a@x.es',
      'Action: failed',
      '',
      'Final-Recipient: rfc822;b@x.es',
      'Action: delivered',
    ]);
    expect(recipients.map(({ addresses, action }) => [addresses, action])).toEqual([
      [['a@x.es'], 'failed'],
      [['b@x.es'], 'delivered'],
    ]);
  });
});

describe('a letter instead of fields', () => {
  it('of qmail', () => {
    const text = lines(
      'Hi. This is the qmail-send program at mx.example.com.',
      "I'm afraid I wasn't able to deliver your message to the following addresses.",
      '',
      '<robin@example.com>:',
      'Sorry, no mailbox here by that name. (#5.1.1)',
      '',
      '--- Below this line is a copy of the message.',
      '',
      'Return-Path: <care@hilo.test>',
      'Message-ID: <m.1@hilo.test>',
      'X-Hilo-Id: 0197',
      'To: robin@example.com',
      '',
      'Hola',
    );
    expect(reportOf('delivery', { ...NOTHING, text }, [])).toMatchObject({
      messageId: '<m.1@hilo.test>',
      hiloId: '0197',
      recipients: [
        {
          addresses: ['robin@example.com'],
          action: 'failed',
          status: '5.1.1',
          diagnostic: 'Sorry, no mailbox here by that name. (#5.1.1)',
        },
      ],
    });
  });

  it('of Exim', () => {
    const text = lines(
      'This message was created automatically by mail delivery software.',
      '',
      'A message that you sent could not be delivered to one or more of its recipients.',
      '',
      '  robin@example.com',
      '    host mx.example.com [192.0.2.1]: 550 No such user',
      '',
      '------ This is a copy of the message, including all the headers. ------',
      '',
      'Message-ID: <m.1@hilo.test>',
      '',
      'Hola',
    );
    const report = reportOf('delivery', { ...NOTHING, text, failedRecipients: 'robin@example.com' }, []);
    expect(report).toMatchObject({
      messageId: '<m.1@hilo.test>',
      recipients: [{ addresses: ['robin@example.com'], action: 'failed' }],
    });
    expect(report.recipients[0]?.diagnostic).toContain('550 No such user');
  });

  it('that warns is no failure', () => {
    const text = lines(
      'Your message has not yet been delivered.',
      '',
      '  robin@example.com',
      '',
      'No action is required',
    );
    expect(reportOf('delivery', { ...NOTHING, text }, []).recipients).toMatchObject([{ action: 'delayed' }]);
  });
});

it('a receipt says that it was read, a complaint names nobody', () => {
  const fields = lines('Final-Recipient: rfc822;robin@example.com', 'Original-Message-ID: <m.1@hilo.test>');
  expect(reportOf('read', { ...NOTHING, fields }, [])).toMatchObject({
    messageId: '<m.1@hilo.test>',
    recipients: [{ action: 'read', addresses: ['robin@example.com'] }],
  });
  expect(reportOf('complaint', { ...NOTHING, fields: 'Feedback-Type: abuse' }, []).recipients).toEqual([]);
});

describe('what a report is', () => {
  const kindOf = (over: Partial<Parameters<typeof reportKindOf>[0]>) =>
    reportKindOf({
      contentType: 'text/plain',
      sender: 'robin@example.com',
      envelopeFrom: 'robin@example.com',
      returnPath: '',
      failedRecipients: '',
      subject: 'Hola',
      text: 'Hola',
      ...over,
    });

  it.each([
    ['delivery', { contentType: 'multipart/report; report-type=delivery-status; boundary="b"' }],
    ['delivery', { contentType: 'multipart/report; boundary=b; report-type="delivery-status"' }],
    ['read', { contentType: 'multipart/report; report-type=disposition-notification' }],
    ['complaint', { contentType: 'multipart/report; report-type=feedback-report' }],
    ['delivery', { envelopeFrom: '', failedRecipients: 'a@x.es' }],
    ['delivery', { sender: 'mailer-daemon@x.es', subject: 'failure notice' }],
    ['delivery', { sender: 'postmaster@x.es', subject: 'Undeliverable: Hola' }],
    ['delivery', { envelopeFrom: null, returnPath: '<>', subject: 'Delivery Status Notification (Failure)' }],
    ['delivery', { envelopeFrom: '', text: 'Hi. This is the qmail-send program at x.' }],
  ] as const)('is %s: %j', (kind, over) => expect(kindOf(over)).toBe(kind));

  it.each([
    ['a person', {}],
    ['a person who tells of one', { subject: 'Undeliverable: Hola', text: 'me llega esto' }],
    ['a person who names failed recipients', { failedRecipients: 'a@x.es' }],
    ['an out-of-office note', { envelopeFrom: '', subject: 'Automatic reply: Hola' }],
    ['a report of something else', { contentType: 'multipart/report; report-type=disposition' }],
  ])('%s sends none', (_who, over) => expect(kindOf(over)).toBeNull());
});

it('never throws, whatever a server writes', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 400 }),
    fc.constantFrom('<a@b.c>:', 'Status: 5', '---- copy of message'),
  );
  fc.assert(
    fc.property(fc.array(text), fc.array(text), fc.array(text), (fields, returned, words) => {
      const report = reportOf(
        'delivery',
        { fields: lines(...fields), returned: lines(...returned), text: lines(...words), failedRecipients: '' },
        [],
      );
      expect(report.recipients.length).toBeGreaterThan(0);
    }),
  );
});

it('is quick with a text made to hold it up', () => {
  const begun = performance.now();
  for (const piece of ['\n', ' \n', '<', '-', '--', 'a@', '\r\n \r\n', 'Final-Recipient:\n\n'])
    reportOf('delivery', { ...NOTHING, fields: piece.repeat(60_000), text: piece.repeat(60_000) }, []);
  expect(performance.now() - begun).toBeLessThan(3000);
});
