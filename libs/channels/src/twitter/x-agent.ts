import { readFileSync } from 'node:fs';
import { Agent, type RequestOptions } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';

/** Dials one peer whatever the address says. Address, TLS name and signature stay those of X. */
export class PeerAgent extends Agent {
  private readonly host: string;
  private readonly port: number;

  constructor(
    peer: string,
    private readonly caPath: string | undefined,
  ) {
    super({ keepAlive: false });
    const [host, port] = peer.split(':');
    this.host = host ?? '';
    this.port = Number(port);
  }

  override createConnection(options: RequestOptions): Duplex {
    const servername = options.servername ?? options.host ?? undefined;
    try {
      // Read with each connection: who dials a peer may be up before that peer has written its certificate.
      const ca = this.caPath === undefined ? undefined : readFileSync(this.caPath);
      return connect({ host: this.host, port: this.port, servername, ca });
    } catch (error) {
      // The request fails as it does with any line that does not come about.
      return new Socket().destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
