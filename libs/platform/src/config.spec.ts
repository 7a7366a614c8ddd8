import { ConfigError, loadConfig } from './config.js';

const GOOD = { DATABASE_URL: 'postgres://u:p@127.0.0.1:5432/hilo', HILO_SECRET: 'x'.repeat(32) };

it('fills in the defaults of the interface', () => {
  const config = loadConfig(GOOD);
  expect(config.http).toEqual({
    host: '127.0.0.1',
    port: 3000,
    baseUrl: 'http://127.0.0.1:3000',
    trustedProxies: ['loopback'],
  });
  expect(config.roles).toEqual(['api', 'worker']);
  expect(config.mail).toMatchObject({ address: 'care@hilo.test', listen: { port: 2525, lmtp: false } });
  expect(config.twitter).toBeNull();
  expect(config.timeZone).toBe('Europe/Madrid');
});

it('lists every bad key in one message, and no value', () => {
  const wrong = { PORT: 'abc', HILO_ROLES: 'api,king', DATABASE_URL: 'mysql://secret@x/y', HILO_SMTP_PROTOCOL: 'uucp' };
  expect(() => loadConfig(wrong)).toThrow(ConfigError);
  try {
    loadConfig(wrong);
  } catch (error) {
    const message = String(error);
    for (const key of ['PORT', 'HILO_ROLES', 'DATABASE_URL', 'HILO_SECRET', 'HILO_SMTP_PROTOCOL'])
      expect(message).toContain(key);
    expect(message).not.toContain('secret@x');
  }
});

it('wants all keys of the X account or none', () => {
  expect(() => loadConfig({ ...GOOD, HILO_TWITTER_CONSUMER_KEY: 'k' })).toThrow(/HILO_TWITTER_ACCESS_TOKEN/u);
});

it('refuses a peer for X in production, and roles apart without Redis', () => {
  expect(() => loadConfig({ ...GOOD, NODE_ENV: 'production', HILO_TWITTER_PEER: '127.0.0.1:1' })).toThrow(
    /HILO_TWITTER_PEER/u,
  );
  expect(() => loadConfig({ ...GOOD, HILO_ROLES: 'api' })).toThrow(/HILO_ROLES/u);
  expect(loadConfig({ ...GOOD, HILO_ROLES: 'api', REDIS_URL: 'redis://127.0.0.1:6379' }).roles).toEqual(['api']);
});

it('takes a time zone by its name, and no other word', () => {
  expect(loadConfig({ ...GOOD, HILO_TIMEZONE: 'Atlantic/Canary' }).timeZone).toBe('Atlantic/Canary');
  expect(() => loadConfig({ ...GOOD, HILO_TIMEZONE: 'Madrid' })).toThrow(
    /HILO_TIMEZONE: must be the name of a time zone/u,
  );
});

it('takes a mailbox with user and password, and shows neither when it is wrong', () => {
  const url = 'imaps://care%40hilo.test:p%3Ass@mail.hilo.test/Clientes%20nuevos';
  expect(loadConfig({ ...GOOD, HILO_IMAP_URL: url }).mail.imap).toEqual({ url, pollSeconds: 30 });
  expect(loadConfig(GOOD).mail.imap.url).toBeUndefined();
  const wrong = ['pop3://u:secret@x', 'imaps://u@x', 'imaps://secret@x/INBOX', 'imap://u:sec%ret@x', 'imap:u:secret@x'];
  for (const HILO_IMAP_URL of wrong) {
    expect(() => loadConfig({ ...GOOD, HILO_IMAP_URL })).toThrow(/HILO_IMAP_URL: [^\n]*$/u);
    expect(() => loadConfig({ ...GOOD, HILO_IMAP_URL })).not.toThrow(/secret|sec%ret/u);
  }
});

it('takes proxies by address or network, and no other word', () => {
  const HILO_TRUSTED_PROXIES = '10.0.0.7, 172.16.0.0/12,fd00::/8,::1,loopback';
  expect(loadConfig({ ...GOOD, HILO_TRUSTED_PROXIES }).http.trustedProxies).toEqual([
    ...['10.0.0.7', '172.16.0.0/12', 'fd00::/8', '::1', 'loopback'],
  ]);
  for (const wrong of ['proxy.hilo.test', '10.0.0.0/33', '10.0.0', 'true', '*', '10.0.0.7,'])
    expect(() => loadConfig({ ...GOOD, HILO_TRUSTED_PROXIES: wrong })).toThrow(/HILO_TRUSTED_PROXIES\.\d: must be/u);
});

it('takes an empty value for a missing one', () => {
  expect(loadConfig({ ...GOOD, PORT: '', REDIS_URL: '' }).http.port).toBe(3000);
});
