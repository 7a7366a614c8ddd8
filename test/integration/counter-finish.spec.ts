import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import sharp from 'sharp';
import { Finish, Intakes, IntakePhotos, Receipts } from '#counter';
import type { IntakePath } from '#contracts';
import type { Principal } from '#identity';
import { newId } from '#platform';
import { aPerson, arrive, aStore, dm, mail, openRooms, type Rooms } from '../factories/rooms.js';

let rooms: Rooms;
let storeId: string;
let clerk: Principal;
let colleague: Principal;
beforeAll(async () => {
  rooms = await openRooms();
  storeId = await aStore(rooms, 'Nexo Goya');
  clerk = await aPerson(rooms, 'store', storeId);
  colleague = await aPerson(rooms, 'store', storeId);
});
afterAll(() => rooms.close());

type Fields = Partial<Record<IntakePath, unknown>>;
const inDays = (days: number) => new Date(rooms.clock.now().getTime() + days * 86_400_000).toISOString();
const save = (id: string, by: Principal, fields: Fields) =>
  rooms.database.transaction((tx) =>
    rooms.get(Intakes).save(tx, by, id, {
      fields: Object.entries(fields).map(([path, value]) => ({ path: path as IntakePath, value, base: 0 })),
    }),
  );
const finish = (id: string, by = clerk) =>
  rooms.database.transaction((tx) => rooms.get(Finish).finish(tx, by, id, '10.0.0.7'));
const picture = async (id: string, by: Principal, name = 'foto') => {
  const bytes = await sharp({ create: { width: 600, height: 200, channels: 4, background: '#3450' } })
    .png()
    .toBuffer();
  return (await rooms.get(IntakePhotos).take(rooms.database.manager, by, id, { fileName: name, bytes })).id;
};
const begin = async (fields: Fields, kind: 'intake' | 'pick_up' = 'intake') => {
  const { id } = await rooms.database.transaction((tx) => rooms.get(Intakes).begin(tx, clerk, { storeId, kind }));
  await save(id, clerk, fields);
  return id;
};
/** Somebody who takes their phone home again and needs no loaner. */
const AT_THE_COUNTER: Fields = {
  'listen.text': 'No enciende desde el lunes',
  'listen.lacks': ['calls', 'data'],
  'device.stays': 'with_customer',
  'device.imei': '356938035643809',
  'device.modelName': 'Nexo One',
  'keep.outcome': 'declined',
  'keep.reason': 'Tiene otro móvil',
  'promise.reachBy': 'email',
};
const pdfText = async (bytes: Buffer) => {
  const document = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false }).promise;
  const texts: string[] = [];
  for (let page = 1; page <= document.numPages; page += 1) {
    const { items } = await (await document.getPage(page)).getTextContent();
    texts.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
  }
  return texts.join(' ').replace(/\s+/gu, ' ');
};

describe('finishing an intake', () => {
  it('is refused while something is missing, and says all of it', async () => {
    const id = await begin({ 'who.person': { displayName: 'Ana Roca' }, 'device.stays': 'here' });
    await expect(finish(id)).rejects.toMatchObject({
      code: 'intake.gates_open',
      details: {
        gates: [
          { code: 'words', step: 'listen', waivable: false },
          { code: 'imei', waivable: true },
          { code: 'fault' },
          { code: 'condition' },
          { code: 'photos' },
          { code: 'activation_lock' },
          { code: 'back_up' },
          { code: 'warranty', step: 'decide' },
          { code: 'loaner', step: 'keep', waivable: false },
          { code: 'taken_by' },
          { code: 'next_update' },
          { code: 'reach' },
          { code: 'signature' },
        ],
      },
    });
    expect(await rooms.db.query('select 1 from visit')).toEqual([]);
  });

  it('joins the open case of a customer, with what they lack, a promise and an owner', async () => {
    const { caseId, customerId } = await arrive(rooms, dm('990001', { displayName: 'Lucía Ferrer' }));
    const id = await begin({ ...AT_THE_COUNTER, 'who.customerId': customerId, 'promise.nextUpdateAt': inDays(1) });
    const outcome = await finish(id);
    expect(outcome).toMatchObject({ caseId, customerId, loanId: null });
    const [row] = await rooms.db.query<{ assignee_id: string; lacks: string[]; next_update_due_at: Date }>(
      'select assignee_id, lacks, next_update_due_at from cases where id = $1',
      [caseId],
    );
    expect(row).toMatchObject({ assignee_id: clerk.id, lacks: ['calls', 'data'] });
    expect(row?.next_update_due_at.toISOString()).toBe(inDays(1));
    const events = await rooms.db.query<{ type: string; data: unknown }>(
      `select type, data from case_event where case_id = $1 and type in ('intake.finished', 'promise.made', 'receipt.sent') order by seq`,
      [caseId],
    );
    expect(events.map(({ type }) => type)).toEqual(['promise.made', 'intake.finished']);
    expect(events[1]?.data).toMatchObject({ intakeId: id, kind: 'intake', storeName: 'Nexo Goya', waived: {} });
  });

  it('happens once, however often and from wherever it is asked for', async () => {
    const id = await begin({
      ...AT_THE_COUNTER,
      'who.person': { displayName: 'Rosa Vila' },
      'promise.nextUpdateAt': inDays(1),
    });
    const outcomes = await Promise.all([finish(id), finish(id, colleague), finish(id)]);
    expect(new Set(outcomes.map(({ visitId }) => visitId)).size).toBe(1);
    expect(await rooms.db.query('select from visit where id = $1', [outcomes[0].visitId])).toHaveLength(1);
    await expect(save(id, clerk, { 'listen.text': 'Otra cosa' })).rejects.toMatchObject({ code: 'intake.over' });
  });

  it('takes along the pictures a colleague took on another tablet', async () => {
    const id = await begin({
      ...AT_THE_COUNTER,
      'who.person': { displayName: 'Pau Mas' },
      'promise.nextUpdateAt': inDays(1),
    });
    const photos = [await picture(id, colleague), await picture(id, clerk)];
    const signatureId = await picture(id, colleague, 'firma');
    await save(id, colleague, { 'device.photoIds': photos, 'sign.signatureId': signatureId });
    const { visitId } = await finish(id);
    const kept = await rooms.db.query<{ id: string }>(
      'select a.id from attachment a join visit v on v.interaction_id = a.interaction_id where v.id = $1',
      [visitId],
    );
    expect(kept.map((row) => row.id).sort()).toEqual([...photos, signatureId].sort());
  });

  it('goes with a reason where a gate is waived, and the reason stands on the case', async () => {
    const id = await begin({
      ...{ ...AT_THE_COUNTER, 'device.imei': '', 'who.person': { displayName: 'Iker Soto' } },
      ...{ 'promise.nextUpdateAt': inDays(1), waivers: { imei: 'La etiqueta no se lee' } },
    });
    const { caseId } = await finish(id);
    const [event] = await rooms.db.query<{ data: unknown }>(
      `select data from case_event where case_id = $1 and type = 'intake.finished'`,
      [caseId],
    );
    expect(event?.data).toMatchObject({ waived: { imei: 'La etiqueta no se lee' } });
  });
});

describe('the receipt', () => {
  it('says what was said, in either language, and is signed with its hash', async () => {
    const id = await begin({
      ...{ ...AT_THE_COUNTER, 'who.person': { displayName: 'Ñuria Đặng Ωmega' } },
      ...{ 'promise.nextUpdateAt': inDays(2), 'listen.matters': 'Poder llamar a su madre' },
    });
    await save(id, clerk, { 'sign.signatureId': await picture(id, clerk, 'firma') });
    const { caseReference } = await finish(id);
    const receipts = rooms.get(Receipts);
    const { bytes, fileName } = await receipts.pdf(rooms.database.manager, colleague, id);
    expect(fileName).toBe(`${caseReference}.pdf`);
    const spanish = await pdfText(bytes);
    for (const part of [
      'Resguardo de la visita',
      caseReference,
      'Ñuria Đặng Ωmega',
      'No enciende desde el lunes',
      'IMEI acabado en 809',
    ])
      expect(spanish).toContain(part);
    expect(spanish).toContain('Te escribimos antes del');
    expect(spanish).toContain('Firma del cliente: Ñuria');
    expect(spanish).not.toContain('Condiciones');
    expect(spanish).not.toContain('356938035643809');
    expect((await receipts.pdf(rooms.database.manager, clerk, id)).bytes.equals(bytes)).toBe(true);
    expect(await pdfText((await receipts.pdf(rooms.database.manager, clerk, id, 'en')).bytes)).toMatch(
      /Receipt of your visit.*Goes home with you/u,
    );
    const [row] = await rooms.db.query<{ good: boolean; signed_ip: string }>(
      `select sha256 = sha256(convert_to(data::text, 'UTF8')) as good, signed_ip from counter_receipt where intake_id = $1`,
      [id],
    );
    expect(row).toEqual({ good: true, signed_ip: '10.0.0.7' });
  });

  it('names the terms of a phone that is left, as they were read, and asks for no signature where there is nothing to sign', async () => {
    const { manager } = rooms.database;
    const textOf = async (fields: Fields) => {
      const id = await begin({ ...AT_THE_COUNTER, 'promise.nextUpdateAt': inDays(1), ...fields });
      await finish(id);
      return pdfText((await rooms.get(Receipts).pdf(manager, clerk, id)).bytes);
    };
    const terms = await rooms.get(Receipts).terms(manager, clerk);
    const left = await textOf({
      ...{ 'who.person': { displayName: 'Pau Mas' }, 'device.stays': 'here', 'device.fault': 'no_power' },
      ...{ 'device.activationLock': 'off', 'device.backUp': 'done', 'take.by': 'store' },
      'device.condition': { marks: [], powersOn: 'no', screen: 'whole', note: '' },
      waivers: { photos: 'Cámara rota', warranty: 'Lo decide el taller', signature: 'Firmó en papel' },
    });
    for (const part of [
      'Resguardo de entrega',
      `Condiciones (versión ${terms.version})`,
      terms.es,
      'Firma del cliente',
    ])
      expect(left).toContain(part);
    const gone = await textOf({ 'who.person': { displayName: 'Ona Mas' } });
    expect(gone).toContain('Resguardo de la visita');
    expect(gone).not.toMatch(/Condiciones|Firma/u);
  });

  it('goes by mail as a file and by X as a link; a way that leads nowhere holds nothing up', async () => {
    const { caseId, customerId } = await arrive(rooms, mail('berta@example.org', { displayName: 'Berta Gil' }));
    const id = await begin({
      ...{ ...AT_THE_COUNTER, 'who.customerId': customerId, 'promise.nextUpdateAt': inDays(1) },
      'receipt.by': ['email', 'twitter', 'email'],
    });
    const { caseReference } = await finish(id);
    const [sent, again] = await rooms.db.query<{ text: string; channel: string; file_name: string; state: string }>(
      `select i.text, i.channel, a.file_name, d.state from interaction i join delivery d on d.interaction_id = i.id
         join attachment a on a.interaction_id = i.id where i.case_id = $1 and i.direction = 'outbound'`,
      [caseId],
    );
    expect(again).toBeUndefined();
    expect(sent).toMatchObject({ channel: 'email', file_name: `${caseReference}.pdf`, state: 'held' });
    expect(sent?.text).toMatch(/\/t\/[\w-]{32} /u);
    const [event] = await rooms.db.query<{ data: unknown }>(
      `select data from case_event where case_id = $1 and type = 'receipt.sent'`,
      [caseId],
    );
    expect(event?.data).toMatchObject({ by: ['email'], unreachable: ['twitter'] });
  });

  it('is none before the end, and nothing to another store', async () => {
    const id = await begin(AT_THE_COUNTER);
    const pdf = (by: Principal) => rooms.get(Receipts).pdf(rooms.database.manager, by, id);
    await expect(pdf(clerk)).rejects.toMatchObject({ code: 'intake.no_receipt' });
    const stranger = await aPerson(rooms, 'store', await aStore(rooms, 'Nexo Colón'));
    await expect(pdf(stranger)).rejects.toMatchObject({ code: 'intake.not_found' });
    await expect(finish(newId())).rejects.toMatchObject({ code: 'intake.not_found' });
  });
});
