import { generateKeyPairSync } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { SenderCheck } from '#channels';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { CARE, EmailWorld, plainMail } from './email.world.js';

let test: TestDatabase;
let world: EmailWorld;
beforeAll(async () => {
  test = await createDatabase();
});
afterAll(() => test.drop());
afterEach(() => world.end());

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicKey = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

/** A mail as the customer's own server signs it. */
async function signed(domain = 'example.com', from = 'Robin <robin@example.com>'): Promise<Buffer> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { message } = await transport.sendMail({
    from,
    to: CARE,
    subject: 'No funciona',
    text: 'El móvil no funciona.',
    dkim: {
      domainName: domain,
      keySelector: 's1',
      privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
  });
  return message as Buffer;
}

const publish = (domain: string, policy = 'v=DMARC1; p=reject'): void => {
  world.dns.set(`TXT s1._domainkey.${domain}`, [['v=DKIM1; k=rsa; p=', publicKey]]);
  world.dns.set(`TXT ${domain}`, [['v=spf1 ip4:192.0.2.7 -all']]);
  world.dns.set(`TXT _dmarc.${domain}`, [[policy]]);
};

/** Delivered by a server of the outside world. */
async function arrive(raw: string | Buffer, server = { ip: '192.0.2.7', from: 'robin@example.com' }) {
  await world.deliverAs({ from: server.from, to: CARE }, raw);
  const [mail] = await world.test.query('select helo, remote_ip from inbound_mail');
  expect(mail).toMatchObject({ remote_ip: '127.0.0.1' });
  expect(mail?.['helo']).toEqual(expect.any(String));
  await world.test.query(`update inbound_mail set remote_ip = $1, helo = 'mx.example.com'`, [server.ip]);
  await world.drained();
  const [row] = await world.test.query<{ auth: Record<string, unknown> | null }>('select auth from interaction');
  return row?.auth;
}

describe('looked up by ourselves', () => {
  beforeEach(async () => {
    world = await EmailWorld.start(test, { HILO_MAIL_AUTH: 'check' });
  });

  it('a genuine mail is the word of its domain', async () => {
    publish('example.com');
    expect(await arrive(await signed())).toEqual({
      source: 'check',
      domain: 'example.com',
      spf: 'pass',
      dkim: 'pass',
      dmarc: 'pass',
      verified: true,
      by: 'dmarc',
      proof: 'strong',
    });
  });

  it('without a policy a signature is enough', async () => {
    publish('example.com');
    world.dns.delete('TXT _dmarc.example.com');
    expect(await arrive(await signed())).toMatchObject({ verified: true, by: 'dkim', proof: 'strong', dmarc: 'none' });
  });

  it('a mail changed on its way is not', async () => {
    publish('example.com');
    const raw = (await signed()).toString('latin1').replace('funciona.', 'funciona!');
    const auth = await arrive(Buffer.from(raw, 'latin1'), { ip: '198.51.100.9', from: 'robin@example.com' });
    expect(auth).toMatchObject({ verified: false, by: 'dmarc', proof: 'none', spf: 'fail', dmarc: 'fail' });
    expect(auth?.['dkim']).not.toBe('pass');
  });

  it('a server that may send is a hint only', async () => {
    publish('example.com');
    expect(await arrive(plainMail())).toMatchObject({ verified: true, proof: 'weak', spf: 'pass', dkim: 'none' });
  });

  it('a stranger who signs for himself vouches for nobody else', async () => {
    publish('example.com');
    publish('evil.test');
    const auth = await arrive(await signed('evil.test'), { ip: '192.0.2.7', from: 'eve@evil.test' });
    expect(auth).toMatchObject({
      verified: false,
      by: 'dmarc',
      proof: 'none',
      spf: 'pass',
      dkim: 'pass',
      dmarc: 'fail',
    });
  });

  it('nobody vouches for two authors at once', async () => {
    publish('example.com');
    const raw = await signed('example.com', 'robin@example.com, eve@evil.test');
    expect(await arrive(raw)).toMatchObject({ verified: null, proof: 'none', domain: null });
  });

  it('a domain that says nothing leaves it open', async () => {
    expect(await arrive(plainMail())).toMatchObject({ verified: null, by: null, proof: 'none', dmarc: 'none' });
  });

  it('a domain whose DNS does not answer holds nothing up', async () => {
    await import('mailauth');
    const check = new SenderCheck(() => new Promise<never>(() => undefined), 50);
    const server = { ip: '192.0.2.7', helo: 'mx.example.com', envelopeFrom: 'robin@example.com' };
    expect(await check.check(await signed(), server, 'example.com')).toMatchObject({
      verified: null,
      proof: 'none',
      dkim: 'temperror',
    });
  });

  it('does not ask for SPF when a relay of our own stands in between', async () => {
    publish('example.com');
    expect(await arrive(await signed(), { ip: '10.0.0.7', from: 'robin@example.com' })).toMatchObject({
      verified: true,
      proof: 'strong',
      spf: 'none',
    });
  });
});

describe('told by the mail server in front of us', () => {
  const told = (server: string, result: string) =>
    `Authentication-Results: ${server};\r\n dkim=${result} header.d=example.com;\r\n dmarc=${result} header.from=example.com`;

  beforeEach(async () => {
    world = await EmailWorld.start(test, { HILO_MAIL_TRUSTED_AUTHSERV: 'mx.hilo.test' });
  });

  it('is believed', async () => {
    expect(await arrive(`${told('mx.hilo.test', 'pass')}\r\n${plainMail()}`)).toMatchObject({
      source: 'header',
      verified: true,
      by: 'dmarc',
      proof: 'strong',
    });
  });

  it('is not mistaken for what somebody else says', async () => {
    const headers = [told('mx.evil.test', 'pass'), told('mx.hilo.test', 'fail'), told('mx.hilo.test', 'pass')];
    expect(await arrive(`${headers.join('\r\n')}\r\n${plainMail()}`)).toMatchObject({ verified: false, proof: 'none' });
  });

  it('is nothing when only others say something', async () => {
    expect(await arrive(`${told('mx.evil.test', 'pass')}\r\n${plainMail()}`)).toBeNull();
  });
});

it('nobody looks when it is switched off', async () => {
  world = await EmailWorld.start(test, { HILO_MAIL_AUTH: 'off', HILO_MAIL_TRUSTED_AUTHSERV: 'mx.hilo.test' });
  const header = 'Authentication-Results: mx.hilo.test; dmarc=pass header.from=example.com';
  expect(await arrive(`${header}\r\n${plainMail()}`)).toBeNull();
});
