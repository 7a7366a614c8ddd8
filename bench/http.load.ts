import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { serve } from './companion.js';

export interface HttpRound {
  port: number;
  /** Whole requests but for the line and the host: `cookie: …`. */
  headers: string[];
  /** Asked for in turn. */
  paths: string[];
  method?: 'GET' | 'POST';
  /** Beside the path of the same place. */
  bodies?: { body: string; headers: string[] }[];
  connections: number;
  /** Ends after so many requests. */
  count: number;
}

export interface HttpResult {
  /** Milliseconds of each request. */
  times: number[];
  seconds: number;
  /** Bytes of the last body as it travelled. */
  bytes: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('\r\n0\r\n\r\n');

/** Where the answer that begins the buffer ends, or -1 while it is not all there. */
function endOf(buffer: Buffer): { end: number; bodyAt: number; status: number } | null {
  const headEnd = buffer.indexOf(HEAD_END);
  if (headEnd < 0) return null;
  const head = buffer.toString('latin1', 0, headEnd);
  const bodyAt = headEnd + HEAD_END.length;
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) return { end: bodyAt + Number(length), bodyAt, status };
  const last = buffer.indexOf(LAST_CHUNK, headEnd);
  return last < 0 ? null : { end: last + LAST_CHUNK.length, bodyAt, status };
}

/** One kept-alive connection, one request at a time: cheap enough not to be what is measured. */
class Line {
  private received: Buffer[] = [];
  private waiting: { resolve: (bytes: number) => void; reject: (error: Error) => void } | null = null;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.read(chunk));
    socket.on('error', (error) => this.waiting?.reject(error));
    socket.on('close', () => this.waiting?.reject(new Error('the server hung up')));
  }

  static async open(port: number): Promise<Line> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new Line(socket);
  }

  /** @returns bytes of the body */
  ask(request: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(request);
    });
  }

  close(): void {
    this.waiting = null;
    this.socket.destroy();
  }

  private read(chunk: Buffer): void {
    this.received.push(chunk);
    const buffer = this.received.length === 1 ? chunk : Buffer.concat(this.received);
    this.received = [buffer];
    const answer = endOf(buffer);
    if (!answer || buffer.length < answer.end) return;
    this.received = [];
    const { waiting } = this;
    this.waiting = null;
    if (answer.status >= 200 && answer.status < 300) waiting?.resolve(answer.end - answer.bodyAt);
    else waiting?.reject(new Error(`answered ${buffer.toString('utf8', 0, 600)}`));
  }
}

function requestsOf({ port, headers, paths, method = 'GET', bodies }: HttpRound): string[] {
  return paths.map((path, at) => {
    const { body = '', headers: own = [] } = bodies?.[at] ?? {};
    const length = method === 'POST' ? [`content-length: ${Buffer.byteLength(body)}`] : [];
    return [`${method} ${path} HTTP/1.1`, `host: 127.0.0.1:${port}`, ...headers, ...own, ...length, '', body].join(
      '\r\n',
    );
  });
}

async function run(round: HttpRound): Promise<HttpResult> {
  const requests = requestsOf(round);
  const lines = await Promise.all(Array.from({ length: round.connections }, () => Line.open(round.port)));
  const times: number[] = [];
  let next = 0;
  let bytes = 0;
  const work = async (line: Line) => {
    for (let n = next++; n < round.count; n = next++) {
      const asked = performance.now();
      bytes = await line.ask(requests[n % requests.length] ?? '');
      times.push(performance.now() - asked);
    }
  };
  const began = performance.now();
  await Promise.all(lines.map(work));
  const seconds = (performance.now() - began) / 1000;
  for (const line of lines) line.close();
  return { times, seconds, bytes };
}

await serve(() => Promise.resolve({ ready: {}, commands: { run } }));
