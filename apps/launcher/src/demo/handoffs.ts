import { NewRepairBody } from '#contracts';
import { lockCase, type CaseService } from '#cases';
import type { Devices, RepairOrders } from '#repairs';
import { Entrusted, type HandoffHands } from './entrusted.js';
import { person, type DemoClock, type Scene } from './scene.js';
import type { Story } from './steps.js';

export interface CompanyHands extends HandoffHands {
  cases: CaseService;
  devices: Devices;
  orders: RepairOrders;
}

const DAY = 24;

/** Whose phone came back repaired a week ago. */
export const GONZALO: Story = {
  customer: {
    name: 'Gonzalo Rey Amor',
    email: 'gonzalo.rey@correo.test',
    phone: '644 18 27 36',
    handle: 'gonzalo_rey',
    twitterId: '1560000000000000121',
  },
  problem: 'La cámara no enfoca',
  steps: [
    {
      ...{ ago: 13 * 1440, do: 'visit', by: 'ruben', store: 'goya', imei: '353912114061228', model: 'Auriga Two' },
      text: 'La cámara no enfoca desde la última actualización. En garantía: se envía al fabricante.',
    },
    { ago: 12.9 * 1440, do: 'take', by: 'marta' },
    { ago: 12.8 * 1440, do: 'move', by: 'marta', to: 'in_solution' },
  ],
};

/** Of a phone that went to somebody, nobody has written down yet to whom. */
const WAITING = `select r.id as "repairId", r.case_id as "caseId", r.device_id as "deviceId" from repair_order r join cases c on c.id = r.case_id
  where c.is_open and r.holder = 'partner' and not exists (select from handoff h where h.repair_order_id = r.id) order by r.opened_at, r.id limit 1`;

/** What companies have of ours beside Lucía's phone: one asks, one refused, one does not answer, and one is done. */
export async function playHandoffs(scene: Scene, hands: CompanyHands, clock: DemoClock, now: Date): Promise<void> {
  const { tx } = scene;
  const [marta, elena] = [person(scene, 'marta'), person(scene, 'elena')];
  const caseOf = async (customer: string) => {
    const rows: { id: string }[] = await tx.query('select id from cases where customer_name = $1 and is_open', [
      customer,
    ]);
    return rows[0]?.id ?? '';
  };
  await playGonzalo(scene, hands, clock, { now, caseId: await caseOf(GONZALO.customer.name) });
  const parcel = await Entrusted.give(scene, hands, clock, {
    ...{ now, me: marta, hours: 20, caseId: await caseOf('Dmytro Kovalenko'), partner: 'Ruta Exprés', mode: 'advise' },
    ask: 'Dos bultos localizados y parados desde hace dos días. Decidnos dónde están y cuándo se entregan.',
  });
  await parcel.nudge(17.5);
  await parcel.nudge(15);
  await parcel.isTold();
  const line = await Entrusted.give(scene, hands, clock, {
    ...{ now, me: marta, hours: 8.5, caseId: await caseOf('Antonio Bermejo'), partner: 'Vela Móvil', mode: 'advise' },
    ask: 'Portabilidad completada ayer y sin línea. ¿Sigue el número activo en vuestra red?',
  });
  await line.hear(6, { kind: 'acknowledged' }, 'Portabilidad');
  await line.hear(3, {
    ...{
      kind: 'rejected',
      reason: 'El número salió de nuestra red el lunes: la baja está completa por nuestra parte.',
    },
    nextStep: 'Volver a lanzar el alta en HLR con el mismo ICC; si falla, pedirnos el código de la ventana.',
  });
  await line.isTold();
  const [repair]: { repairId: string; caseId: string; deviceId: string }[] = await tx.query(WAITING);
  if (!repair) return;
  const wet = await Entrusted.give(scene, hands, clock, {
    ...{ now, me: elena, hours: 28.8, partner: 'Laboratorio Vega', mode: 'custody', ...repair },
    ask: 'No enciende. Mirad la placa y decidnos cuánto costaría, sin borrar nada.',
    form: { wet: false },
  });
  await wet.hear(28.5, { kind: 'accepted', partnerRef: 'V-2291', engineer: { name: 'Julia Vega' } });
  await wet.hear(27, { kind: 'received' }, 'Taller');
  await wet.hear(
    2,
    { kind: 'asked', question: '¿Está quitado el bloqueo de activación? Sin eso no podemos probarlo.' },
    'Julia Vega',
  );
  await wet.isTold();
}

/** There and back: repaired by its maker, and with him again. */
async function playGonzalo(
  scene: Scene,
  { cases, devices, orders, ...hands }: CompanyHands,
  clock: DemoClock,
  { now, caseId }: { now: Date; caseId: string },
): Promise<void> {
  const [{ tx }, marta] = [scene, person(scene, 'marta')];
  const storeId = scene.stores.get('goya') ?? '';
  const ago = (days: number) => (clock.at = new Date(now.getTime() - days * 86_400_000));
  ago(12.7);
  const { deviceId } = await devices.present(tx, marta, { caseId, imei: '353912114061228', modelName: 'Auriga Two' });
  const order = NewRepairBody.parse({ deviceId, storeId, fault: 'camera', backUp: 'done', activationLock: 'off' });
  const { repairId } = await orders.open(tx, marta, { caseId, ...order });
  const work = await Entrusted.give(scene, hands, clock, {
    ...{ now, me: marta, hours: 12.6 * DAY, partner: 'Orbe', mode: 'custody', caseId, deviceId, repairId },
    ask: 'Repair under warranty: the camera does not focus.',
    form: { service: 'Repair' },
  });
  const legId = await work.label(12.5 * DAY, 'goya', 'Ruta Exprés');
  await work.leaves(12.2 * DAY, legId);
  const engineer = { name: 'Hanna Keller', email: 'hanna.keller@orbe.test' };
  await work.hear(12 * DAY, { kind: 'accepted', partnerRef: 'RMA-77031', engineer });
  await work.hear(11 * DAY, { kind: 'received' });
  for (const to of ['diagnosed', 'in_repair'] as const) {
    ago(to === 'diagnosed' ? 10.5 : 10);
    await orders.move(tx, marta, repairId, { to });
  }
  await work.hear(9.9 * DAY, { kind: 'in_progress' }, 'Hanna Keller');
  await work.hear(7.2 * DAY, {
    ...{ kind: 'resolved', outcome: 'repaired', text: 'Camera module replaced and calibrated.' },
    cover: { months: 12, what: 'Camera module' },
  });
  await work.hear(7.1 * DAY, { kind: 'dispatched', carrier: 'Ruta Exprés', trackingNumber: 'RX-558120' });
  await work.isBack(6.1 * DAY);
  await work.say(6 * DAY, { kind: 'closed' });
  await work.isTold();
  ago(6);
  await orders.move(tx, marta, repairId, { to: 'repaired' });
  ago(5);
  await orders.handBack(tx, marta, {
    ...{ repairId, works: {}, dataBack: 'not_needed', note: 'Enfoca de cerca y de lejos.', photoIds: [] },
    ...{ waivers: {}, signatureId: null },
  });
  const { version } = await lockCase(tx, marta, caseId);
  await cases.change(tx, marta, caseId, { status: 'restored', version });
}
