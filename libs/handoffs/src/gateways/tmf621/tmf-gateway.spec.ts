import type { Parcel } from '../gateway.js';
import { TmfGateway, TmfWares } from './tmf-gateway.js';
import type { Answer } from './tmf-peers.js';

const FOUND = (body: unknown): Answer => ({ status: 200, body, error: null, retryAfter: null });
const NOTED = { id: 'SR-1', externalId: 'HO-1', status: 'inProgress' };

/** A gateway, what it knows and what their system has, and what it asked of it. */
function gateway({ known = [] as object[], there = [] as object[] } = {}) {
  const calls: string[] = [];
  const database = { query: async (sql: string) => (sql.startsWith('select ticket_id') ? known : []) };
  const call = async (_: unknown, method: string, path: string): Promise<Answer> => {
    calls.push(`${method} ${path}`);
    return FOUND(path.includes('?') ? there : NOTED);
  };
  const wares = new TmfWares(database as never, { outgoing: async () => [], place: 'x' } as never, {} as never);
  const clock = { now: () => new Date(0) };
  return { calls, it: new TmfGateway(database as never, {} as never, { call } as never, {} as never, wares, clock) };
}

const parcel = (kind: string, tmf621: object | null = {}): Parcel =>
  ({
    ...{
      word: { kind, reason: 'by mistake', text: 'x' },
      ref: 'e-2',
      at: new Date(0),
      byName: 'Marta',
      attachmentIds: [],
    },
    handoff: { id: 'h', direction: 'out', reference: 'HO-1', acceptedAt: null, attachmentIds: [], document: null },
    partner: { id: 'p', language: 'en', tmf621 },
  }) as never;

it('takes back a ticket whose number nobody wrote down', async () => {
  const { calls, it: ours } = gateway({ there: [NOTED] });
  expect((await ours.deliver(parcel('recalled'))).verdict).toBe('sent');
  expect(calls).toEqual(['GET /troubleTicket?externalId=HO-1', 'GET /troubleTicket/SR-1', 'PATCH /troubleTicket/SR-1']);
});

it('takes back nothing where nothing was made; anything else waits for the ticket', async () => {
  const { calls, it: ours } = gateway();
  expect((await ours.deliver(parcel('recalled'))).verdict).toBe('sent');
  expect((await ours.deliver(parcel('note'))).verdict).toBe('again');
  expect(calls.filter((one) => one.startsWith('PATCH'))).toEqual([]);
});

it('says so where their ticket is in a system that nobody knows any more', async () => {
  expect(await gateway({ known: [{ ticketId: 'SR-1' }] }).it.deliver(parcel('recalled', null))).toMatchObject({
    ...{ verdict: 'dead', error: 'no system known' },
  });
  expect((await gateway().it.deliver(parcel('note', null))).verdict).toBe('sent');
});
