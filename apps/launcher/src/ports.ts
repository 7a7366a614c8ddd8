import { createServer } from 'node:net';

/** Binds for a moment; resolves to the port that was bound, or undefined when it is taken or not ours to bind. */
function tryBind(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address ? address.port : undefined;
      server.close(() => resolve(bound));
    });
  });
}

/** Whether a server could listen there now. */
export async function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return (await tryBind(port, host)) !== undefined;
}

/** A port nobody listens on at this moment. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  const port = await tryBind(0, host);
  if (port === undefined) throw new Error(`no free port on ${host}`);
  return port;
}
