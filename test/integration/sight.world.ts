import { ShareField } from '#contracts';
import type { TestDatabase } from '../support/database.js';

/** A case on which everything is known that can be told, each thing with a mark that nothing else has. */

/** An IMEI with its check digit. */
export const SEEN_IMEI = '353912110000015';

/** What only one field tells, in English: wherever one of these stands, that field was told. */
export const MARKS: Record<ShareField, string[]> = {
  'customer.name': ['Lucía', 'Ferrer'],
  'customer.phone': ['612407755', '612 407 755'],
  'customer.email': ['lucia.ferrer@correo.test'],
  'customer.language': ['"language":"es"'],
  'device.model': ['Aurora X2'],
  'device.imei': [SEEN_IMEI],
  'device.condition': ['esquina izquierda'],
  'device.lock': ['Activation lock on'],
  'problem.statement': ['murciélago'],
  impacts: ['Photos: checked'],
  story: ['reiniciado dos veces'],
  warranty: ['art. 120.1'],
  purchase: ['Bazar Sol'],
  photos: ['image/png', 'photo-1'],
  files: ['application/pdf', 'file-1.pdf'],
  consent: ['wants back'],
  'repair.fault': ['placa con corrosión'],
};

/** Told to nobody, by whatever policy. */
export const NEVER = ['12345678Z', 'NX-4471820', 'lucia_f', 'dni-lucia', 'abono de 20', 'prometimos'];

/** Which fields a text gives away. */
export const toldBy = (text: string): ShareField[] =>
  ShareField.options.filter((field) => MARKS[field].some((mark) => text.includes(mark)));

export interface Marked {
  caseId: string;
  repairId: string;
  deviceId: string;
  /** Who wrote it all down. */
  agentId: string;
}

export const SEEN_PURCHASE = {
  ...{ boughtOn: '2026-01-10', deliveredOn: null, country: 'ES', condition: 'new', agreedMonths: null },
  ...{ sellerKind: 'other', seller: 'Bazar Sol', proof: 'receipt', proofId: null, priceCents: 99_900, currency: 'EUR' },
};
const INTAKE = {
  condition: {
    ...{ powersOn: 'no', screen: 'whole', note: 'Golpe en la esquina izquierda, dice Lucía' },
    marks: [{ side: 'front', x: 0.1, y: 0.1, kind: 'dent' }],
  },
  ...{ accessories: ['charger'], liquid: 'no', activationLock: 'on', backUp: 'done', photoIds: [], waivers: {} },
};

/** Writes the marks on a case that has a device in repair and lacks its photos. */
export async function mark(
  db: Pick<TestDatabase, 'query'>,
  { caseId, repairId, deviceId, agentId }: Marked,
  at: Date,
): Promise<void> {
  const [{ id: customerId } = { id: '' }] = await db.query<{ id: string }>(
    `select customer_id as id from cases where id = $1`,
    [caseId],
  );
  await db.query(`update customer set display_name = 'Lucía Ferrer', language = 'es' where id = $1`, [customerId]);
  await markPerson(db, customerId, at);
  await db.query(`update cases set customer_name = 'Lucía Ferrer' where id = $1`, [caseId]);
  await db.query(
    `update device set imei = $2, model_id = null, model_name = 'Aurora X2', purchase = $3 where id = $1`,
    [deviceId, SEEN_IMEI, JSON.stringify(SEEN_PURCHASE)],
  );
  await db.query(`update repair_order set fault = 'placa con corrosión', intake = $2 where id = $1`, [
    repairId,
    JSON.stringify(INTAKE),
  ]);
  await db.query(`update impact set state = 'confirmed' where case_id = $1`, [caseId]);
  await db.query(`delete from problem where case_id = $1`, [caseId]);
  await db.query(
    `insert into problem (id, case_id, statement, created_at) values (new_id(), $1, 'No enciende el murciélago de Lucía', $2)`,
    [caseId, at],
  );
  await markStory(db, caseId, at);
  await db.query(
    `insert into warranty_decision (id, case_id, device_id, outcome, state, clause, language, decided_by, decided_at)
     values (new_id(), $1, $2, 'covered', 'standing', 'art. 120.1', 'es', $3, $4)`,
    [caseId, deviceId, agentId, at],
  );
  await db.query(
    `insert into data_recovery (repair_order_id, state, asked_by, asked_at, consent_name, consent_how, consent_at, consent_by, may_erase)
     values ($1, 'agreed', $2, $3, 'Lucía Ferrer', 'store', $3, $2, true)`,
    [repairId, agentId, at],
  );
  await db.query(`insert into data_item (repair_order_id, category, wanted) values ($1, 'photos', true)`, [repairId]);
}

async function markPerson(db: Pick<TestDatabase, 'query'>, customerId: string, at: Date): Promise<void> {
  await db.query(
    `update contact_point set valid_to = $2, ended_by = null where customer_id = $1 and kind in ('phone', 'email') and valid_to is null`,
    [customerId, at],
  );
  const points = [
    ['phone', '+34612407755'],
    ['email', 'lucia.ferrer@correo.test'],
    ['document', '12345678Z'],
    ['customer_number', 'NX-4471820'],
  ];
  for (const [kind, value] of points)
    await db.query(
      `insert into contact_point (id, customer_id, kind, value, display, source, created_at) values (new_id(), $1, $2, $3, $3, 'staff', $4)`,
      [customerId, kind, value, at],
    );
}

async function markStory(db: Pick<TestDatabase, 'query'>, caseId: string, at: Date): Promise<void> {
  const facts = [
    ['tried', `Lo hemos reiniciado dos veces con @lucia_f; su 612 407 755 no suena, IMEI ${SEEN_IMEI}, DNI 12345678Z`],
    ['owed', 'Un abono de 20 euros que le prometimos'],
  ];
  for (const [kind, text] of facts)
    await db.query(
      `insert into story_fact (id, case_id, kind, text, language, at, created_at, author_kind, author_name)
       values (new_id(), $1, $2, $3, 'es', $4, $4, 'customer', 'Lucía Ferrer')`,
      [caseId, kind, text, at],
    );
}
