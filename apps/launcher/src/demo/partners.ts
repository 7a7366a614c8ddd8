import { PartnerBody, SHARE_PURPOSES, type Priority, type ShareField, type ShareRule } from '#contracts';
import type { Partners } from '#handoffs';
import type { EntityManager } from 'typeorm';
import type { Principal } from '#identity';

const sharing = (...fields: ShareField[]): ShareRule[] =>
  fields.map((field) => ({ field, purpose: SHARE_PURPOSES[field] }));

const HOURS = 60;
const DAYS = 24 * HOURS;

/** A critical case in half the time of a normal one, a quiet one in twice. */
const targets = (acknowledge: number, answer: number, back: number) =>
  Object.fromEntries(
    (
      [
        ['critical', 0.5],
        ['high', 0.75],
        ['normal', 1],
        ['low', 2],
      ] as [Priority, number][]
    ).map(([priority, times]) => [
      priority,
      {
        acknowledgeMinutes: acknowledge * times,
        answerMinutes: answer * times,
        returnMinutes: back * times,
      },
    ]),
  );

const orbe = (sandboxUrl: string): PartnerBody =>
  PartnerBody.parse({
    ...{ name: 'Orbe', kind: 'manufacturer', language: 'en', timeZone: 'Europe/Berlin', gateway: 'tmf621' },
    ...{ email: 'service@orbe.test', senders: ['@orbe.test'] },
    postalAddress: 'Service Centre, Gate 3\nAm Borsigturm 40\n13507 Berlin, Germany',
    tmf621: {
      url: `${sandboxUrl}/manufacturer/tmf-api/troubleTicket/v4`,
      auth: {
        ...{ kind: 'oauth2', tokenUrl: `${sandboxUrl}/manufacturer/oauth2/token` },
        ...{ clientId: 'nexo', clientSecret: 'sandbox-partner-secret' },
      },
    },
    terms: {
      ...{ discountPercent: 50, agreement: 'Convenio Nexo–Orbe 2026-14', brands: ['Auriga'], retentionDays: 30 },
      text: 'Piezas a mitad de precio mientras dure el convenio. La mano de obra en garantía no se cobra.',
      form: [
        {
          ...{ key: 'imei', title: { es: 'IMEI del dispositivo', en: 'IMEI of the device' }, type: 'text' },
          ...{ required: true, fact: 'device.imei' },
        },
        {
          ...{ key: 'symptom', title: { es: 'Síntoma', en: 'Symptom' }, type: 'text' },
          ...{ required: true, fact: 'problem.statement' },
        },
        { key: 'bought_on', title: { es: 'Fecha de compra', en: 'Date of purchase' }, type: 'date', fact: 'purchase' },
        {
          ...{ key: 'activation_lock', title: { es: '¿Bloqueo de activación?', en: 'Activation lock?' } },
          ...{ type: 'boolean', fact: 'device.lock' },
        },
        {
          ...{ key: 'service', title: { es: 'Qué se les pide', en: 'Service asked for' }, type: 'choice' },
          ...{ choices: ['Repair', 'Diagnosis only', 'Replacement'], required: true },
        },
      ],
      share: sharing(
        ...(['customer.language', 'device.model', 'device.imei', 'device.condition', 'device.lock'] as const),
        ...(['problem.statement', 'impacts', 'story', 'warranty', 'purchase', 'photos', 'consent'] as const),
        'repair.fault',
      ),
      targets: targets(4 * HOURS, 8 * HOURS, 7 * DAYS),
      ladder: [
        { contact: { name: 'Service desk', email: 'service@orbe.test' }, afterMinutes: 0 },
        {
          contact: { name: 'Hanna Keller', email: 'hanna.keller@orbe.test', phone: '+49 30 5550147' },
          afterMinutes: 240,
        },
      ],
    },
  });

const vega: PartnerBody = PartnerBody.parse({
  ...{ name: 'Laboratorio Vega', kind: 'lab', language: 'es', timeZone: 'Europe/Madrid', gateway: 'email' },
  ...{ email: 'taller@vega.test', senders: ['@vega.test'] },
  postalAddress: 'Polígono Las Arenas, nave 14\n28320 Pinto (Madrid)',
  terms: {
    ...{ agreement: 'Contrato marco 2026', discountPercent: 15, retentionDays: 15 },
    text: 'Recogida en tienda de lunes a viernes. Presupuesto en un día laborable.',
    form: [
      {
        ...{ key: 'fault', title: { es: 'Avería', en: 'Fault' }, type: 'text', required: true },
        ...{ fact: 'repair.fault' },
      },
      { key: 'wet', title: { es: '¿Se ha mojado?', en: 'Did it get wet?' }, type: 'boolean', required: true },
    ],
    share: sharing(
      ...(['device.model', 'device.imei', 'device.condition', 'device.lock', 'problem.statement'] as const),
      ...(['story', 'photos', 'consent', 'repair.fault'] as const),
    ),
    targets: targets(2 * HOURS, 8 * HOURS, 4 * DAYS),
    ladder: [
      { contact: { name: 'Taller', email: 'taller@vega.test' }, afterMinutes: 0 },
      { contact: { name: 'Julia Vega', phone: '+34910550199', email: 'julia@vega.test' }, afterMinutes: 120 },
    ],
  },
});

const ruta: PartnerBody = PartnerBody.parse({
  ...{ name: 'Ruta Exprés', kind: 'courier', language: 'es', timeZone: 'Europe/Madrid', gateway: 'desk' },
  ...{ email: 'recogidas@ruta.test', senders: [] },
  terms: {
    ...{ agreement: 'Tarifa 2026', retentionDays: 90, expiresMinutes: 2 * DAYS },
    text: 'Seguro por bulto de 600 €. Precinto numerado en cada recogida.',
    share: sharing('device.model'),
    targets: targets(2 * HOURS, 4 * HOURS, 2 * DAYS),
    ladder: [
      { contact: { name: 'Incidencias', email: 'incidencias@ruta.test' }, afterMinutes: 0 },
      { contact: { name: 'Nacho Ruiz', phone: '+34910550166', email: 'nacho.ruiz@ruta.test' }, afterMinutes: 120 },
    ],
  },
});

const vela: PartnerBody = PartnerBody.parse({
  ...{ name: 'Vela Móvil', kind: 'carrier', language: 'es', timeZone: 'Europe/Madrid', gateway: 'desk' },
  ...{ email: 'portabilidad@vela.test', senders: ['@vela.test'] },
  terms: {
    ...{ agreement: 'Acuerdo de interconexión', retentionDays: 30 },
    share: sharing('customer.name', 'customer.phone', 'problem.statement', 'impacts', 'story', 'files'),
    targets: targets(8 * HOURS, 24 * HOURS, 5 * DAYS),
  },
});

/** Who works with Nexo: a manufacturer with a ticket system, a lab that reads mail, a courier and another carrier by signed link. */
export async function agreeWithPartners(
  tx: EntityManager,
  partners: Partners,
  admin: Principal,
  sandboxUrl: string,
): Promise<void> {
  for (const body of [orbe(sandboxUrl), vega, ruta, vela]) await partners.create(tx, admin, body);
}
