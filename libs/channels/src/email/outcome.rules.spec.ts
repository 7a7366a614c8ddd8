import { outcomeOf, type FailedTry } from './outcome.rules.js';

const failed = (
  responseCode: number | undefined,
  command: string,
  response = '',
  handedOver = false,
  code = 'ESOCKET',
): FailedTry => ({
  responseCode,
  command,
  code,
  response: response || `${responseCode ?? ''} no`,
  handedOver,
});

describe('outcomeOf', () => {
  it.each<[string, FailedTry, object]>([
    ['mailbox unknown', failed(550, 'RCPT TO'), { outcome: 'failed', reason: 'recipient.unknown' }],
    [
      'mailbox unknown, said twice',
      failed(550, 'RCPT TO', '550 5.1.1 who?'),
      { outcome: 'failed', reason: 'recipient.unknown' },
    ],
    ['policy', failed(550, 'RCPT TO', '550 5.7.1 not you'), { outcome: 'failed', reason: 'recipient.refused' }],
    ['moved', failed(551, 'RCPT TO'), { outcome: 'failed', reason: 'recipient.unknown' }],
    ['bad name', failed(553, 'RCPT TO'), { outcome: 'failed', reason: 'recipient.unknown' }],
    ['full mailbox', failed(552, 'RCPT TO'), { outcome: 'failed', reason: 'recipient.refused' }],
    ['transaction failed', failed(554, 'RCPT TO'), { outcome: 'failed', reason: 'recipient.refused' }],
    ['greylisting', failed(451, 'RCPT TO'), { outcome: 'retry', reason: 'channel.refused' }],
    ['relay going down', failed(421, 'MAIL FROM'), { outcome: 'retry', reason: 'channel.unreachable' }],
    ['sender refused', failed(550, 'MAIL FROM'), { outcome: 'failed', reason: 'channel.refused' }],
    ['login needed', failed(530, 'MAIL FROM'), { outcome: 'retry', reason: 'channel.unauthorised' }],
    ['wrong password', failed(535, 'AUTH PLAIN'), { outcome: 'retry', reason: 'channel.unauthorised' }],
    ['no service', failed(554, 'CONN'), { outcome: 'retry', reason: 'channel.refused' }],
    ['spam', failed(554, 'DATA', '554 spam', true), { outcome: 'failed', reason: 'channel.refused' }],
    [
      'too busy for the message',
      failed(452, 'DATA', '452 later', true),
      { outcome: 'retry', reason: 'channel.refused' },
    ],
    ['no connection', failed(undefined, 'CONN'), { outcome: 'retry', reason: 'channel.unreachable' }],
    ['broken off in the message', failed(undefined, 'CONN'), { outcome: 'retry', reason: 'channel.unreachable' }],
    ['broken off after the message', failed(undefined, 'CONN', '', true), { outcome: 'unknown' }],
    ...[
      'CERT_HAS_EXPIRED',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'ERR_SSL_WRONG_VERSION_NUMBER',
    ].map((code): [string, FailedTry, object] => [
      `a connection nobody vouches for: ${code}`,
      failed(undefined, 'CONN', '', false, code),
      { outcome: 'retry', reason: 'channel.insecure' },
    ]),
    [
      'no encryption where it is wanted',
      failed(500, 'STARTTLS', '500 what?', false, 'ETLS'),
      { outcome: 'retry', reason: 'channel.insecure' },
    ],
    [
      'broken encryption after the message',
      failed(undefined, 'CONN', '', true, 'ERR_SSL_BAD_RECORD'),
      { outcome: 'unknown' },
    ],
    [
      'the relay cannot check passwords now',
      failed(454, 'AUTH PLAIN'),
      { outcome: 'retry', reason: 'channel.refused' },
    ],
    [
      'a user without a password',
      failed(undefined, 'API', '', false, 'EAUTH'),
      { outcome: 'retry', reason: 'channel.unauthorised' },
    ],
    ['an answer that is none', failed(250, 'DATA', '250 ?', true), { outcome: 'unknown' }],
  ])('%s', (_case, failure, outcome) => {
    expect(outcomeOf(failure)).toEqual(outcome);
  });
});
