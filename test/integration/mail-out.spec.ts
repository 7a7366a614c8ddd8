import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import type { EmailChannel } from '#channels';
import type { StoredFile } from '#contracts';
import { newId, openFileStore, type FileStore } from '#platform';
import { certificateIn } from '../../apps/sandbox/src/twitter/certificate.js';
import { CARE, NOW } from './email.world.js';
import { mailOut, outgoing, Sink, type Report } from './mail-out.world.js';

let folder: string;
let storage: FileStore;
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mail-out-'));
  storage = await openFileStore(pathToFileURL(folder));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function sink(options: ConstructorParameters<typeof Sink>[0] = {}): Promise<{ sink: Sink; port: number }> {
  const made = new Sink(options);
  const port = await made.start();
  ends.push(() => made.stop());
  return { sink: made, port };
}

function channelTo(url: string, environment: NodeJS.ProcessEnv = {}): { channel: EmailChannel; reports: Report[] } {
  const made = mailOut(storage, { HILO_SMTP_URL: url, ...environment });
  ends.push(() => made.channel.stop());
  return made;
}

async function stored(size: number, fileName: string): Promise<StoredFile> {
  const { key, sha256, ...kept } = await storage.put(Readable.from([randomBytes(size)]));
  const contentType = 'application/octet-stream';
  return {
    id: newId(),
    fileName,
    contentType,
    size: kept.size,
    sha256,
    storageKey: key,
    contentId: null,
    inline: false,
  };
}

describe('the envelope', () => {
  it('has a way back that names the mail, and asks to be told of failure and delay', async () => {
    const { sink: there, port } = await sink();
    const message = outgoing();
    await channelTo(`smtp://127.0.0.1:${port}`).channel.send(message);
    const [one] = there.received;
    expect(one?.from).toMatch(/^care\+b[a-z2-7]{26}\.[a-z2-7]{13}@hilo\.test$/);
    const token = one?.from.slice('care+'.length, one.from.indexOf('@'));
    expect(one?.asked).toEqual({
      from: { RET: 'HDRS', ENVID: token },
      to: { NOTIFY: 'FAILURE,DELAY', ORCPT: 'rfc822;robin@example.com' },
    });
  });

  it('leaves from the mailbox the customer wrote to', async () => {
    const { sink: there, port } = await sink();
    const thread = { ...outgoing().thread, account: 'ayuda+h1@nexo.example' };
    await channelTo(`smtp://127.0.0.1:${port}`).channel.send(outgoing({ thread }));
    await channelTo(`smtp://127.0.0.1:${port}`).channel.send(
      outgoing({ thread: { ...thread, account: 'somebody@else.example' } }),
    );
    expect(there.received.map(({ mail }) => mail.from?.value[0]?.address)).toEqual(['ayuda@nexo.example', CARE]);
    expect(there.received[0]?.from).toMatch(/^ayuda\+b.*@nexo\.example$/);
  });

  it('does without addresses behind a plus where they do not arrive', async () => {
    const { sink: there, port } = await sink();
    await channelTo(`smtp://127.0.0.1:${port}`, { HILO_MAIL_PLUS: 'off' }).channel.send(outgoing());
    const [one] = there.received;
    expect(one?.from).toBe(CARE);
    expect(one?.mail.replyTo?.value).toMatchObject([{ address: CARE }]);
    expect(one?.asked.from).toMatchObject({ ENVID: expect.stringMatching(/^b[a-z2-7]{26}\.[a-z2-7]{13}$/) as string });
  });

  it('of a mail nobody typed has no way back, and says to programs that they shall not answer', async () => {
    const { sink: there, port } = await sink();
    await channelTo(`smtp://127.0.0.1:${port}`).channel.send(
      outgoing({ automatic: true, author: { displayName: 'Hilo' } }),
    );
    const [one] = there.received;
    expect(one?.from).toBe('');
    expect(one?.mail.from?.value).toEqual([{ name: 'Nexo', address: CARE }]);
    expect(one?.mail.headers.get('auto-submitted')).toBe('auto-replied');
    expect(one?.mail.headers.get('x-auto-response-suppress')).toBe('All');
    expect(one?.mail.text).toContain('Este aviso es automático');
    expect(one?.mail.text).not.toContain('Hilo');
  });

  it('stays within what an address may be long', async () => {
    const { sink: there, port } = await sink();
    const address = `${'atencion-al-cliente'.repeat(3)}@hilo.test`;
    await channelTo(`smtp://127.0.0.1:${port}`, { HILO_MAIL_ADDRESS: address }).channel.send(
      outgoing({ thread: { ...outgoing().thread, account: null } }),
    );
    expect(there.received[0]?.from).toBe(address);
    expect(there.received[0]?.mail.replyTo?.value).toMatchObject([{ address }]);
  });
});

describe('files that are too large', () => {
  it('go as links that are the same for every try; the others are attached', async () => {
    const { sink: there, port } = await sink();
    const files = [await stored(1_500_000, 'película.mp4'), await stored(10_000, 'factura.pdf')];
    const { channel } = channelTo(`smtp://127.0.0.1:${port}`, { HILO_MAIL_ATTACH_MB: '1' });
    const message = outgoing({ attachments: files });
    await channel.send(message);
    await channel.send(message);
    const [first, again] = there.received.map(({ mail }) => mail);
    expect(first?.attachments.map((file) => file.filename)).toEqual(['factura.pdf']);
    const [, url] =
      /- película\.mp4 \(1,5 MB\)\s+(https:\/\/hilo\.example\/files\/[\w-]{48})\n/u.exec(first?.text ?? '') ?? [];
    expect(url).toBeDefined();
    expect(first?.text).toContain('Archivos para descargar, hasta el 21 de diciembre de 2026:');
    expect(first?.html).toContain(`<a href="${url}">película.mp4</a> (1,5 MB)`);
    expect(again?.text).toBe(first?.text);
    expect(again?.date).toEqual(new Date(NOW));
  });

  it('are not even read from storage', async () => {
    const { sink: there, port } = await sink();
    const gone = { ...(await stored(10, 'grande.bin')), size: 50_000_000, storageKey: `00/00/${'0'.repeat(64)}` };
    const { channel } = channelTo(`smtp://127.0.0.1:${port}`);
    expect(await channel.send(outgoing({ attachments: [gone], language: 'en' }))).toMatchObject({ outcome: 'sent' });
    expect(there.received[0]?.mail.text).toContain('Files to download, until December 21, 2026:\n- grande.bin (50 MB)');
  });
});

describe('a letter that cannot be written', () => {
  it('has failed when a file of it is gone for good; the relay is none the worse', async () => {
    const { sink: there, port } = await sink();
    const { channel, reports } = channelTo(`smtp://127.0.0.1:${port}`);
    const gone = { ...(await stored(10, 'foto.jpg')), storageKey: `00/00/${'0'.repeat(64)}` };
    expect(await channel.send(outgoing({ attachments: [gone] }))).toMatchObject({
      outcome: 'failed',
      reason: 'attachment.gone',
    });
    expect([there.received, reports]).toEqual([[], []]);
  });

  it('waits while storage is away, and says that', async () => {
    const { sink: there, port } = await sink();
    const attachments = [await stored(10, 'foto.jpg')];
    const away: FileStore = {
      put: (...given) => storage.put(...given),
      has: (key) => storage.has(key),
      remove: (key) => storage.remove(key),
      get: () => Promise.reject(new Error('EIO: i/o error')),
    };
    const { channel, reports } = mailOut(away, { HILO_SMTP_URL: `smtp://127.0.0.1:${port}` });
    ends.push(() => channel.stop());
    expect(await channel.send(outgoing({ attachments }))).toEqual({
      outcome: 'retry',
      reason: 'storage.unavailable',
      detail: 'EIO: i/o error',
    });
    expect([there.received, reports]).toEqual([[], []]);
  });
});

describe('DKIM', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const DKIM = {
    HILO_DKIM_DOMAIN: 'hilo.test',
    HILO_DKIM_SELECTOR: 'h1',
    HILO_DKIM_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
  const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;
  const resolver = (name: string, type: string): Promise<string[][]> =>
    name === 'h1._domainkey.hilo.test' && type === 'TXT'
      ? Promise.resolve([[record]])
      : Promise.reject(Object.assign(new Error(name), { code: 'ENOTFOUND' }));
  const verdict = async (raw: Buffer) =>
    (await dkimVerify(raw, { resolver })).results.map(({ status, signingDomain }) => [status.result, signingDomain]);

  it('signs every mail, whatever is in it', async () => {
    const { sink: there, port } = await sink();
    const { channel } = channelTo(`smtp://127.0.0.1:${port}`, DKIM);
    await channel.send(outgoing({ attachments: [await stored(300_000, 'móvil «roto».bin')], text: 'ñ'.repeat(3000) }));
    await channel.send(outgoing({ automatic: true }));
    for (const { raw } of there.received) expect(await verdict(raw)).toEqual([['pass', 'hilo.test']]);
    expect(there.received).toHaveLength(2);
  });

  it('notices a mail that was changed on its way', async () => {
    const { sink: there, port } = await sink();
    await channelTo(`smtp://127.0.0.1:${port}`, DKIM).channel.send(outgoing({ text: 'Recoge tu movil manana' }));
    const changed = there.received[0]?.raw.toString('latin1').replaceAll('manana', 'pasado') ?? '';
    expect(await verdict(Buffer.from(changed, 'latin1'))).toEqual([['neutral', 'hilo.test']]);
  });

  it('is left out without a key', async () => {
    const { sink: there, port } = await sink();
    await channelTo(`smtp://127.0.0.1:${port}`).channel.send(outgoing());
    expect(there.received[0]?.mail.headers.has('dkim-signature')).toBe(false);
  });
});

describe('the line to the relay', () => {
  const certified = async () => {
    const { ca, cert, key } = await certificateIn(await mkdtemp(join(folder, 'ca-')));
    return { ca, cert, key };
  };

  it('is not used while nobody vouches for the certificate', async () => {
    const { sink: there, port } = await sink({ ...(await certified()), disabledCommands: ['AUTH'] });
    const { channel, reports } = channelTo(`smtp://127.0.0.1:${port}`);
    expect(await channel.send(outgoing())).toMatchObject({ outcome: 'retry', reason: 'channel.insecure' });
    expect(there.received).toEqual([]);
    expect(reports).toMatchObject([{ state: 'trouble', reason: 'channel.insecure', label: `127.0.0.1:${port}` }]);
  });

  it('nor when it is encrypted from the start', async () => {
    const { sink: there, port } = await sink({ ...(await certified()), secure: true, disabledCommands: ['AUTH'] });
    expect(await channelTo(`smtps://127.0.0.1:${port}`).channel.send(outgoing())).toMatchObject({
      outcome: 'retry',
      reason: 'channel.insecure',
    });
    expect(there.received).toEqual([]);
  });

  it('is not used in the clear when encryption is asked for', async () => {
    const { sink: there, port } = await sink();
    const { channel } = channelTo(`smtp://127.0.0.1:${port}?requireTLS=true`);
    expect(await channel.send(outgoing())).toMatchObject({ outcome: 'retry', reason: 'channel.insecure' });
    expect(there.received).toEqual([]);
  });

  it('is encrypted when the relay can', async () => {
    const { cert, key } = await certified();
    const { sink: there, port } = await sink({ cert, key, disabledCommands: ['AUTH'] });
    const { channel, reports } = channelTo(`smtp://127.0.0.1:${port}?tls.rejectUnauthorized=false`);
    expect(await channel.send(outgoing())).toMatchObject({ outcome: 'sent' });
    expect(there.received[0]?.raw.toString()).not.toContain('Received:');
    expect(reports).toMatchObject([{ state: 'ok' }]);
  });

  it('says that a greeting never came, or no answer to the message', async () => {
    const { sink: there, port } = await sink({ onConnect: () => undefined });
    const slow = channelTo(`smtp://127.0.0.1:${port}?greetingTimeout=200&socketTimeout=400`);
    expect(await slow.channel.send(outgoing())).toMatchObject({ outcome: 'retry', reason: 'channel.unreachable' });
    const { port: mute } = await sink({ onData: (stream) => void stream.resume() });
    const unanswered = channelTo(`smtp://127.0.0.1:${mute}?socketTimeout=400`);
    expect(await unanswered.channel.send(outgoing())).toMatchObject({ outcome: 'unknown' });
    expect(there.received).toEqual([]);
  });
});

describe('the password of the relay', () => {
  const PASSWORD = 'geheim/ñ @1';
  const relay = (port: number) => `smtp://nexo:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`;
  const forms = [
    PASSWORD,
    encodeURIComponent(PASSWORD),
    Buffer.from(PASSWORD).toString('base64'),
    Buffer.from(`\0nexo\0${PASSWORD}`).toString('base64'),
  ];
  const auth = (authMethod: 'PLAIN' | 'LOGIN', onAuth: NonNullable<ConstructorParameters<typeof Sink>[0]>['onAuth']) =>
    sink({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true, authMethods: [authMethod], onAuth });

  it.each(['PLAIN', 'LOGIN'] as const)('is told to nobody, though a relay repeats it: %s', async (method) => {
    const { port } = await auth(method, (given, _session, done) =>
      done(new Error(`wrong: ${given.password} ${forms.join(' ')}`)),
    );
    const { channel, reports } = channelTo(relay(port));
    const outcome = await channel.send(outgoing());
    expect(outcome).toMatchObject({
      outcome: 'retry',
      reason: 'channel.unauthorised',
      detail: expect.stringMatching(/^535 wrong: …/),
    });
    for (const form of forms) expect(JSON.stringify([outcome, reports])).not.toContain(form);
    expect(reports).toMatchObject([{ state: 'trouble', reason: 'channel.login_refused', label: `127.0.0.1:${port}` }]);
  });

  it('opens the way', async () => {
    const { sink: there, port } = await auth('PLAIN', ({ username, password }, _session, done) =>
      username === 'nexo' && password === PASSWORD ? done(null, { user: 'nexo' }) : done(new Error('no')),
    );
    expect(await channelTo(relay(port)).channel.send(outgoing())).toMatchObject({ outcome: 'sent' });
    expect(there.received).toHaveLength(1);
  });
});
