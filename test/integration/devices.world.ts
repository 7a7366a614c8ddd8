import type { PresentDeviceBody, WarrantyDecisionBody } from '#contracts';
import type { Principal } from '#identity';
import { withRetry } from '#platform';
import { DeviceFaults, DeviceReader, DeviceRecords, Devices, SecondOpinions, WarrantyDecisions } from '#repairs';
import { aPerson, arrive, aStore, dm, openRooms, type Rooms } from '../factories/rooms.js';

let serial = 700_000;

/** IMEIs of phones nobody has, with their check digit. */
export function anImei(tac = '35391211'): string {
  const body = `${tac}${String((serial += 1)).padStart(6, '0')}`;
  const sum = [...body].reduce((total, digit, at) => {
    const worth = at % 2 === 1 ? Number(digit) * 2 : Number(digit);
    return total + Math.trunc(worth / 10) + (worth % 10);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** Rooms with people who show phones and decide about them. */
export async function openDevices() {
  const rooms: Rooms = await openRooms();
  const storeId = await aStore(rooms);
  const agent = await aPerson(rooms, 'agent');
  const seller = await aPerson(rooms, 'store', storeId);
  const supervisor = await aPerson(rooms, 'supervisor');
  const { manager } = rooms.database;
  const aCase = async (): Promise<string> => {
    const { caseId } = await arrive(rooms, dm(String((serial += 1))));
    // Whoever works in the store sees it, as if it had come there.
    await rooms.db.query('insert into case_store (case_id, store_id) values ($1, $2)', [caseId, storeId]);
    return caseId;
  };
  return {
    rooms,
    storeId,
    agent,
    seller,
    supervisor,
    aCase,
    present: (caseId: string, body: PresentDeviceBody, by: Principal = seller) =>
      withRetry(rooms.database, (tx) => rooms.get(Devices).present(tx, by, { ...body, caseId })),
    fault: (caseId: string, deviceId: string, kind: NonNullable<PresentDeviceBody['fault']>) =>
      withRetry(rooms.database, (tx) => rooms.get(DeviceFaults).add(tx, seller, caseId, deviceId, { kind })),
    decide: (caseId: string, body: Partial<WarrantyDecisionBody> & { deviceId: string }, by: Principal = seller) =>
      withRetry(rooms.database, (tx) =>
        rooms.get(WarrantyDecisions).decide(tx, by, { outcome: 'covered', ...body, caseId }),
      ),
    devicesOf: (caseId: string, by: Principal = supervisor) => rooms.get(DeviceReader).ofCase(manager, by, caseId),
    one: (id: string, by: Principal = supervisor) => rooms.get(DeviceReader).one(manager, by, id),
    find: (typed: string) => rooms.get(DeviceReader).find(manager, supervisor, typed),
    records: rooms.get(DeviceRecords),
    decisions: rooms.get(WarrantyDecisions),
    opinions: rooms.get(SecondOpinions),
    run: <T>(deed: (tx: Rooms['database']['manager']) => Promise<T>) => withRetry(rooms.database, deed),
    eventsOf: async (caseId: string) =>
      (
        await rooms.db.query<{ type: string }>(
          `select type from case_event where case_id = $1 and (type like 'device.%' or type like 'warranty.%' or type = 'case.priority_changed') order by seq`,
          [caseId],
        )
      ).map(({ type }) => type),
    customerOf: async (caseId: string) =>
      (await rooms.db.query<{ id: string }>('select customer_id as id from cases where id = $1', [caseId]))[0]?.id ??
      '',
  };
}
export type DevicesWorld = Awaited<ReturnType<typeof openDevices>>;
