import type { EntityManager } from 'typeorm';
import { NewRepairBody, QuoteBody, type RepairOption, type RepairStage } from '#contracts';
import type { Principal } from '#identity';
import type { DataRecoveries, Devices, PromisedReturns, Quotes, Relief, RepairOrders, RepairWays } from '#repairs';
import { Entrusted, ORBE_QUOTE, type HandoffHands } from './entrusted.js';
import { person, type DemoClock, type Scene } from './scene.js';

/** What plays the repairs of the demo. */
export interface RepairHands {
  devices: Devices;
  orders: RepairOrders;
  returns: PromisedReturns;
  quotes: Quotes;
  ways: RepairWays;
  data: DataRecoveries;
  relief: Relief;
  companies: HandoffHands;
}

interface Visited {
  caseId: string;
  customer: string;
  /** Nobody wrote it down. */
  imei: string | null;
  model: string | null;
  storeId: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Cases that have been to a store, with what was brought there. */
const VISITED = `select distinct on (c.id) c.id as "caseId", c.customer_name as customer, v.imei, v.model, v.store_id as "storeId"
  from visit v join interaction i on i.id = v.interaction_id join cases c on c.id = i.case_id
  where c.is_open order by c.id, v.imei is null, i.occurred_at desc limit 12`;

/** What becomes of the phones beside Lucía's: the stages they have come to, and who has them. */
const ROADS: {
  stages: RepairStage[];
  holder: 'store' | 'partner' | 'courier';
  back: number;
  imei: string;
  model: string;
}[] = [
  { stages: ['diagnosed', 'in_repair'], holder: 'partner', back: 4, imei: '356938037411205', model: 'Auriga One' },
  {
    stages: ['diagnosed', 'in_repair', 'repaired'],
    holder: 'courier',
    back: 1,
    imei: '356938037522332',
    model: 'Auriga One',
  },
  { stages: [], holder: 'store', back: 6, imei: '864125055187447', model: 'Boreal 7' },
];

/** Lucía's phone waits for her yes to a quote; others are on their way, in the store and with the repair lab. */
export async function playRepairs(scene: Scene, hands: RepairHands, clock: DemoClock, now: Date): Promise<void> {
  const { tx } = scene;
  const marta = person(scene, 'marta');
  const ago = (hours: number) => (clock.at = new Date(now.getTime() - hours * HOUR_MS));
  const visited: Visited[] = await tx.query(VISITED);
  const lucia = visited.find(({ customer }) => customer.startsWith('Lucía Ferrer'));
  const others = visited.filter((one) => one !== lucia);
  for (const [at, { stages, holder, back, imei, model }] of ROADS.entries()) {
    const one = others[at];
    if (!one) break;
    ago(50 + at);
    const { repairId } = await taken(tx, hands, marta, { ...one, imei: one.imei ?? imei, model: one.model ?? model });
    await promised(tx, hands, marta, repairId, new Date(now.getTime() + back * DAY_MS));
    for (const to of stages) {
      ago(30 - stages.indexOf(to));
      await hands.orders.move(tx, marta, repairId, { to, ...(to === stages.at(-1) ? { holder } : {}) });
    }
  }
  if (lucia) await playLucia(scene, hands, marta, lucia, { clock, now, ago });
}

async function taken(
  tx: EntityManager,
  { devices, orders }: RepairHands,
  me: Principal,
  { caseId, imei, model, storeId }: Visited,
): Promise<{ repairId: string; deviceId: string }> {
  const { deviceId } = await devices.present(tx, me, {
    caseId,
    imei: imei ?? undefined,
    modelName: model ?? undefined,
  });
  const order = NewRepairBody.parse({ deviceId, storeId, fault: 'no_power', backUp: 'not_possible' });
  const { repairId } = await orders.open(tx, me, { caseId, ...order });
  return { repairId, deviceId };
}

const promised = (tx: EntityManager, { returns }: RepairHands, me: Principal, repairId: string, day: Date) =>
  returns.set(tx, me, repairId, { returnAt: day.toISOString() });

const shares = (customer: number, carrier: number, manufacturer = 0) => ({
  ...{ manufacturer, carrier, goodwill: 0, customer },
});

const WAYS: RepairOption[] = [
  { way: 'repair', currency: 'EUR', shares: shares(10_000, 10_000), daysWithoutPhone: 5, data: 'kept', note: '' },
  {
    way: 'replace',
    currency: 'EUR',
    shares: shares(24_900, 10_000),
    daysWithoutPhone: 2,
    data: 'lost',
    note: 'Reacondicionado',
  },
  {
    way: 'refund',
    currency: 'EUR',
    shares: shares(0, 0, 71_900),
    daysWithoutPhone: 14,
    data: 'lost',
    note: 'Solo si falla la reparación',
  },
];

const quoteUntil = (day: Date): QuoteBody =>
  QuoteBody.parse({
    lines: [
      {
        description: 'Placa base Auriga One',
        kind: 'part',
        listCents: 31_000,
        agreedCents: 14_500,
        agreement: 'Convenio Nexo–Orbe 2026-14',
      },
      {
        description: 'Mano de obra',
        kind: 'labour',
        listCents: 9000,
        agreedCents: 5500,
        agreement: 'Convenio Nexo–Orbe 2026-14',
      },
    ],
    contributions: [{ payer: 'carrier', cents: 10_000 }],
    cover: { months: 6, what: 'La placa y la mano de obra, con recogida en tienda' },
    validUntil: day.toISOString(),
  });

/** 400 € of the list, 200 € by agreement, 100 € of them the carrier's: she decides about the rest. */
async function playLucia(
  scene: Scene,
  hands: RepairHands,
  me: Principal,
  visit: Visited,
  { clock, now, ago }: { clock: DemoClock; now: Date; ago: (hours: number) => Date },
): Promise<void> {
  const { tx } = scene;
  const later = (days: number) => new Date(now.getTime() + days * DAY_MS);
  ago(46);
  const { repairId, deviceId } = await taken(tx, hands, me, visit);
  await promised(tx, hands, me, repairId, later(5));
  await hands.data.agree(tx, me, repairId, {
    ...{ byName: 'Lucía Ferrer Aguado', how: 'store', categories: ['photos', 'contacts', 'messages'], mayErase: false },
  });
  // Sent in earnest: Orbe's own system has the ticket from the first minute on.
  const orbe = await Entrusted.give(scene, hands.companies, clock, {
    ...{ now, me, hours: 45, partner: 'Orbe', mode: 'custody', caseId: visit.caseId, deviceId, repairId },
    ask: 'Does not turn on after charging. Find out why and quote; the photos on it matter most, wipe nothing.',
    form: { service: 'Repair' },
  });
  const legId = await orbe.label(44.8, 'goya', 'Ruta Exprés');
  await orbe.leaves(44, legId);
  const engineer = { name: 'Hanna Keller', email: 'hanna.keller@orbe.test' };
  await orbe.hear(43, { kind: 'accepted', partnerRef: 'RMA-77412', engineer, etaAt: later(5).toISOString() });
  await orbe.customerKnows();
  await orbe.hear(24, { kind: 'received' });
  await orbe.hear(22.5, { kind: 'in_progress', text: 'Board under the microscope.' }, 'Hanna Keller');
  ago(22);
  await hands.orders.move(tx, me, repairId, { to: 'diagnosed' });
  await hands.ways.compare(tx, me, repairId, { options: WAYS });
  const entryId = await orbe.hear(4, { kind: 'quoted', quote: { ...ORBE_QUOTE, validUntil: later(6).toISOString() } });
  ago(3);
  await hands.ways.decide(tx, me, repairId, { way: 'repair', reason: 'Lo primero son las fotos de su hija' });
  const quoteId = await hands.quotes.draft(tx, me, repairId, quoteUntil(later(6)));
  // It is their price, written down as ours: it is not written down twice, and they hear what she decides.
  await tx.query('update quote set from_entry = $2 where id = $1', [quoteId, entryId]);
  await hands.quotes.offer(tx, me, quoteId, { tell: true });
  await hands.relief.plan(tx, me, visit.caseId, {
    ...{
      kind: 'duplicate_sim',
      impact: 'data',
      note: 'eSIM en el préstamo',
      dueAt: new Date(now.getTime() + 2 * HOUR_MS).toISOString(),
    },
  });
}
