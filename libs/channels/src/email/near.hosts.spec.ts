import { isNearHost } from './near.hosts.js';

it.each(['localhost', '127.0.0.1', '::1', '10.1.2.3', '172.16.0.9', '192.168.1.1', 'fd00::1', '::ffff:10.0.0.1'])(
  '%s is near',
  (host) => expect(isNearHost(host)).toBe(true),
);

it.each([
  'imap.example.com',
  '10.example.com',
  '192.168.1.1.example.com',
  '8.8.8.8',
  '172.32.0.1',
  '2001:db8::1',
  '',
  '0x7f.1',
])('%j is not', (host) => expect(isNearHost(host)).toBe(false));
