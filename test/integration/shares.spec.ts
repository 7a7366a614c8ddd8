import fc from 'fast-check';
import { ShareField, type HandoffDocument } from '#contracts';
import { DocumentBuilder, type DocumentDraft } from '#handoffs';
import { newId } from '#platform';
import { sharing } from './partners.world.js';
import { openRepairs, type RepairWorld } from './repair.world.js';
import { mark, NEVER, SEEN_IMEI, SEEN_PURCHASE, toldBy } from './sight.world.js';

let world: RepairWorld;
let draft: DocumentDraft;

async function aFullCase(): Promise<DocumentDraft> {
  const { rooms, agent, taken } = world;
  const of = await taken(['photos']);
  await mark(rooms.db, { ...of, agentId: agent.id }, rooms.clock.now());
  const attachmentIds = [
    await aFile(of.caseId, 'dni-lucia.png', 'image/png'),
    await aFile(of.caseId, 'dni-lucia.pdf', 'application/pdf'),
  ];
  return {
    ...{ ...of, attachmentIds, reference: 'H-7K2F-9Q.1', partnerId: newId() },
    ...{ mode: 'custody', priority: 'high', ask: 'Revisad la placa', form: {} },
  };
}

async function aFile(caseId: string | null, name: string, type: string): Promise<string> {
  const id = newId();
  const { rooms, agent } = world;
  await rooms.db.query(
    `insert into attachment (id, uploaded_by, file_name, content_type, size, sha256, storage_key, created_at) values ($1, $2, $3, $4, 7, 'x', $5, $6)`,
    [id, agent.id, name, type, `k-${id}`, rooms.clock.now()],
  );
  if (caseId)
    await rooms.db.query('insert into case_file (attachment_id, case_id, at) values ($1, $2, $3)', [
      ...[id, caseId, rooms.clock.now()],
    ]);
  return id;
}

const build = (fields: ShareField[], more: Partial<DocumentDraft> = {}) => {
  const partner = {
    language: 'en' as const,
    timeZone: 'Europe/Berlin',
    terms: { ...terms, share: sharing(...fields) },
  };
  return world.rooms.get(DocumentBuilder).build(world.rooms.database.manager, { ...draft, ...more }, partner);
};
const terms = {
  text: '',
  brands: [],
  form: [],
  retentionDays: 30,
  targets: {},
  ladder: [],
  calendar: 'always' as const,
  expiresMinutes: 60,
};

const told = (document: HandoffDocument): ShareField[] => toldBy(JSON.stringify(document));

beforeAll(async () => {
  world = await openRepairs();
  draft = await aFullCase();
});
afterAll(() => world.rooms.close());

describe('what a partner is told', () => {
  it('is exactly what its policy names: every field alone, and any of them together', async () => {
    for (const field of ShareField.options)
      expect([field, told((await build([field])).document)]).toEqual([field, [field]]);
    await fc.assert(
      fc.asyncProperty(fc.subarray([...ShareField.options]), async (fields) => {
        const { document, withheld, shared } = await build(fields);
        expect(told(document).sort()).toEqual([...fields].sort());
        expect(shared.every(({ known }) => known)).toBe(true);
        expect([...withheld, ...fields].sort()).toEqual([...ShareField.options].sort());
        for (const never of NEVER) expect(JSON.stringify(document)).not.toContain(never);
      }),
      { numRuns: 60 },
    );
  });

  it('of nothing that is shared is what we ask, and no more', async () => {
    const { document } = await build([]);
    expect(document).toEqual({
      ...{ reference: 'H-7K2F-9Q.1', mode: 'custody', priority: 'high', ask: 'Revisad la placa', form: {} },
      ...{ customer: {}, device: {}, problems: [], impacts: [], story: [], files: [] },
      ...{ warranty: null, purchase: null, consent: null },
    });
  });

  it('is in their language, and says what is known of a field and what is not', async () => {
    await world.rooms.db.query('update device set purchase = null where id = $1', [draft.deviceId]);
    const { document, shared } = await build(['purchase', 'device.condition', 'consent']);
    expect(shared.map(({ field, known }) => [field, known])).toEqual([
      ['purchase', false],
      ['device.condition', true],
      ['consent', true],
    ]);
    expect(document.purchase).toBeNull();
    expect(document.device.condition).toBe(
      'Dent · screen whole · does not turn on · no liquid damage · backed up · charger · Golpe en la esquina izquierda, dice (customer)',
    );
    expect(document.consent).toMatch(/^Agreed at the store on .+ · the device may be wiped · wants back: photos$/u);
    await world.rooms.db.query('update device set purchase = $2 where id = $1', [
      draft.deviceId,
      JSON.stringify(SEEN_PURCHASE),
    ]);
  });

  it('has no file of another case, nor one that is on none', async () => {
    const other = await world.taken();
    const theirs = await aFile(other.caseId, 'ajeno.png', 'image/png');
    const loose = await aFile(null, 'suelto.pdf', 'application/pdf');
    const { document } = await build(['photos', 'files'], { attachmentIds: [theirs, loose, ...draft.attachmentIds] });
    expect(document.files.map(({ id }) => id).sort()).toEqual([...draft.attachmentIds].sort());
    expect(document.files.map(({ fileName }) => fileName)).toEqual(['photo-1.png', 'file-1.pdf']);
  });

  it('fills in their form from what they are told, and names what is missing', async () => {
    const form = [
      { key: 'imei', title: { es: 'IMEI', en: 'IMEI' }, type: 'text', fact: 'device.imei', required: true },
      { key: 'phone', title: { es: 'Teléfono', en: 'Phone' }, type: 'text', fact: 'customer.phone', required: true },
      { key: 'locked', title: { es: '¿Bloqueado?', en: 'Locked?' }, type: 'boolean', fact: 'device.lock' },
    ] as const;
    const { document, missing } = await world.rooms.get(DocumentBuilder).build(world.rooms.database.manager, draft, {
      ...{ language: 'es', timeZone: 'Europe/Madrid' },
      terms: {
        ...terms,
        form: form.map((field) => ({ choices: [], required: false, ...field })),
        share: sharing('device.imei', 'device.lock'),
      },
    });
    expect(document.form).toEqual({ imei: SEEN_IMEI, locked: true });
    expect(missing.map(({ key }) => key)).toEqual(['phone']);
  });
});
