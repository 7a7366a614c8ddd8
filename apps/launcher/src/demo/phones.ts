import { Readable } from 'node:stream';
import { Purchase } from '#contracts';
import type { DeviceFaults, DeviceModels, Devices, SecondOpinions, WarrantyDecisions } from '#repairs';
import { person, type DemoClock, type Scene } from './scene.js';

/** What plays the phones of the demo. */
export interface PhoneHands {
  devices: Devices;
  models: DeviceModels;
  faults: DeviceFaults;
  decisions: WarrantyDecisions;
  opinions: SecondOpinions;
}

const HOUR_MS = 3_600_000;

/** What the carrier sells, and by which digits it is known. */
const TABLE = `tac;brand;model;os;sim
35693803;Auriga;One;android;nano|esim
86412505;Boreal;7;android;nano|nano
35391211;Auriga;Two;android;nano|esim
35209900;Cénit;Mini;ios;nano|esim
35407115;Cénit;Pro;ios;esim
86725604;Duero;Lite;android;nano`;

const SHOWN = `select k.case_id as "caseId", k.device_id as "deviceId", c.customer_name as customer
  from case_device k join cases c on c.id = k.case_id where c.is_open order by k.first_at, k.device_id limit 12`;

/** The table of models, when phones were bought, and what was decided about three of them. */
export async function playPhones(scene: Scene, hands: PhoneHands, clock: DemoClock, now: Date): Promise<void> {
  const { tx } = scene;
  const [elena, marta] = [person(scene, 'elena'), person(scene, 'marta')];
  const at = (hours: number) => (clock.at = new Date(now.getTime() - hours * HOUR_MS));
  const day = (days: number) => new Date(now.getTime() - days * 24 * HOUR_MS).toISOString().slice(0, 10);
  at(60);
  await hands.models.import(tx, elena, Readable.from([Buffer.from(TABLE)]), false);
  const shown: { caseId: string; deviceId: string; customer: string }[] = await tx.query(SHOWN);
  for (const [place, { caseId, deviceId }] of shown.entries()) {
    at(28);
    const purchase = { boughtOn: day(65 + place * 290), sellerKind: 'carrier', seller: 'Nexo', proof: 'own_records' };
    await hands.devices.change(tx, marta, caseId, deviceId, { purchase: Purchase.parse(purchase) });
    await hands.faults.add(tx, marta, caseId, deviceId, { kind: place % 2 === 0 ? 'no_power' : 'screen' });
  }
  const [first, second, third] = shown.toSorted(
    (one, other) => Number(other.customer.startsWith('Lucía')) - Number(one.customer.startsWith('Lucía')),
  );
  const no = {
    outcome: 'partial' as const,
    clause: 'Daños por líquidos: no son una falta de conformidad de origen (TRLGDCU art. 117)',
    plainWords: 'La placa ha fallado por la humedad, y eso no lo cubre la garantía. La mano de obra sí la asumimos.',
    nextStep: 'Te hemos hecho un presupuesto; también puedes pedir que lo mire otra persona.',
  };
  at(20);
  if (first) await hands.decisions.decide(tx, elena, { ...first, ...no, tell: true });
  if (second) await hands.decisions.decide(tx, marta, { ...second, outcome: 'covered' });
  if (third) {
    const { decisionId } = await hands.decisions.decide(tx, elena, { ...third, ...no, outcome: 'not_covered' });
    at(6);
    await hands.opinions.ask(tx, marta, decisionId, 'En las fotos el sensor de humedad se ve blanco.');
  }
}
