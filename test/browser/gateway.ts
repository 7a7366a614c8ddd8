import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands between a browser and the product: it can be down, and serve other files than the product has. */
export class Gateway {
  private down = false;
  private readonly others = new Map<string, { to: (file: string) => string; from: string }>();

  private constructor(
    private readonly server: Server,
    private readonly behind: string,
  ) {}

  static async before(behind: string): Promise<Gateway> {
    const server = createServer();
    const gateway = new Gateway(server, behind);
    server.on('request', (asked, answer) => void gateway.pass(asked, answer));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Nobody gets through until it is up again. */
  goDown(): void {
    this.down = true;
    this.server.closeAllConnections();
  }
  comeUp(): void {
    this.down = false;
  }

  /** From now on a file is another; @param from the file of the product whose text it is made of */
  change(path: string, to: (file: string) => string, from = path): void {
    this.others.set(path, { to, from });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((stopped) => this.server.close(stopped));
  }

  private async pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    if (this.down) return void asked.socket.destroy();
    const path = new URL(asked.url ?? '/', this.url).pathname;
    const isPage = asked.headers.accept?.includes('text/html') && !path.startsWith('/api/');
    const change = this.others.get(isPage ? '/index.html' : path);
    // Whole, and as text: what the product knows of the browser's copy is of another file.
    const { 'if-none-match': _match, 'if-modified-since': _since, ...whole } = asked.headers;
    const onward = request(
      new URL(change && !isPage ? change.from : (asked.url ?? '/'), this.behind),
      { method: asked.method, headers: change ? { ...whole, 'accept-encoding': 'identity' } : asked.headers },
      (given) => {
        if (!change) {
          answer.writeHead(given.statusCode ?? 502, given.headers);
          return void given.pipe(answer);
        }
        let file = '';
        given.setEncoding('utf8').on('data', (piece: string) => (file += piece));
        given.on('end', () => {
          const { 'content-length': _length, etag: _etag, 'last-modified': _modified, ...headers } = given.headers;
          answer.writeHead(given.statusCode ?? 502, headers).end(change.to(file));
        });
      },
    );
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  }
}
