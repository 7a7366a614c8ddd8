import { NewMailboxBody, PatchMailboxBody, type Mailbox } from '#contracts';
import { draftOf, mailboxBodyOf, missingInMailbox, withHost, withSecurity } from './mailbox.rules.js';

const care: Mailbox = {
  id: '0199a000-0000-7000-8000-000000000001',
  address: 'care@hilo.test',
  host: 'imap.hilo.test',
  port: 993,
  security: 'tls',
  username: 'care',
  folder: 'INBOX',
  moveTo: null,
  accessKind: 'password',
  trustedAuthserv: null,
  active: true,
};

it('a new one needs all it takes to log in; one that is there keeps its secret', () => {
  expect(missingInMailbox(draftOf(null))).toEqual(['address', 'host', 'username', 'password']);
  expect(missingInMailbox(draftOf(care))).toEqual([]);
  expect(missingInMailbox({ ...draftOf(care), access: 'refresh', port: '70000' })).toEqual([
    'port',
    'tokenUrl',
    'clientId',
  ]);
});

it('what is sent is what the server takes', () => {
  const { body, access } = mailboxBodyOf({
    ...draftOf(care),
    access: 'password',
    password: ' secret ',
    moveTo: ' Read ',
  });
  expect(NewMailboxBody.parse({ ...body, access })).toMatchObject({
    moveTo: 'Read',
    access: { kind: 'password', password: ' secret ' },
  });
  const kept = mailboxBodyOf(draftOf(care));
  expect(kept.access).toBeNull();
  expect(PatchMailboxBody.parse(kept.body)).toMatchObject({ moveTo: null, trustedAuthserv: null });
  const refreshed = mailboxBodyOf({
    ...draftOf(care),
    access: 'refresh',
    tokenUrl: 'https://login.example/token',
    clientId: 'id',
  });
  expect(refreshed.access).toEqual({ kind: 'refresh', tokenUrl: 'https://login.example/token', clientId: 'id' });
});

it('the port follows the security until somebody chooses their own', () => {
  expect(withSecurity(draftOf(care), 'starttls').port).toBe('143');
  expect(withSecurity({ ...draftOf(care), port: '1993' }, 'starttls').port).toBe('1993');
});

it('whose word on senders is believed is asked again for another server', () => {
  const gmail = { ...care, trustedAuthserv: 'mx.google.com' };
  const moved = withHost(draftOf(gmail), gmail, 'imap.other.test');
  expect(moved).toMatchObject({ host: 'imap.other.test', trustedAuthserv: '' });
  expect(withHost({ ...moved, trustedAuthserv: 'mx.other.test' }, gmail, 'imap.others.test').trustedAuthserv).toBe(
    'mx.other.test',
  );
  expect(withHost(moved, gmail, 'IMAP.hilo.test')).toMatchObject({ trustedAuthserv: 'mx.google.com' });
  expect(withHost({ ...draftOf(null), trustedAuthserv: 'mx' }, null, 'imap.hilo.test').trustedAuthserv).toBe('mx');
});
