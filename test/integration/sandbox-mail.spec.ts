import { type AddressInfo, createServer } from 'node:net';
import { once } from 'node:events';
import { type ParsedMail, simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { PNG, type World, startWorld } from './sandbox.world.js';

const CARE_ADDRESS = 'care@hilo.test';
const LUCIA_ADDRESS = 'lucia.ferrer@correo.test';

interface MailShape {
  direction: string;
  messageId: string;
  inReplyTo: string | null;
  references: string[];
  from: string;
  replyTo: string | null;
  subject: string;
  text: string;
  headers: Record<string, string[]>;
  attachments: { fileName: string; size: number; url: string }[];
  sending: { state: string; attempts: number; response: string } | null;
}

/** The product's mail listener: keeps what it takes, defers while told to. */
class CareMail {
  readonly taken: ParsedMail[] = [];
  deferrals = 0;
  private readonly smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onMailFrom: (_address, _session, done) => {
      const busy = this.deferrals > 0 ? Object.assign(new Error('busy'), { responseCode: 451 }) : null;
      this.deferrals = Math.max(0, this.deferrals - 1);
      done(busy);
    },
    onData: (stream, _session, done) => {
      simpleParser(stream).then((mail) => {
        this.taken.push(mail);
        done();
      }, done);
    },
  });

  async start(): Promise<number> {
    const server = this.smtp.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.smtp.close(() => resolve()));
  }
}

let care: CareMail;
let world: World;
let control: World['control'];

beforeEach(async () => {
  care = new CareMail();
  const port = await care.start();
  world = await startWorld({ productSmtp: { host: '127.0.0.1', port }, mailRetryDelaysMs: [10] });
  ({ control } = world);
});
afterEach(async () => {
  await world.end();
  await care.stop();
});

const toCustomer = (headers: Record<string, unknown>) => {
  const transport = createTransport(world.sandbox.smtpUrl);
  return transport.sendMail({ from: `Nexo <${CARE_ADDRESS}>`, to: LUCIA_ADDRESS, text: 'Hola, Lucía', ...headers });
};
const inbox = async (): Promise<MailShape[]> =>
  (await control<{ items: MailShape[] }>('GET', '/customers/lucia_ferrer/inbox')).items;
const writes = (body: Record<string, unknown>): Promise<MailShape> =>
  control('POST', '/customers/lucia_ferrer/email', { subject: 'Móvil muerto', text: 'No enciende.', ...body });

/** Waits for the sandbox to tell of something until a condition holds. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise<void>((resolve) => {
      const quiet = world.sandbox.outside.feed.listen(() => {
        quiet();
        resolve();
      });
    });
  }
}

describe('customers’ mail', () => {
  it('reaches the care address as a mail program writes it, attachment and all', async () => {
    const file = { fileName: 'Factura nº 2.png', contentType: 'image/png', contentBase64: PNG.toString('base64') };
    const mail = await writes({ html: '<p>No enciende.</p>', attachments: [file] });
    expect(mail.sending).toMatchObject({ state: 'delivered', attempts: 1 });
    const [taken] = care.taken;
    expect(taken?.from?.text).toBe('"Lucía Ferrer Aguado" <lucia.ferrer@correo.test>');
    expect(taken?.messageId).toBe(mail.messageId);
    expect(mail.messageId).toMatch(/^<[^@]+@correo\.test>$/);
    expect(taken?.date).toBeInstanceOf(Date);
    expect([taken?.subject, taken?.text, taken?.html]).toEqual(['Móvil muerto', 'No enciende.', '<p>No enciende.</p>']);
    expect(taken?.attachments.map((one) => [one.filename, one.content])).toEqual([['Factura nº 2.png', PNG]]);
  });

  it('keeps the thread when answering: to the Reply-To, with the whole chain', async () => {
    const first = await writes({});
    await toCustomer({
      subject: 'Re: Móvil muerto',
      messageId: '<c1.m1@hilo.test>',
      inReplyTo: first.messageId,
      references: [first.messageId],
      replyTo: 'care+c1.abc@hilo.test',
    });
    const [received] = await inbox();
    expect(received).toMatchObject({
      messageId: '<c1.m1@hilo.test>',
      inReplyTo: first.messageId,
      references: [first.messageId],
      from: '"Nexo" <care@hilo.test>',
      replyTo: 'care+c1.abc@hilo.test',
    });
    expect(received?.headers['reply-to']).toEqual(['care+c1.abc@hilo.test']);
    await writes({ subject: 'Re: Móvil muerto', text: 'Vale', inReplyTo: '<c1.m1@hilo.test>', quote: true });
    const answer = care.taken[1];
    expect(answer?.to).toMatchObject({ text: 'care+c1.abc@hilo.test' });
    expect(answer?.inReplyTo).toBe('<c1.m1@hilo.test>');
    expect(answer?.references).toEqual([first.messageId, '<c1.m1@hilo.test>']);
    expect(answer?.text).toMatch(/^Vale\n\nEl .* escribió:\n\n> Hola, Lucía/);
  });

  it('is tried again with the same Message-ID until it is taken', async () => {
    care.deferrals = 2;
    const mail = await writes({});
    expect(mail.sending).toMatchObject({ state: 'queued', attempts: 1 });
    await until(() => care.taken.length === 1 && world.sandbox.outside.mails.all()[0]?.sending?.state === 'delivered');
    expect(care.taken[0]?.messageId).toBe(mail.messageId);
    expect(world.sandbox.outside.mails.all()[0]?.sending?.attempts).toBe(3);
  });

  it('may be any bytes at all', async () => {
    const raw = 'From: a@b.test\r\nSubject: =?utf-8?Q?roto\r\n\r\n\u0000sin cabecera\r\n';
    await control('POST', '/raw-mail', { from: '', rawBase64: Buffer.from(raw, 'latin1').toString('base64') });
    expect(care.taken[0]?.from?.text).toBe('a@b.test');
    const { items } = await control<{ items: MailShape[] }>('GET', '/mails/sent');
    expect(items).toHaveLength(1);
  });
});

describe('customers’ mailboxes', () => {
  it('take mail for anybody and show it to its owner', async () => {
    await toCustomer({ subject: 'Tu caso', attachments: [{ filename: 'guía.png', content: PNG }] });
    await toCustomer({ to: 'nadie@otro.test', subject: 'Otra cosa' });
    const [mail, ...others] = await inbox();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ subject: 'Tu caso', text: 'Hola, Lucía' });
    const file = await fetch(`${world.sandbox.url}${mail?.attachments[0]?.url ?? ''}`);
    expect(Buffer.from(await file.arrayBuffer())).toEqual(PNG);
    const all = await control<{ items: MailShape[] }>('GET', '/mails');
    expect(all.items.map((one) => one.subject)).toEqual(['Tu caso', 'Otra cosa']);
  });

  it('defer and refuse as told', async () => {
    await control('POST', '/knobs', { mail: { deferNext: 1 } });
    await expect(toCustomer({})).rejects.toMatchObject({ responseCode: 450 });
    await control('POST', '/knobs', { mail: { refuseAddresses: [LUCIA_ADDRESS], deferAddresses: ['@lento.test'] } });
    await expect(toCustomer({})).rejects.toMatchObject({ responseCode: 550 });
    await expect(toCustomer({ to: 'ana@lento.test' })).rejects.toMatchObject({ responseCode: 450 });
    await control('DELETE', '/knobs');
    await toCustomer({});
    expect(await inbox()).toHaveLength(1);
  });

  it('break in the middle of DATA with nothing received, or after all was', async () => {
    await control('POST', '/knobs', { mail: { dropNext: 1 } });
    await expect(toCustomer({})).rejects.toThrow();
    expect(await inbox()).toEqual([]);
    await control('POST', '/knobs', { mail: { dropAfterAcceptNext: 1 } });
    await expect(toCustomer({})).rejects.toThrow();
    expect(await inbox()).toHaveLength(1);
  });
});

describe('the control API', () => {
  it('makes people and says what is wrong with a request', async () => {
    const made = await control<{ id: string; handle: string }>('POST', '/customers', {
      displayName: 'Ana Núñez',
      email: 'Ana@Correo.test',
    });
    expect(made).toMatchObject({ handle: 'ana_nunez', email: 'ana@correo.test' });
    expect(BigInt(made.id) > BigInt(Number.MAX_SAFE_INTEGER)).toBe(true);
    const again = control('POST', '/customers', { displayName: 'Otra', email: 'ana@correo.test' });
    await expect(again).rejects.toThrow('409 somebody else already has this email address');
    await expect(control('POST', '/customers', { email: 'x' })).rejects.toThrow(/^400 .*displayName.*; email/);
    await expect(control('POST', '/knobs', { webhooks: { copies: 0 } })).rejects.toThrow(/^400 webhooks\.copies/);
    await expect(control('GET', '/customers/nadie/inbox')).rejects.toThrow(/^404/);
  });

  it('writes many messages at once and lists each', async () => {
    const burst = await control<{ done: number; dms: string[]; mails: string[]; finishedAt: string | null }>(
      'POST',
      '/burst',
      { count: 40, people: 5 },
    );
    expect([burst.done, new Set(burst.dms).size, new Set(burst.mails).size]).toEqual([40, 20, 20]);
    expect(care.taken.map((mail) => mail.messageId).toSorted()).toEqual(burst.mails.toSorted());
    expect(burst.finishedAt).not.toBeNull();
  });

  it('refuses to start on a taken port and lets go of the others', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    await expect(startWorld({ port })).rejects.toThrow(/EADDRINUSE/);
    taken.close();
  });
});

describe('companies’ mail', () => {
  it('lists what was written to a company with its buttons, and answers in words to where answers are wanted', async () => {
    await createTransport(world.sandbox.smtpUrl).sendMail({
      from: `Nexo <${CARE_ADDRESS}>`,
      to: 'service@orbe.test',
      replyTo: 'care+h1.abc@hilo.test',
      messageId: '<h1.e1@hilo.test>',
      subject: 'H-7K2F-9Q.1',
      text: 'Accept or reject',
      html: '<p>Read it</p><a href="http://hilo.test/desk/t?do=accept&amp;l=es"><b>Aceptar</b></a> <a href="mailto:x@y.test">no</a>',
    });
    await toCustomer({ subject: 'not theirs' });
    await toCustomer({ to: 'agent@hilo.test', subject: 'of the house' });
    await control('POST', '/raw-mail', { from: 'nobody@else.test', raw: 'Subject: x\r\n\r\nx' });
    interface Letter extends MailShape {
      id: string;
      mailbox: string;
      buttons: { text: string; href: string }[];
    }
    const letters = async (address = '') =>
      (await control<{ items: Letter[] }>('GET', `/manufacturer/mails${address}`)).items;
    const [letter, ...rest] = await letters();
    expect(rest).toEqual([]);
    expect(letter).toMatchObject({
      mailbox: 'service@orbe.test',
      subject: 'H-7K2F-9Q.1',
      buttons: [{ text: 'Aceptar', href: 'http://hilo.test/desk/t?do=accept&l=es' }],
    });
    await control('POST', `/manufacturer/mails/${letter?.id ?? ''}/reply`, { text: 'Aceptado, RMA 77' });
    const answer = care.taken.at(-1);
    expect(answer?.from?.text).toBe('"Orbe Service" <service@orbe.test>');
    expect(answer?.to).toMatchObject({ text: 'care+h1.abc@hilo.test' });
    expect([answer?.subject, answer?.inReplyTo]).toEqual(['Re: H-7K2F-9Q.1', '<h1.e1@hilo.test>']);
    expect(answer?.text).toMatch(/^Aceptado, RMA 77\n\nEl .* escribió:\n\n> Accept or reject/u);
    expect((await letters('?address=service@orbe.test')).map(({ direction }) => direction)).toEqual(['in', 'out']);
    expect(await letters('?address=otra@orbe.test')).toEqual([]);
  });
});
