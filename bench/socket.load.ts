import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { serve } from './companion.js';

export interface Watch {
  port: number;
  namespace: string;
  headers: string[];
  /** What each says of itself when it joins, JSON; at most 80 characters. */
  auth?: string;
  count: number;
}

/** Milliseconds of the machine's own clock, the same for every process on it. */
const now = (): number => Number(process.hrtime.bigint()) / 1e6;

/** A text frame of a client (RFC 6455 §5.2): masked, with a mask of zeros, up to 125 bytes. */
const frame = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);

/** Cuts the frames of a server out of the bytes; what is not whole yet stays. */
function texts(buffer: Buffer): { found: string[]; rest: Buffer } {
  const found: string[] = [];
  let at = 0;
  while (buffer.length - at >= 2) {
    const short = (buffer[at + 1] ?? 0) & 0x7f;
    const head = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (buffer.length - at < head) break;
    const length = short === 126 ? buffer.readUInt16BE(at + 2) : short === 127 ? buffer.readUInt32BE(at + 6) : short;
    if (buffer.length - at < head + length) break;
    found.push(buffer.toString('utf8', at + head, at + head + length));
    at += head + length;
  }
  return { found, rest: buffer.subarray(at) };
}

/**
 * A browser's socket with the least in between: Engine.IO 4 over a WebSocket. A thousand real clients in one process
 * would measure themselves.
 */
class Watcher {
  private buffer = Buffer.alloc(0);
  private upgraded = false;
  private joined: (() => void) | null = null;

  constructor(
    private readonly socket: Socket,
    private readonly namespace: string,
    private readonly auth: string,
  ) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.read(chunk));
    socket.on('error', (error) => tell(error));
  }

  /** Upgrades and joins the namespace. */
  join({ port, headers }: Watch): Promise<void> {
    const key = randomBytes(16).toString('base64');
    this.socket.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${key}\r\n${headers.map((header) => `${header}\r\n`).join('')}\r\n`,
    );
    return new Promise((resolve) => (this.joined = resolve));
  }

  close(): void {
    this.socket.destroy();
  }

  private read(chunk: Buffer): void {
    const arrived = now();
    this.buffer = this.buffer.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.buffer, chunk]);
    if (!this.upgraded) {
      const end = this.buffer.indexOf('\r\n\r\n');
      if (end < 0) return;
      if (!this.buffer.toString('latin1', 0, 12).endsWith('101')) return tell(new Error(this.buffer.toString()));
      this.upgraded = true;
      this.buffer = this.buffer.subarray(end + 4);
    }
    const { found, rest } = texts(this.buffer);
    this.buffer = Buffer.from(rest);
    for (const text of found) this.hear(text, arrived);
  }

  private hear(text: string, arrived: number): void {
    if (text.startsWith('0')) this.socket.write(frame(`40${this.namespace},${this.auth}`));
    else if (text.startsWith(`40${this.namespace},`)) this.joined?.();
    else if (text === '2') this.socket.write(frame('3'));
    else if (text.startsWith(`42${this.namespace},`)) rung(arrived);
    else if (text.startsWith('44')) tell(new Error(`not let in: ${text}`));
  }
}

const watching = new Map<number, Watcher[]>();
let arrivals: number[] = [];
let expected = 0;
let complete: ((arrivals: number[]) => void) | null = null;
let tell: (error: Error) => void = (error) => {
  throw error;
};

function rung(at: number): void {
  arrivals.push(at);
  if (arrivals.length === expected) complete?.(arrivals);
}

/** Opens sockets that watch; 50 at a time, as people come. */
async function watch(asked: Watch): Promise<void> {
  const watchers: Watcher[] = [];
  for (let done = 0; done < asked.count; done += 50) {
    const group = Array.from({ length: Math.min(50, asked.count - done) }, async () => {
      const socket = connect(asked.port, '127.0.0.1');
      await once(socket, 'connect');
      const watcher = new Watcher(socket, asked.namespace, asked.auth ?? '');
      await watcher.join(asked);
      return watcher;
    });
    watchers.push(...(await Promise.all(group)));
  }
  watching.set(asked.port, watchers);
}

/** Forgets what came, to count anew: `count` rings are awaited. */
function listen(count: number): void {
  arrivals = [];
  expected = count;
}

/** When each of the expected rings came, milliseconds of the machine's clock; after 5 s those that did come. */
function heard(): Promise<number[]> {
  if (arrivals.length >= expected) return Promise.resolve(arrivals);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(arrivals), 5000);
    tell = reject;
    complete = (all) => {
      clearTimeout(timer);
      resolve(all);
    };
  });
}

const close = (): void => {
  for (const watcher of [...watching.values()].flat()) watcher.close();
};

await serve(() => Promise.resolve({ ready: {}, commands: { watch, listen, heard, close } }));
