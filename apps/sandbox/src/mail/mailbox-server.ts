import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { type KnobBoard, isListed } from '../knobs.js';
import type { Mails } from './mails.js';

const LARGEST = 50 * 1024 * 1024;

/** An SMTP answer smtp-server gives in its own words. */
class SmtpRefusal extends Error {
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message);
  }
}

/** The customers' mail provider: takes mail for any address, unless the knobs say otherwise. */
export class MailboxServer {
  private readonly sockets = new Map<number, Socket>();
  private readonly smtp: SMTPServer;

  constructor(
    private readonly mails: Mails,
    private readonly knobs: KnobBoard,
  ) {
    this.smtp = new SMTPServer({
      name: 'mx.correo.test',
      banner: 'mailboxes of the outside world',
      authOptional: true,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      size: LARGEST,
      closeTimeout: 500,
      onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'somebody' }),
      onRcptTo: (address, _session, done) => done(this.refusalOf(address.address)),
      onData: (stream, session, done) => {
        this.receive(stream, session).then(
          (answer) => answer !== null && done(null, answer),
          (failure: unknown) => done(failure instanceof Error ? failure : new Error(String(failure))),
        );
      },
    });
    // A broken connection is the other side's business; the next one is served all the same.
    this.smtp.on('error', () => undefined);
  }

  /** @returns the port it listens on */
  async start(port: number, host: string): Promise<number> {
    const server = this.smtp.server;
    server.on('connection', (socket) => this.remember(socket));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      this.smtp.listen(port, host, () => resolve());
    });
    return (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets.values()) socket.destroy();
    await new Promise<void>((resolve) => this.smtp.close(() => resolve()));
  }

  private remember(socket: Socket): void {
    const port = socket.remotePort ?? 0;
    this.sockets.set(port, socket);
    socket.once('close', () => this.sockets.delete(port));
  }

  private refusalOf(address: string): SmtpRefusal | null {
    const { refuseAddresses, deferAddresses } = this.knobs.current.mail;
    if (isListed(address, refuseAddresses)) return new SmtpRefusal(550, `5.1.1 no such mailbox: ${address}`);
    if (isListed(address, deferAddresses)) return new SmtpRefusal(450, `4.2.1 mailbox busy, try later: ${address}`);
    if (this.knobs.takeMail('deferNext')) return new SmtpRefusal(450, '4.3.2 system busy, try later');
    return null;
  }

  /** The answer to DATA; null when the connection was broken instead. */
  private async receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string | null> {
    const socket = this.sockets.get(session.remotePort);
    if (this.knobs.takeMail('dropNext')) {
      stream.once('data', () => socket?.destroy());
      return null;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    if (stream.sizeExceeded) throw new SmtpRefusal(552, '5.3.4 message too big');
    const from = session.envelope.mailFrom ? session.envelope.mailFrom.address.toLowerCase() : '';
    const to = session.envelope.rcptTo.map((one) => one.address.toLowerCase());
    const mail = await this.mails.add(Buffer.concat(chunks), { from, to }, 'in');
    if (this.knobs.takeMail('dropAfterAcceptNext')) {
      socket?.destroy();
      return null;
    }
    return `2.0.0 received as ${mail.id}`;
  }
}
