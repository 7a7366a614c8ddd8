import {
  ArrivalService,
  CaseLinks,
  lockCase,
  MergeService,
  ReplyService,
  SYSTEM,
  TellMore,
  UnmergeService,
  type OpenLink,
} from '#cases';
import { GATED_ACTIONS, type GatedAction } from '#contracts';
import { arrive, mail } from '../factories/rooms.js';
import { codeOf, openIdentity, type IdentityWorld } from './identity.world.js';

let world: IdentityWorld;
beforeAll(async () => {
  world = await openIdentity();
});
afterAll(() => world.rooms.close());

const MINUTE = 60_000;
const demand = (caseId: string, action: GatedAction) =>
  codeOf(world.inTx((tx) => world.proofs.demandProof(tx, world.agent, caseId, action)));
/** Somebody confirmed, with a document on record that nobody may read. */
async function aCustomer() {
  const writer = await world.aWriter();
  await world.rows('update customer set provisional = false where id = $1', writer.customerId);
  const documentId = await world.add(writer.customerId, { kind: 'document', value: '12345678Z' });
  await world.rows(`update contact_point set value = $2, display = $2 where id = $1`, documentId, aDocument());
  return { ...writer, documentId };
}
let serial = 20_000_000;
const aDocument = () => {
  const number = (serial += 1);
  return `${number}${'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] ?? ''}`;
};
const documentOf = async (id: string) =>
  String((await world.one('select value from contact_point where id = $1', id))?.['value']);
const reveal = (customerId: string, id: string, by = world.agent) =>
  world.inTx((tx) => world.points.reveal(tx, by, customerId, id));

describe('an address somebody brings along', () => {
  it('proves only a little: they cannot prove themselves by what they added, nor by what a merge joined', async () => {
    const { aWriter, send, confirm, readCode, rooms, inTx, level } = world;
    const lucia = await aCustomer();
    rooms.clock.advance(5 * MINUTE);
    const stranger = await aWriter();
    await inTx((tx) =>
      rooms
        .get(MergeService)
        .customers(tx, SYSTEM, { into: lucia.customerId, from: stranger.customerId, reason: 'parecen la misma' }),
    );
    const code = await readCode(await send(lucia.caseId, stranger.contactPointId));
    expect(await confirm(lucia.caseId, code)).toEqual({ state: 'confirmed' });
    expect(await level(lucia.caseId)).toMatchObject({ level: 'weak' });
    expect(await codeOf(reveal(lucia.customerId, lucia.documentId))).toBe('proof.required');
  });
});

describe('a merge', () => {
  it('ends what was proven before it, on either side, until it is undone', async () => {
    const { aWriter, send, confirm, readCode, rooms, inTx, level, agent } = world;
    const lucia = await aCustomer();
    const other = await aWriter();
    await confirm(other.caseId, await readCode(await send(other.caseId, other.contactPointId)));
    expect(await level(other.caseId)).toMatchObject({ level: 'strong' });
    rooms.clock.advance(1000);
    const { mergeId } = await inTx((tx) =>
      rooms
        .get(MergeService)
        .customers(tx, SYSTEM, { into: other.customerId, from: lucia.customerId, reason: 'al revés' }),
    );
    expect(await level(other.caseId)).toMatchObject({ level: 'none' });
    expect(await codeOf(reveal(other.customerId, lucia.documentId))).toBe('proof.required');
    rooms.clock.advance(1000);
    await inTx((tx) => rooms.get(UnmergeService).undo(tx, agent, mergeId));
    expect(await level(other.caseId)).toMatchObject({ level: 'strong' });
    expect(await level(lucia.caseId)).toMatchObject({ level: 'none' });
  });
});

describe('whoever tries to get in', () => {
  it('is refused what needs a proof, whatever their role, and it stays refused after a try', async () => {
    const { agent, clerk, supervisor, storeId, rows, add } = world;
    const lucia = await aCustomer();
    await rows('insert into case_store (store_id, case_id) values ($1, $2)', storeId, lucia.caseId);
    for (const person of [agent, clerk, supervisor]) {
      expect(await codeOf(reveal(lucia.customerId, lucia.documentId, person))).toBe('proof.required');
      expect(await codeOf(add(lucia.customerId, { kind: 'email', value: world.anAddress() }, person))).toBe(
        'proof.required',
      );
      expect(await codeOf(add(lucia.customerId, { kind: 'document', value: aDocument() }, person))).toBe(
        'proof.required',
      );
      expect(await codeOf(world.end(lucia.customerId, lucia.contactPointId, 'customer_says', person))).toBe(
        'proof.required',
      );
      expect(await codeOf(world.end(lucia.customerId, lucia.contactPointId, 'mistaken', person))).toBe(
        'proof.required',
      );
    }
    for (const action of Object.keys(GATED_ACTIONS) as GatedAction[])
      expect(await demand(lucia.caseId, action)).toBe('proof.required');
  });

  it('with another customer’s id, a case of somebody proven or a foreign contact point gets nothing', async () => {
    const { seen, aWriter } = world;
    const [lucia, proven] = [await aCustomer(), await aWriter()];
    await seen(proven.caseId, aDocument());
    expect(await codeOf(reveal(proven.customerId, lucia.documentId))).toBe('contact.not_found');
    expect(await codeOf(reveal(lucia.customerId, lucia.documentId))).toBe('proof.required');
  });

  it('by a mail in her name proves nothing, and by her own signed one little', async () => {
    const { rooms, level } = world;
    const trust = {
      verified: true,
      by: 'dmarc',
      spf: 'pass',
      dkim: 'pass',
      dmarc: 'pass',
      domain: 'correo.test',
      source: 'check',
    } as const;
    const lucia = await aCustomer();
    await world.rows(`update contact_point set source = 'import' where id = $1`, lucia.contactPointId);
    await arrive(
      rooms,
      mail(lucia.address, { auth: { ...trust, verified: null, by: null, proof: 'none', dkim: 'none', dmarc: 'none' } }),
    );
    expect(await level(lucia.caseId)).toMatchObject({ level: 'none' });
    await arrive(rooms, mail(lucia.address, { auth: { ...trust, proof: 'strong' } }));
    expect(await level(lucia.caseId)).toMatchObject({ level: 'weak', method: 'sender_verified' });
    expect(await demand(lucia.caseId, 'balance.tell')).toBe('done');
    expect(await codeOf(reveal(lucia.customerId, lucia.documentId))).toBe('proof.required');
    rooms.clock.advance(25 * 60 * MINUTE);
    expect(await level(lucia.caseId)).toMatchObject({ level: 'none' });
  });

  it('at the counter adds no address of theirs to her record, in whatever field of the visit', async () => {
    const { rooms, clerk, storeId, rows, inTx, seen } = world;
    const lucia = await aCustomer();
    await rows('insert into case_store (store_id, case_id) values ($1, $2)', storeId, lucia.caseId);
    const visit = (more: object) =>
      inTx((tx) => rooms.get(ArrivalService).visit(tx, clerk, { storeId, text: 'Soy yo', ...more }));
    const email = world.anAddress();
    const held = () =>
      rows('select source from contact_point where customer_id = $1 and value = $2', lucia.customerId, email);
    expect(await codeOf(visit({ customerId: lucia.customerId, addContacts: { email } }))).toBe('proof.required');
    await visit({ customerId: lucia.customerId, customer: { displayName: 'Lucía', email } });
    expect(await held()).toEqual([]);
    expect(
      await rows(`select data from case_event where case_id = $1 and type = 'contact_point.unproven'`, lucia.caseId),
    ).toEqual([{ data: { kind: 'email', display: email } }]);
    await seen(lucia.caseId, await documentOf(lucia.documentId));
    await visit({ customerId: lucia.customerId, addContacts: { email } });
    expect(await held()).toEqual([{ source: 'staff' }]);
  });

  it('by a link that was opened proves nothing, for programs open links; by what is written behind it, little', async () => {
    const { inTx, level, rooms, rows } = world;
    const lucia = await aCustomer();
    const links = rooms.get(CaseLinks);
    const follow = (contactPointId?: string) =>
      inTx(async (tx) => {
        const { url } = await links.issue(tx, SYSTEM, lucia.caseId, { contactPointId });
        return links.find(tx, url.split('/t/')[1] ?? '');
      });
    const write = (link: OpenLink, nonce: string) =>
      inTx((tx) => rooms.get(TellMore).send(tx, link, { nonce, text: 'Sigo sin línea', photos: [] }));
    const [sent, handed] = [await follow(lucia.contactPointId), await follow()];
    if (!sent || !handed) throw new Error('a link that was just made leads nowhere');
    await inTx((tx) => links.opened(tx, sent));
    expect(await level(lucia.caseId)).toMatchObject({ level: 'none' });
    await write(handed, 'nonce-0');
    expect(await level(lucia.caseId)).toMatchObject({ level: 'none' });
    for (const nonce of ['nonce-1', 'nonce-1', 'nonce-2']) await write(sent, nonce);
    expect(await level(lucia.caseId)).toMatchObject({ level: 'weak', method: 'signed_link' });
    expect(await rows('select level from proof where case_id = $1', lucia.caseId)).toHaveLength(1);
    expect(await demand(lucia.caseId, 'contact_point.add')).toBe('proof.required');
    rooms.clock.advance(60 * MINUTE);
    await write(sent, 'nonce-2');
    expect(await level(lucia.caseId)).toMatchObject({ level: 'none' });
  });

  it('proven, is told, and it stays on the case who read it', async () => {
    const { seen, one: row, add, end, rows } = world;
    const lucia = await aCustomer();
    await seen(lucia.caseId, await documentOf(lucia.documentId));
    expect(await reveal(lucia.customerId, lucia.documentId)).toMatchObject({
      value: await documentOf(lucia.documentId),
    });
    expect(
      await row(
        `select actor_id, data ->> 'display' as display from case_event where case_id = $1 and type = 'contact_point.shown'`,
        lucia.caseId,
      ),
    ).toEqual({
      actor_id: world.agent.id,
      display: `•••• ${(await documentOf(lucia.documentId)).slice(-3)}`,
    });
    const email = world.anAddress();
    const id = await add(lucia.customerId, { kind: 'email', value: email });
    await world.inTx((tx) => world.points.verify(tx, world.agent, lucia.customerId, id));
    expect(await rows('select verified_how, verified_by from contact_point where id = $1', id)).toEqual([
      { verified_how: 'document_seen', verified_by: world.agent.id },
    ]);
    await end(lucia.customerId, lucia.contactPointId, 'replaced');
    await world.inTx(async (tx) =>
      world.rooms
        .get(ReplyService)
        .reply(tx, world.agent, await lockCase(tx, world.agent, lucia.caseId), { channel: 'email', text: 'Hola' }),
    );
    expect(
      await row(
        `select p.value from interaction i join contact_point p on p.id = i.contact_point_id where i.case_id = $1 and i.direction = 'outbound'`,
        lucia.caseId,
      ),
    ).toEqual({ value: email });
  });
});
