import { createDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait.js';
import { SmtpTalk } from './email.smtp.js';
import { CARE, EmailWorld, plainMail } from './email.world.js';

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

describe('the listener', () => {
  it('relays for nobody', async () => {
    const talk = await SmtpTalk.open(world.port);
    expect(await talk.begin('someone@elsewhere.example')).toMatch(/^550 5\.1\.1/);
    expect(await talk.say('RCPT TO:<carer@hilo.test>')).toMatch(/^550/);
    expect(await talk.say('RCPT TO:<care@evil.example>')).toMatch(/^550/);
    expect(await talk.say('DATA')).toMatch(/^503/);
    expect(await talk.say('RCPT TO:<Care+c7.af31@HILO.test>')).toMatch(/^250/);
    talk.hangUp();
    expect(await world.count('inbound_mail')).toBe(0);
  });

  it('offers neither login nor encryption it does not have', async () => {
    const talk = await SmtpTalk.open(world.port);
    const hello = await talk.say('EHLO test');
    expect(hello).toMatch(/PIPELINING/);
    expect(hello).toMatch(/SIZE 2097152/);
    expect(hello).not.toMatch(/STARTTLS|AUTH/);
    talk.hangUp();
  });

  it('refuses a size announced too large before it is sent', async () => {
    const talk = await SmtpTalk.open(world.port);
    await talk.say('EHLO test');
    expect(await talk.say('MAIL FROM:<robin@example.com> SIZE=2097153')).toMatch(/^552/);
    talk.hangUp();
  });

  it('stops a message at the limit, keeps nothing of it, and goes on with the next', async () => {
    const talk = await SmtpTalk.open(world.port);
    expect(await talk.begin(CARE)).toMatch(/^354/);
    talk.socket.write('From: robin@example.com\r\n\r\n');
    for (let sent = 0; sent < 30; sent += 1) talk.socket.write(`${'x'.repeat(98)}\r\n`.repeat(1000));
    expect(await talk.say('.')).toMatch(/^552 5\.3\.4/);
    expect(await world.files()).toEqual([]);
    expect(await world.count('inbound_mail')).toBe(0);
    await talk.begin(CARE, 'NOOP');
    expect(await talk.say(`${plainMail()}.`)).toMatch(/^250/);
    talk.hangUp();
    expect(await world.count('inbound_mail')).toBe(1);
  });

  it('keeps nothing of a message that breaks off', async () => {
    const talk = await SmtpTalk.open(world.port);
    await talk.begin(CARE);
    talk.socket.write(plainMail({ text: 'x'.repeat(200_000) }));
    await waitFor(async () => (await world.files()).length > 0);
    talk.hangUp();
    await waitFor(async () => (await world.files()).length === 0);
    expect(await world.count('inbound_mail')).toBe(0);
  });

  it('defers while the database is away, and takes the same mail once it is back', async () => {
    await world.line.cut();
    await expect(world.deliver(plainMail())).rejects.toMatchObject({ responseCode: 451 });
    await world.line.mend();
    await world.deliver(plainMail());
    await world.drained();
    expect(await world.count('interaction')).toBe(1);
  });

  it('defers while storage fails', async () => {
    world.storage.failPut = true;
    await expect(world.deliver(plainMail())).rejects.toMatchObject({ responseCode: 451 });
    expect(await world.count('inbound_mail')).toBe(0);
  });

  it('finishes what it is receiving when it stops, and takes nothing new', async () => {
    const [busy, idle] = [await SmtpTalk.open(world.port), await SmtpTalk.open(world.port)];
    await idle.say('EHLO test');
    await busy.begin(CARE);
    const stopped = world.listener.stop();
    busy.socket.write(plainMail());
    expect(await busy.say('.')).toMatch(/^250/);
    await stopped;
    expect(await idle.reply()).toMatch(/^421/);
    expect(await world.count('inbound_mail')).toBe(1);
    await expect(SmtpTalk.open(world.port)).rejects.toThrow('ECONNREFUSED');
    busy.hangUp();
    idle.hangUp();
  });

  it('speaks LMTP, one answer for each recipient', async () => {
    const lmtp = await EmailWorld.start(test, { HILO_SMTP_PROTOCOL: 'lmtp' });
    try {
      const talk = await SmtpTalk.open(lmtp.port);
      await talk.say('LHLO test');
      await talk.say('MAIL FROM:<robin@example.com>');
      await talk.say(`RCPT TO:<${CARE}>`);
      expect(await talk.say('RCPT TO:<nobody@hilo.test>')).toMatch(/^550/);
      await talk.say('RCPT TO:<care+x@hilo.test>');
      await talk.say('DATA');
      expect(await talk.say(`${plainMail()}.`)).toMatch(/^250/);
      expect(await talk.reply()).toMatch(/^250/);
      talk.hangUp();
      expect((await lmtp.mails()).map((mail) => mail.envelope_to)).toEqual([[CARE, 'care+x@hilo.test']]);
    } finally {
      await lmtp.end();
    }
  });
});
