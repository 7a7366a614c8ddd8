import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createInterface, type Interface } from 'node:readline';

/** A mail client that says exactly what it is told, line by line. */
export class SmtpTalk {
  private constructor(
    readonly socket: Socket,
    private readonly lines: AsyncIterator<string>,
    private readonly reader: Interface,
  ) {}

  /** Connects and reads the greeting. */
  static async open(port: number): Promise<SmtpTalk> {
    const socket = connect(port, '127.0.0.1');
    // Being hung up on is something to look at, not to fail of.
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    const reader = createInterface({ input: socket });
    const talk = new SmtpTalk(socket, reader[Symbol.asyncIterator](), reader);
    await talk.reply();
    return talk;
  }

  /** A whole reply, its lines joined; empty when the line is dead. */
  async reply(): Promise<string> {
    const lines: string[] = [];
    for (;;) {
      const { value, done } = await this.lines.next();
      if (done) return lines.join('\n');
      lines.push(value);
      if (!/^\d{3}-/.test(value)) return lines.join('\n');
    }
  }

  async say(line: string): Promise<string> {
    this.socket.write(`${line}\r\n`);
    return this.reply();
  }

  /** Everything up to the 354 of DATA. @returns the last reply */
  async begin(to: string, hello = 'EHLO test'): Promise<string> {
    await this.say(hello);
    await this.say('MAIL FROM:<robin@example.com>');
    const recipient = await this.say(`RCPT TO:<${to}>`);
    return recipient.startsWith('250') ? this.say('DATA') : recipient;
  }

  hangUp(): void {
    this.reader.close();
    this.socket.destroy();
  }
}

/** What a scripted server does at a step: answer, or break off. */
export type Step = string | 'drop';

export interface Script {
  greeting?: Step;
  ehlo?: Step;
  mail?: Step;
  rcpt?: Step;
  data?: Step;
  /** After so many bytes of the message. */
  breakAfter?: number;
  /** To the final dot. */
  message?: Step;
}

const ANSWERS = {
  greeting: '220 test',
  ehlo: '250 test',
  mail: '250 ok',
  rcpt: '250 ok',
  data: '354 go',
  message: '250 taken',
};

/** A mail relay that plays a script, to see what we make of it. */
export class ScriptedRelay {
  script: Script = {};
  /** Messages that came to their final dot. */
  readonly messages: string[] = [];
  connections = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server: Server = createServer((socket) => this.play(socket));

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.hangUp();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Ends every connection there is. */
  hangUp(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private play(socket: Socket): void {
    this.connections += 1;
    this.sockets.add(socket);
    let message: string | null = null;
    let pending = '';
    const act = (step: keyof typeof ANSWERS) => {
      const answer = this.script[step] ?? ANSWERS[step];
      if (answer === 'drop') socket.destroy();
      else socket.write(`${answer}\r\n`);
      return answer;
    };
    const command = (line: string) => {
      if (/^EHLO/i.test(line)) act('ehlo');
      else if (/^MAIL/i.test(line)) act('mail');
      else if (/^RCPT/i.test(line)) act('rcpt');
      else if (/^DATA/i.test(line)) message = act('data').startsWith('354') ? '' : null;
      else socket.write('250 ok\r\n');
    };
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      for (let end = pending.indexOf('\r\n'); end >= 0 && !socket.destroyed; end = pending.indexOf('\r\n')) {
        const line = pending.slice(0, end);
        pending = pending.slice(end + 2);
        if (message === null) command(line);
        else if (line === '.') {
          this.messages.push(message);
          message = null;
          act('message');
        } else message += `${line}\r\n`;
      }
      if (message !== null && this.script.breakAfter !== undefined && message.length >= this.script.breakAfter)
        socket.destroy();
    });
    act('greeting');
  }
}

/** A line to a server that can be cut and mended. */
export class Line {
  private readonly sockets = new Set<Socket>();
  private server: Server | null = null;
  private port = 0;

  constructor(
    private readonly host: string,
    private readonly target: number,
  ) {}

  /** @returns the port to connect to, the same after each mending */
  async mend(): Promise<number> {
    this.server = createServer((near) => {
      const far = connect(this.target, this.host);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(socket);
        socket.on('error', () => other.destroy());
        socket.on('close', () => other.destroy());
        socket.pipe(other);
      }
    });
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
    return this.port;
  }

  async cut(): Promise<void> {
    const server = this.server;
    this.server = null;
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
    if (server) await new Promise((resolve) => server.close(resolve));
  }
}
