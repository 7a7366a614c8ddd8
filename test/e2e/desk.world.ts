import { randomUUID } from 'node:crypto';
import { IssuedDeskLink, PartnerTerms, UploadedAttachment, type HandoffDocument } from '#contracts';
import type { Staff } from './staff.js';
import type { World } from './world.js';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export interface DeskHandoff {
  partnerId: string;
  handoffId: string;
  reference: string;
  caseId: string;
  fileId: string;
  url: string;
}

interface Wanted {
  state?: string;
  direction?: 'out' | 'in';
  mode?: 'advise' | 'custody' | 'transfer';
  document?: Partial<HandoffDocument>;
  partner?: { id?: string; name?: string; language?: 'es' | 'en' };
}

let serial = 0;

/** A lab that works by link, a case somebody told a store, and the work that was handed over. */
export async function aDeskHandoff(world: World, agent: Staff, wanted: Wanted = {}): Promise<DeskHandoff> {
  serial += 1;
  const { caseId } = await agent.visit({
    storeId: world.stores.goya,
    customer: { displayName: `Lucía Ferrer ${serial}`, phone: `+3461240${String(8000 + serial)}` },
    text: 'Se me ha muerto el móvil',
  });
  const form = new FormData();
  form.set('file', new Blob([PNG], { type: 'image/png' }), 'pantalla.png');
  const { id: fileId } = await agent.done('/attachments', UploadedAttachment, { method: 'POST', body: form });
  const partnerId = wanted.partner?.id ?? (await aDeskPartner(world, wanted.partner));
  const { reference: of } = await agent.case(caseId);
  const [handoffId, reference] = [randomUUID(), `${of}.${serial}`];
  const mode = wanted.mode ?? 'custody';
  await world.database.query(
    `insert into handoff (id, reference, direction, case_id, partner_id, partner_version, mode, state, state_at, priority, ask, gateway,
       document, opened_at, sent_at, acknowledged_at)
     values ($1, $2, $3, $4, $5, 1, $6, $7, now(), 'high', $8, 'desk', $9, now(), now(), now())`,
    [
      ...[
        handoffId,
        reference,
        wanted.direction ?? 'out',
        caseId,
        partnerId,
        mode,
        wanted.state ?? 'sent',
        'Reparar la placa',
      ],
      JSON.stringify({ ...documentOf(reference, mode, fileId), ...wanted.document }),
    ],
  );
  const { url } = await agent.done(`/handoffs/${handoffId}/links`, IssuedDeskLink, { method: 'POST', body: {} });
  return { partnerId, handoffId, reference, caseId, fileId, url };
}

export async function aDeskPartner(
  { database }: World,
  { name = `Taller Sur ${randomUUID().slice(0, 4)}`, language = 'es' }: { name?: string; language?: 'es' | 'en' } = {},
): Promise<string> {
  const partnerId = randomUUID();
  const field = { key: 'purchase_date', title: { es: 'Fecha de compra', en: 'Date of purchase' }, type: 'date' };
  const terms = JSON.stringify(PartnerTerms.parse({ form: [{ ...field, choices: [], required: true }] }));
  await database.query(
    `insert into partner (id, name, kind, language, time_zone, gateway, terms, version, changed_at)
     values ($1, $2, 'lab', $3, 'Europe/Madrid', 'desk', $4, 1, now())`,
    [partnerId, name, language, terms],
  );
  await database.query('insert into partner_version values ($1, 1, $2, null, now())', [partnerId, terms]);
  return partnerId;
}

const documentOf = (reference: string, mode: HandoffDocument['mode'], fileId: string): HandoffDocument => ({
  ...{ reference, mode, priority: 'high', ask: 'Reparar la placa base. Se apaga al cargar; <no> borrar los datos.' },
  form: { purchase_date: '2025-04-02' },
  customer: { name: 'Lucía Ferrer', language: 'es' },
  device: { model: 'Auriga One', imei: '356938035643809', condition: 'Pantalla intacta, marca en una esquina' },
  problems: ['No enciende desde el lunes'],
  impacts: ['calls', 'photos'],
  story: [
    { kind: 'broke', text: 'Se apagó al cargar', at: '2026-03-16T08:12:00.000Z', by: 'Lucía Ferrer' },
    { kind: 'tried', text: 'Otro cargador y otra batería', at: '2026-03-16T17:58:00.000Z', by: 'Marta Ruiz' },
  ],
  warranty: 'Cubierto hasta el 2 de abril de 2028',
  purchase: '2 de abril de 2025, Nexo Goya',
  consent: 'Puede borrarse todo menos las fotos',
  files: [{ id: fileId, fileName: 'pantalla.png', contentType: 'image/png', size: 70 }],
});

/** What a browser without a script sends with a form of the page. */
export function deskForm(
  page: string,
  action: string,
  fields: Record<string, string>,
  files: [string, string, string][] = [],
) {
  const form = new FormData();
  const nonce = /name="nonce" value="([^"]+)"/u.exec(page)?.[1] ?? '';
  for (const [name, value] of Object.entries({ nonce, action, ...fields })) form.set(name, value);
  for (const [name, type, body] of files) form.append('files', new Blob([body], { type }), name);
  return form;
}
