import fc from 'fast-check';
import { isOwnAddress } from './address.rules.js';
import {
  cursorKey,
  envelopeOf,
  failureOf,
  isHistory,
  placeOf,
  receivedAt,
  uidSet,
  waitAfter,
} from './mailbox.rules.js';

describe('an address of a mailbox', () => {
  it.each([
    [
      'imaps://care%40hilo.test:p%3Ass@mail.hilo.test',
      {
        host: 'mail.hilo.test',
        port: 993,
        security: 'tls',
        username: 'care@hilo.test',
        password: 'p:ss',
        folder: 'INBOX',
      },
    ],
    [
      'imap://care:x@mail.hilo.test:1143/Clientes%20nuevos',
      {
        ...{ host: 'mail.hilo.test', port: 1143, security: 'starttls' },
        ...{ username: 'care', password: 'x', folder: 'Clientes nuevos' },
      },
    ],
    [
      'imap://care:x@127.0.0.1/A/B',
      { host: '127.0.0.1', port: 143, security: 'none', username: 'care', password: 'x', folder: 'A/B' },
    ],
    [
      'imap://care:x@[::1]:99',
      { host: '::1', port: 99, security: 'none', username: 'care', password: 'x', folder: 'INBOX' },
    ],
  ])('%s', (url, place) => expect(placeOf(url)).toEqual(place));

  it('is remembered by account and folder, never with its password', () => {
    expect(cursorKey(placeOf('imaps://care:secret@mail.hilo.test/Done'))).toBe('imap:care@mail.hilo.test:993/Done');
  });
});

describe('what is wrong with a mailbox', () => {
  const refused = { authenticationFailed: true, response: 'Authentication failed.', message: 'Command failed' };
  it.each([
    ['a wrong password', refused, false, 'channel.login_refused'],
    ['a token that is over', refused, true, 'channel.reconnect'],
    [
      'a server that cannot ask for passwords now',
      { ...refused, serverResponseCode: 'UNAVAILABLE' },
      false,
      'channel.unreachable',
    ],
    ['no such folder', { mailboxMissing: true, message: 'x' }, false, 'channel.folder_missing'],
    ['a certificate that has run out', { code: 'CERT_HAS_EXPIRED', message: 'x' }, false, 'channel.insecure'],
    ['no encryption where it must be', { tlsFailed: true, message: 'x' }, false, 'channel.insecure'],
    ['nobody there', { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' }, false, 'channel.unreachable'],
  ] as const)('%s', (_what, error, isToken, reason) => expect(failureOf(error, isToken).reason).toBe(reason));

  it('is told in the words of the server', () => {
    expect(failureOf(refused, false).detail).toBe('Authentication failed.');
    expect(failureOf({ reason: 'Server shutting down.', message: 'Connection not available' }, false).detail).toBe(
      'Server shutting down.',
    );
    expect(failureOf({}, false).detail).toBe('no reason was given');
    expect(failureOf({ message: 'x'.repeat(9000) }, false).detail).toHaveLength(300);
  });
});

describe('the wait between tries', () => {
  const patience = { firstMs: 1000, longestMs: 60_000, refusedMs: 300_000 };

  it('doubles up to a minute, and is long after a refused login', () => {
    const waits = [1, 2, 3, 6, 7, 50].map((failures) => waitAfter(failures, 'channel.unreachable', patience));
    expect(waits).toEqual([1000, 2000, 4000, 32_000, 60_000, 60_000]);
    const refused = [1, 2, 3, 9].map((failures) => waitAfter(failures, 'channel.login_refused', patience));
    expect(refused).toEqual([300_000, 600_000, 1_200_000, 1_200_000]);
  });
});

describe('what is taken in', () => {
  const since = new Date('2026-11-22T09:00:00Z');
  const [before, after] = [new Date('2026-11-22T08:59:59Z'), new Date('2026-11-22T09:00:01Z')];
  it.each([
    [true, before, true],
    [true, null, true],
    [true, after, false],
    [false, before, false],
    [false, null, false],
  ])('seen %s, arrived %s: left to people %s', (seen, arrivedAt, left) =>
    expect(isHistory({ seen, arrivedAt }, since)).toBe(left),
  );

  it('arrived when its server took it, unless that cannot be', () => {
    expect(receivedAt(before, since)).toBe(before);
    expect(receivedAt(after, since)).toBe(since);
    expect(receivedAt(new Date('2026-09-01T00:00:00Z'), since)).toBe(since);
    expect(receivedAt(null, since)).toBe(since);
  });
});

describe('the envelope of a fetched mail', () => {
  const isOwn = (address: string) => isOwnAddress(address, ['care@hilo.test', 'ventas@hilo.test']);
  const of = (...lines: string[]) => envelopeOf(lines.join('\r\n'), 'care@hilo.test', isOwn);

  it('is what the server wrote down', () => {
    expect(
      of(
        'Return-Path: <robin@example.com>',
        'Delivered-To: care+c7.af31@hilo.test',
        'X-Original-To:\r\n Ventas@hilo.test',
      ),
    ).toEqual({ from: 'robin@example.com', to: ['care+c7.af31@hilo.test', 'ventas@hilo.test'] });
  });

  it('has no sender only when the server says so', () => {
    expect(of('Return-Path: <>', 'From: MAILER-DAEMON@x.example').from).toBe('');
    expect(of('From: "Díaz, Robin <x>" <robin@example.com>').from).toBe('robin@example.com');
    expect(of('Subject: nothing').from).toBe('');
  });

  it('went to the mailbox when nobody of us is named', () => {
    expect(of('Delivered-To: someone@elsewhere.example, <not an address>').to).toEqual(['care@hilo.test']);
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (block) => {
        const { from, to } = envelopeOf(block, 'care@hilo.test', isOwn);
        expect(typeof from).toBe('string');
        expect(to.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a set of UIDs', () => {
  it('names runs by their ends', () => expect(uidSet([9, 3, 8, 7, 3, 12])).toBe('3,7:9,12'));

  it('holds what went in, once', () => {
    const uids = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 });
    fc.assert(
      fc.property(uids, (given) => {
        const back = uidSet(given)
          .split(',')
          .flatMap((run) => {
            const [from = 0, to = from] = run.split(':').map(Number);
            return Array.from({ length: to - from + 1 }, (_, n) => from + n);
          });
        expect(back).toEqual([...new Set(given)].sort((a, b) => a - b));
      }),
    );
  });
});
