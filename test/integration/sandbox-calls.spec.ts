import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitFor } from '../support/wait.js';
import { LUCIA, startWorld, type World } from './sandbox.world.js';

interface Told {
  path: string | undefined;
  authorization: string | undefined;
  body: unknown;
}
interface Call {
  id: string;
  state: string;
  outcome: string | null;
  told: { what: string; status: number | null }[];
}

describe('the switchboard outside', () => {
  const told: Told[] = [];
  const answers: number[] = [];
  let product: Server;
  let world: World;

  beforeAll(async () => {
    product = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { url: path, headers } = request;
        told.push({ path, authorization: headers.authorization, body: JSON.parse(Buffer.concat(chunks).toString()) });
        response.writeHead(answers.shift() ?? 200).end('{}');
      });
    });
    await new Promise<void>((listening) => product.listen(0, '127.0.0.1', listening));
    const apiUrl = `http://127.0.0.1:${(product.address() as AddressInfo).port}/api/v1`;
    world = await startWorld({ switchboard: { apiUrl, token: 'hilo_x', retryDelaysMs: [10, 20] } });
  });
  afterAll(async () => {
    await world?.end();
    product.closeAllConnections();
    await new Promise((closed) => product.close(closed));
  });
  beforeEach(() => {
    told.length = 0;
    answers.length = 0;
  });

  const dial = (body: unknown = {}) => world.control<Call>('POST', `/customers/${LUCIA}/call`, body);
  const hangUp = (id: string, body: unknown = {}) => world.control<Call>('POST', `/calls/${id}/hang-up`, body);

  it('tells who rings with its token, and what became of it when it is over', async () => {
    const startedAt = new Date(world.clock.now).toISOString();
    const { id } = await dial({ extension: '204' });
    await world.control('POST', `/calls/${id}/answer`);
    world.clock.now += 42_000;
    await hangUp(id);
    const record = { id, phone: '+34612407718', direction: 'inbound', outcome: 'answered', startedAt };
    expect(told).toEqual([
      {
        path: '/api/v1/calls/ringing',
        authorization: 'Bearer hilo_x',
        body: { phone: '+34612407718', extension: '204' },
      },
      {
        path: '/api/v1/calls/import',
        authorization: 'Bearer hilo_x',
        body: { calls: [{ ...record, durationSeconds: 42, extension: '204' }] },
      },
    ]);
  });

  it('sends a record until it is taken', async () => {
    answers.push(202, 503, 503, 200);
    const { id } = await dial();
    await hangUp(id, { unanswered: 'voicemail' });
    await waitFor(() => told.length === 4);
    const call = await waitFor(async () => {
      const found = await world.control<Call>('GET', `/calls/${id}`);
      return found.told.length === 4 ? found : undefined;
    });
    expect(call).toMatchObject({ state: 'over', outcome: 'voicemail' });
    expect(call.told.map(({ status }) => status)).toEqual([202, 503, 503, 200]);
  });

  it('lets nobody talk twice, be picked up twice or hang up twice', async () => {
    const { id } = await dial({ withheld: true });
    await expect(dial()).rejects.toThrow('on the phone already');
    await world.control('POST', `/calls/${id}/answer`);
    await expect(world.control('POST', `/calls/${id}/answer`)).rejects.toThrow('does not ring');
    await hangUp(id);
    await expect(hangUp(id)).rejects.toThrow('is over');
    expect(told.map(({ path }) => path)).toEqual(['/api/v1/calls/import']);
  });
});
