import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { serve } from './companion.js';
import { mailsOf, type MailMix, type SampleMail } from './mails.js';

export interface MailRound {
  round: number;
  count: number;
  mix: MailMix;
}

export interface Delivered {
  /** All were answered 250 so many seconds after the first one began. */
  seconds: number;
  /** `performance.timeOrigin` time of the beginning, milliseconds. */
  beganAt: number;
}

/** One SMTP connection that pipelines as mail servers do (RFC 2920) and costs next to nothing itself. */
class Line {
  private pending = '';
  private readonly replies: string[] = [];
  private waiting: (() => void) | null = null;
  private failure: Error | null = null;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.read(chunk.toString('latin1')));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new Error('the mail listener hung up')));
  }

  static async open(port: number): Promise<Line> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const line = new Line(socket);
    await line.expect('220');
    socket.write('EHLO bench.test\r\n');
    await line.expect('250');
    return line;
  }

  async deliver({ from, raw }: SampleMail): Promise<void> {
    this.socket.write(`MAIL FROM:<${from}>\r\nRCPT TO:<care@hilo.test>\r\nDATA\r\n`);
    await this.expect('250');
    await this.expect('250');
    await this.expect('354');
    this.socket.cork();
    this.socket.write(raw);
    this.socket.write('\r\n.\r\n');
    this.socket.uncork();
    await this.expect('250');
  }

  close(): void {
    this.socket.removeAllListeners('close');
    this.socket.end('QUIT\r\n');
  }

  private read(text: string): void {
    this.pending += text;
    for (let end = this.pending.indexOf('\r\n'); end >= 0; end = this.pending.indexOf('\r\n')) {
      const reply = this.pending.slice(0, end);
      this.pending = this.pending.slice(end + 2);
      if (reply[3] !== '-') this.replies.push(reply);
    }
    this.waiting?.();
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.waiting?.();
  }

  private async expect(code: string): Promise<void> {
    while (this.replies.length === 0) {
      if (this.failure) throw this.failure;
      await new Promise<void>((resolve) => (this.waiting = resolve));
    }
    const reply = this.replies.shift() ?? '';
    if (!reply.startsWith(code)) throw new Error(`expected ${code}, got ${reply}`);
  }
}

/** A line that begins with a dot gets another (RFC 5321 §4.5.2). */
const dotStuffed = (raw: Buffer): Buffer => Buffer.from(raw.toString('latin1').replaceAll('\r\n.', '\r\n..'), 'latin1');

let prepared: SampleMail[] = [];

/** Makes the mails of a round, before its clock runs. @returns how many different ones there are */
function prepare({ round, count, mix }: MailRound): number {
  const { mails, different } = mailsOf(round, count, mix);
  prepared = mails.map(({ from, raw }) => ({ from, raw: dotStuffed(raw) }));
  return different;
}

async function deliver({ port, connections }: { port: number; connections: number }): Promise<Delivered> {
  const lines = await Promise.all(Array.from({ length: connections }, () => Line.open(port)));
  const beganAt = performance.timeOrigin + performance.now();
  let next = 0;
  const work = async (line: Line) => {
    for (let mail = prepared[next++]; mail; mail = prepared[next++]) await line.deliver(mail);
  };
  await Promise.all(lines.map(work));
  const seconds = (performance.timeOrigin + performance.now() - beganAt) / 1000;
  for (const line of lines) line.close();
  return { seconds, beganAt };
}

await serve(() => Promise.resolve({ ready: {}, commands: { prepare, deliver } }));
