import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DocumentBuilder, Forgetting, Handoffs, lockAnyHandoff, PartnerChecks, Partners, readPartner } from '#handoffs';
import type { Principal } from '#identity';
import { newId } from '#platform';
import { aPerson } from '../factories/rooms.js';
import { partnerBody, sharing } from './partners.world.js';
import { openHandoffs, type HandoffWorld } from './handoffs.world.js';

const DAY_MS = 86_400_000;
let world: HandoffWorld;
let admin: Principal;
let serial = 0;

beforeAll(async () => {
  world = await openHandoffs();
  admin = await aPerson(world.rooms, 'admin');
});
afterAll(() => world.rooms.close());

const run = <T>(deed: (tx: HandoffWorld['rooms']['database']['manager']) => Promise<T>): Promise<T> =>
  world.rooms.database.transaction(deed);

/** A handoff that was sent with what its partner is told, and words that have not reached them yet. */
async function aSent(forgetInDays: number | null) {
  const { rooms } = world;
  const { db, clock } = rooms;
  const { caseId, deviceId, repairId } = await world.taken();
  const body = partnerBody({ terms: { share: sharing('device.model', 'repair.fault') } });
  const partnerId = await run((tx) => rooms.get(Partners).create(tx, admin, body));
  const [id, now] = [newId(), clock.now()];
  const draft = {
    ...{ partnerId, caseId, deviceId, repairId, attachmentIds: [], reference: `H-T-${(serial += 1)}.1` },
    ...{ mode: 'custody' as const, priority: 'high' as const, ask: 'Revisad la placa', form: {} },
  };
  await run(async (tx) => {
    const built = await rooms.get(DocumentBuilder).build(tx, draft, await readPartner(tx, partnerId));
    await tx.query(
      `insert into handoff (id, reference, direction, case_id, partner_id, partner_version, mode, state, state_at, priority, device_id, repair_order_id, ask,
         gateway, document, forget_at, opened_at, sent_at) values ($1, $2, 'out', $3, $4, 1, 'custody', $10, $5, 'high', $6, $7, 'x', 'email', $8, $9, $5, $5)`,
      [
        ...[id, draft.reference, caseId, partnerId, now, deviceId, repairId, built.document],
        forgetInDays === null ? null : new Date(now.getTime() + forgetInDays * DAY_MS),
        forgetInDays === null ? 'sent' : 'closed',
      ],
    );
    await rooms.get(DocumentBuilder).keep(tx, id, built, now);
    await rooms.get(DocumentBuilder).keep(tx, id, built, now);
  });
  for (const [seq, kind, state] of [
    [1, 'sent', 'sent'],
    [2, 'note', 'waiting'],
    [3, 'info', 'dead'],
    [4, 'recalled', 'waiting'],
  ] as const) {
    const entry = newId();
    await db.query(
      `insert into handoff_entry (id, handoff_id, seq, side, ours, via, kind, word, audience, by_name, at, recorded_at, applied)
       values ($1, $2, $3, 'giver', true, 'staff', $4, '{}', 'partner', 'Marta', $5, $5, true)`,
      [entry, id, seq, kind, now],
    );
    await db.query(
      `insert into handoff_delivery (id, entry_id, handoff_id, seq, gateway, state, due_at, created_at) values (new_id(), $1, $2, $3, 'email', $4, $5, $6)`,
      [entry, id, seq, state, state === 'waiting' ? now : null, now],
    );
  }
  return { id, caseId, partnerId };
}

const stateOf = async (id: string) => {
  const { db } = world.rooms;
  const [row] = await db.query<{ document: unknown; forgotten: boolean }>(
    'select document, forgotten_at is not null as forgotten from handoff where id = $1',
    [id],
  );
  const deliveries = await db.query<{ state: string }>(
    'select state from handoff_delivery where handoff_id = $1 order by seq',
    [id],
  );
  return { ...row, deliveries: deliveries.map(({ state }) => state) };
};
const forgottenOn = async (caseId: string) =>
  (await world.events(caseId, 'handoff.forgotten')).map(({ data }) => data['because']);
const customerOf = async (caseId: string) =>
  (await world.rooms.db.query<{ id: string }>('select customer_id as id from cases where id = $1', [caseId]))[0]?.id ??
  '';

describe('what a partner was told', () => {
  it('is gone once taken back: the document, what had not left yet; that it was told stays', async () => {
    const { id, caseId } = await aSent(null);
    const forget = () =>
      run(async (tx) => world.rooms.get(Forgetting).forget(tx, await lockAnyHandoff(tx, id), 'recalled'));
    expect(await forget()).toBe(true);
    expect(await forget()).toBe(false);
    expect(await stateOf(id)).toEqual({
      ...{ document: null, forgotten: true },
      deliveries: ['sent', 'dropped', 'dropped', 'waiting'],
    });
    expect(await forgottenOn(caseId)).toEqual(['recalled']);
    const shares = await world.rooms
      .get(Forgetting)
      .ofCustomer(world.rooms.database.manager, { ...world.agent, language: 'en' }, await customerOf(caseId));
    expect(shares).toMatchObject([
      {
        handoffId: id,
        fields: [
          { field: 'device.model', purpose: 'For device.model' },
          { field: 'repair.fault', purpose: 'For repair.fault' },
        ],
      },
    ]);
    expect(shares[0]?.forgottenAt).not.toBeNull();
    expect(JSON.stringify(shares)).not.toContain('Auriga One');
  });

  it('is gone when the time they may keep it has passed, by whichever of two who look', async () => {
    const [soon, later] = [await aSent(1), await aSent(40)];
    const look = () => world.rooms.get(Forgetting).takeSome();
    await look();
    expect((await stateOf(soon.id)).forgotten).toBe(false);
    world.rooms.clock.advance(2 * DAY_MS);
    await Promise.all([look(), look()]);
    expect(await stateOf(soon.id)).toMatchObject({ document: null, forgotten: true });
    expect(await forgottenOn(soon.caseId)).toEqual(['retention']);
    expect((await stateOf(later.id)).document).not.toBeNull();
  });

  it('is theirs again when they take up what they had refused', async () => {
    const { rooms, taken, partner, given, hear } = world;
    const { caseId, repairId } = await taken();
    const id = await given({ caseId, repairId }, await partner());
    await hear(id, { kind: 'rejected', reason: 'No es nuestro' });
    await hear(id, { kind: 'accepted', partnerRef: 'RMA-1' });
    rooms.clock.advance(40 * DAY_MS);
    await rooms.get(Forgetting).takeSome();
    expect((await stateOf(id)).document).not.toBeNull();
    await world.say(id, { kind: 'recalled', reason: 'No quiere' }, world.supervisor);
    expect(await stateOf(id)).toMatchObject({ document: null, forgotten: true });
  });

  it('asks for nothing that was answered them before', async () => {
    const { rooms, taken, partner, given, draft } = world;
    const { caseId, repairId } = await taken();
    const form = [
      { key: 'wet', title: { es: '¿Mojado?', en: 'Wet?' }, type: 'boolean' as const, choices: [], required: true },
    ];
    const lab = await partner({ terms: { ...partnerBody().terms, form } });
    const missing = async (partnerId: string) => {
      const id = await draft({ caseId, repairId }, partnerId);
      const preview = await run((tx) => rooms.get(Handoffs).preview(tx, world.agent, id));
      return { missing: preview.missing.map(({ key }) => key), form: preview.document.form };
    };
    expect(await missing(lab)).toEqual({ missing: ['wet'], form: {} });
    await given({ caseId, repairId }, lab, { form: { wet: false } });
    expect(await missing(lab)).toEqual({ missing: [], form: { wet: false } });
    const other = await partner({ terms: { ...partnerBody().terms, form } });
    expect(await missing(other)).toEqual({ missing: ['wet'], form: {} });
  });

  it('has nothing of what another company said', async () => {
    const { rooms, taken, partner, given, hear } = world;
    const { caseId, repairId } = await taken();
    const share = sharing('story');
    const lab = await partner({ terms: { ...partnerBody().terms, share } });
    const first = await given({ caseId, repairId }, lab);
    await hear(first, {
      ...{ kind: 'accepted', partnerRef: 'VEGA-77' },
      engineer: { name: 'Julia Vega', email: null, phone: null },
    });
    await hear(first, { kind: 'resolved', outcome: 'unrepairable', text: 'Corrosión en U2' });
    await world.say(first, { kind: 'closed' });
    const documentOf = async (partnerId: string) => {
      const id = await world.draft({ caseId, repairId }, partnerId);
      return JSON.stringify(await run((tx) => rooms.get(Handoffs).preview(tx, world.agent, id)));
    };
    expect(await documentOf(lab)).toContain('VEGA-77');
    expect(await documentOf(await partner({ terms: { ...partnerBody().terms, share } }))).not.toMatch(
      /VEGA-77|Julia|Corrosión/u,
    );
  });

  it('is on the card of the customer for those who see the case, and nobody else', async () => {
    const { caseId } = await aSent(null);
    const customerId = await customerOf(caseId);
    const ask = (who: Principal) =>
      world.rooms.get(Forgetting).ofCustomer(world.rooms.database.manager, who, customerId);
    expect(await ask(world.agent)).toHaveLength(1);
    await expect(ask(world.stranger)).rejects.toMatchObject({ code: 'customer.not_found' });
  });
});

describe('trying the connection to a partner', () => {
  let server: Server;
  let url = '';
  let answers: (path: string, authorization: string | undefined) => [status: number, body: unknown];

  beforeAll(async () => {
    server = createServer((request, reply) => {
      const [status, body] = answers(request.url ?? '', request.headers.authorization);
      reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((done) => server.close(done)));

  const check = async (base = url) => {
    const auth = { kind: 'oauth2' as const, tokenUrl: `${base}/token`, clientId: 'nexo', clientSecret: 'secreto' };
    const body = partnerBody({ gateway: 'tmf621', tmf621: { url: `${base}/v4`, auth } });
    const id = await run((tx) => world.rooms.get(Partners).create(tx, admin, body));
    return world.rooms.get(PartnerChecks).check(await readPartner(world.rooms.database.manager, id), 'en');
  };
  const basic = `Basic ${Buffer.from('nexo:secreto').toString('base64')}`;

  it('says that it works, and what is wrong where it does not', async () => {
    answers = (path, authorization) => {
      if (path === '/token') return authorization === basic ? [200, { access_token: 't-1' }] : [401, {}];
      return authorization === 'Bearer t-1' && path.startsWith('/v4/troubleTicket?') ? [200, []] : [404, {}];
    };
    expect(await check()).toMatchObject({ works: true });
    answers = () => [401, { error: 'invalid_client' }];
    expect(await check()).toMatchObject({ works: false, detail: expect.stringContaining('invalid_client') as string });
    answers = (path) => (path === '/token' ? [200, { access_token: 't' }] : [403, {}]);
    expect((await check()).message).toBe('Their system does not take the key.');
    answers = (path) => (path === '/token' ? [200, { access_token: 't' }] : [200, { hello: 1 }]);
    expect((await check()).message).toContain('not the tickets of TMF621');
    expect((await check('http://127.0.0.1:1')).message).toBe('Their system does not answer at this address.');
  });

  it('has nothing to ask who is written to by mail', async () => {
    const id = await run((tx) => world.rooms.get(Partners).create(tx, admin, partnerBody()));
    expect(
      await world.rooms.get(PartnerChecks).check(await readPartner(world.rooms.database.manager, id), 'es'),
    ).toMatchObject({ works: null, detail: 'service@orbe.example' });
  });
});
