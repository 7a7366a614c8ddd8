import { Readable } from 'node:stream';
import { AttachmentService } from '#cases';
import { Purchase, type WarrantyTermBody } from '#contracts';
import type { Principal } from '#identity';
import { Devices, WarrantyTerms } from '#repairs';
import { aPerson, aStore } from '../factories/rooms.js';
import { anImei, openDevices, type DevicesWorld } from './devices.world.js';

let world: DevicesWorld;
beforeAll(async () => {
  world = await openDevices();
});
afterAll(() => world.rooms.close());

const ticket = (by: Principal) =>
  world.rooms.get(AttachmentService).upload(world.rooms.database.manager, by, {
    fileName: 'ticket.pdf',
    contentType: 'application/pdf',
    body: Readable.from([Buffer.from('%PDF-1.4 ticket')]),
  });
const bought = (proofId: string | null, boughtOn = '2024-05-10') =>
  Purchase.parse({ boughtOn, sellerKind: 'carrier', proof: 'receipt', proofId });
const setPurchase = (caseId: string, deviceId: string, purchase: Purchase, by: Principal = world.seller) =>
  world.run((tx) => world.rooms.get(Devices).change(tx, by, caseId, deviceId, { purchase }));

describe('what shows that a phone was bought', () => {
  it('stands with the case it was brought to, and is opened by whoever sees that case', async () => {
    const caseId = await world.aCase();
    const { deviceId } = await world.present(caseId, { imei: anImei() });
    const { id: proofId } = await ticket(world.seller);
    await setPurchase(caseId, deviceId, bought(proofId));
    const [device] = await world.devicesOf(caseId, world.agent);
    expect(device?.proofFile).toEqual({ id: proofId, fileName: 'ticket.pdf', contentType: 'application/pdf' });
    const { manager } = world.rooms.database;
    const file = await world.rooms.get(AttachmentService).open(manager, world.agent, proofId);
    expect(file.fileName).toBe('ticket.pdf');
    expect((await world.one(deviceId)).proofFile).toMatchObject({ id: proofId });
    // Somebody of a store that does not see the case knows of the purchase, and neither sees nor opens the paper.
    const stranger = await aPerson(world.rooms, 'store', await aStore(world.rooms));
    expect(await world.one(deviceId, stranger)).toMatchObject({ purchase: { proof: 'receipt' }, proofFile: null });
    const opened = world.rooms.get(AttachmentService).open(manager, stranger, proofId);
    await expect(opened).rejects.toMatchObject({ code: 'attachment.not_found' });
  });

  it('is nobody else’s file; one that is there already stays when the purchase is put right on another case', async () => {
    const [caseId, later] = [await world.aCase(), await world.aCase()];
    const imei = anImei();
    const { deviceId } = await world.present(caseId, { imei });
    const { id: notTheirs } = await ticket(world.supervisor);
    const stolen = setPurchase(caseId, deviceId, bought(notTheirs));
    await expect(stolen).rejects.toMatchObject({ code: 'attachment.not_found' });
    expect((await world.one(deviceId)).purchase).toBeNull();
    const { id: proofId } = await ticket(world.seller);
    await setPurchase(caseId, deviceId, bought(proofId));
    await world.present(later, { imei });
    await setPurchase(later, deviceId, bought(proofId, '2024-06-01'));
    expect(await world.one(deviceId)).toMatchObject({
      purchase: { boughtOn: '2024-06-01' },
      proofFile: { id: proofId },
    });
    const kept = await world.rooms.db.query('select case_id from case_file where attachment_id = $1', [proofId]);
    expect(kept).toEqual([{ case_id: caseId }]);
  });
});

describe('terms somebody wrote down', () => {
  const insurance: WarrantyTermBody = {
    ...{ kind: 'insurance', provider: 'Mapfre', number: 'P-77', startsOn: '2025-01-01', endsOn: '2027-12-31' },
  };

  it('stand on the case with who wrote them, and so does taking them back', async () => {
    const caseId = await world.aCase();
    const { deviceId } = await world.present(caseId, { imei: anImei() });
    const terms = world.rooms.get(WarrantyTerms);
    await world.run((tx) => terms.add(tx, world.seller, caseId, deviceId, insurance));
    const [term] = (await world.one(deviceId)).terms;
    expect(term).toMatchObject({ kind: 'insurance', provider: 'Mapfre', number: 'P-77', endsOn: '2027-12-31' });
    await world.run((tx) => terms.remove(tx, world.agent, caseId, deviceId, term?.id ?? ''));
    expect((await world.one(deviceId)).terms).toEqual([]);
    const again = world.run((tx) => terms.remove(tx, world.agent, caseId, deviceId, term?.id ?? ''));
    await expect(again).rejects.toMatchObject({ code: 'warranty_term.not_found' });
    const events = await world.rooms.db.query<{ type: string; data: object; actor: string }>(
      `select type, data, actor_id as actor from case_event where case_id = $1 and type like 'device.term%' order by seq`,
      [caseId],
    );
    expect(events).toMatchObject([
      { type: 'device.term_added', actor: world.seller.id, data: { provider: 'Mapfre', endsOn: '2027-12-31' } },
      { type: 'device.term_removed', actor: world.agent.id, data: { provider: 'Mapfre', kind: 'insurance' } },
    ]);
  });
});

describe('phones that took one another’s place', () => {
  const replace = (caseId: string, id: string, imei: string) =>
    world.run((tx) => world.records.replace(tx, world.seller, caseId, id, { imei, reason: 'warranty' }));
  const join = (caseId: string, id: string, otherId: string, by = world.supervisor) =>
    world.run((tx) => world.records.join(tx, by, caseId, id, { otherId, reason: 'Es el mismo' }));

  it('are shown as a chain, whichever of them one looks at', async () => {
    const caseId = await world.aCase();
    const { deviceId: first } = await world.present(caseId, { imei: anImei() });
    const second = await replace(caseId, first, anImei());
    const third = await replace(caseId, second, anImei());
    for (const id of [first, second, third])
      expect((await world.one(id)).chain).toMatchObject([
        { id: first, reason: 'warranty', replacedAt: expect.any(String), imei: expect.stringContaining('••••') },
        { id: second, reason: 'warranty' },
        { id: third, reason: null, replacedAt: null },
      ]);
    const shown = await world.devicesOf(caseId);
    expect(shown.find(({ id }) => id === first)?.replacedBy).toMatchObject({ id: second });
    const { deviceId: alone } = await world.present(caseId, { imei: anImei() });
    expect((await world.one(alone)).chain).toEqual([]);
  });

  it('are not one phone; a record that was replaced stays replaced when another turns out to be the same', async () => {
    const caseId = await world.aCase();
    const { deviceId: old } = await world.present(caseId, { imei: anImei() });
    const next = await replace(caseId, old, anImei());
    await expect(join(caseId, old, next)).rejects.toMatchObject({ code: 'device.own_replacement' });
    await expect(join(caseId, next, old)).rejects.toMatchObject({ code: 'device.own_replacement' });
    const { deviceId: record } = await world.present(caseId, { imei: anImei() });
    await join(caseId, record, old);
    expect(await world.one(record)).toMatchObject({ replacedBy: { id: next }, chain: [{ id: record }, { id: next }] });
  });

  it('are joined only by who may, on a case the phone is on', async () => {
    const [caseId, elsewhere] = [await world.aCase(), await world.aCase()];
    const { deviceId: one } = await world.present(caseId, { imei: anImei() });
    const { deviceId: other } = await world.present(elsewhere, { imei: anImei() });
    await expect(join(caseId, one, other, world.agent)).rejects.toMatchObject({ code: 'permission.denied' });
    await expect(join(elsewhere, one, other)).rejects.toMatchObject({ code: 'device.not_on_case' });
    await join(caseId, one, other);
    expect((await world.one(other)).id).toBe(one);
  });
});
