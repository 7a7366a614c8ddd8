import type { CaseHandoffs, Handoff, HandoffDocument, HandoffEntry, HandoffPreview, Partner } from '#contracts';
import { uuid } from './people.js';

/** Companies and what is between us and them, as the API would tell of it. */

type Whole = CaseHandoffs['items'][number];

export const ORBE: Partner = {
  ...{ id: uuid(900), name: 'Orbe', kind: 'manufacturer', language: 'es', timeZone: 'Europe/Madrid', active: true },
  ...{ gateway: 'tmf621', email: 'service@orbe.test', senders: [], tmf621: null, postalAddress: '' },
  terms: {
    ...{
      text: '',
      brands: [],
      share: [],
      retentionDays: 30,
      targets: {},
      ladder: [],
      calendar: 'house' as const,
      expiresMinutes: 10_080,
    },
    form: [
      ...[{ key: 'imei', title: { es: 'IMEI', en: 'IMEI' }, type: 'text' as const, choices: [], required: true }],
      {
        ...{ key: 'lock', title: { es: 'Bloqueo quitado', en: 'Lock removed' }, type: 'choice', required: true },
        choices: ['sí', 'no'],
      },
      {
        key: 'wet',
        title: { es: '¿Se ha mojado?', en: 'Did it get wet?' },
        type: 'boolean',
        choices: [],
        required: true,
      },
    ],
  },
  ...{ version: 1, hasSecret: true, open: 0, changedBy: null, changedAt: '2026-11-01T08:00:00Z' },
};

export const documentOf = (part: Partial<HandoffDocument> = {}): HandoffDocument => ({
  ...{ reference: 'H-1090-2Q.1', mode: 'custody', priority: 'normal', ask: 'Diagnosticar y presupuestar' },
  form: { imei: '35 693803 564380 9' },
  customer: { name: 'Grace Hopper', language: 'en' },
  device: { model: 'Auriga One', imei: '35 693803 564380 9', condition: 'Marco abollado' },
  problems: ['No enciende ni carga'],
  impacts: ['No puede llamar'],
  story: [{ kind: 'tried', text: 'Otro cargador, reinicio', at: '2026-11-16T09:00:00Z', by: 'Marta' }],
  ...{ warranty: 'No cubre: humedad (cláusula 4.2)', purchase: null, consent: 'No borrar nada', files: [] },
  ...part,
});

export const previewOf = (part: Partial<HandoffPreview> = {}): HandoffPreview => ({
  document: documentOf(),
  shared: [
    { field: 'device.imei', purpose: 'Para saber qué teléfono es', known: true },
    { field: 'purchase', purpose: 'Para ver la garantía', known: false },
  ],
  withheld: ['customer.phone', 'customer.email'],
  missing: [],
  ...part,
});

export const handoffOf = (caseId: string, part: Partial<Whole> = {}): Whole => ({
  ...{ id: uuid(910), reference: 'H-1090-2Q.1', caseId, direction: 'out', mode: 'custody', state: 'accepted' },
  partner: { id: ORBE.id, name: ORBE.name, kind: ORBE.kind },
  ...{ stateAt: '2026-11-17T09:00:00Z', priority: 'normal', deviceId: null, repairId: null, storeId: null },
  ...{ ask: 'Diagnosticar y presupuestar', form: {}, gateway: 'tmf621', partnerRef: 'RMA-58213' },
  engineer: { name: 'Teresa Olmo', phone: '600 100 200', email: null },
  ...{ etaAt: '2026-11-23T17:00:00Z', outcome: null, question: null, openedBy: null },
  ...{ openedAt: '2026-11-16T16:00:00Z', sentAt: '2026-11-16T16:05:00Z', acknowledgedAt: '2026-11-16T17:00:00Z' },
  ...{ acceptedAt: '2026-11-17T09:00:00Z', toldAt: null, resolvedAt: null, expiresAt: null },
  ...{ document: documentOf(), forgottenAt: null, version: 3, entries: [] },
  ...part,
});

let made = 0;
/** A word of theirs; `ours`: of ours, as the giver. */
export const wordOf = (word: HandoffEntry['word'], at: string, part: Partial<HandoffEntry> = {}): HandoffEntry => {
  made += 1;
  return {
    ...{ id: uuid(950 + made), seq: made, side: part.ours ? 'giver' : 'taker', ours: false, via: 'tmf621', word, at },
    ...{ audience: 'partner', byName: part.ours ? 'Marta Rey' : 'Teresa Olmo', applied: true, because: null },
    ...{ attachments: [], deliveries: [] },
    ...part,
  };
};

export const sentBack = (whole: Whole): Handoff => {
  const { entries: _, ...handoff } = whole;
  return handoff;
};

export const nameOf = ({ id, reference, state, partner }: Whole) => ({
  ...{ id, reference, state, partnerName: partner.name },
});
