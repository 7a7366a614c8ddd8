import { HandoverService, record, actorOf, SYSTEM, type NewEvent } from '#cases';
import type { NotificationPreferences } from '#contracts';
import type { Principal } from '#identity';
import { newId } from '#platform';
import { NotificationWishes, Teller } from '#notifications';
import { arrive, mail, type Rooms } from '../factories/rooms.js';

/** A notification as it stands in the database. */
export interface Row {
  id: string;
  agent: string;
  case_id: string | null;
  kind: string;
  values: Record<string, unknown>;
  read_at: Date | null;
  mail_at: Date | null;
  mail_id: string | null;
}

let serial = 0;

/** Somebody's case: who writes, whose it is. That it was opened is told already. */
export async function caseOf(rooms: Rooms, owner: Principal | null, name = 'Lucía Ferrer') {
  const address = `n${(serial += 1)}@correo.test`;
  const { caseId, customerId } = await arrive(rooms, mail(address, { displayName: name }));
  await rooms.db.query('delete from case_outbox where event_id in (select id from case_event where case_id = $1)', [
    caseId,
  ]);
  if (owner) await rooms.db.query('update cases set assignee_id = $2 where id = $1', [caseId, owner.id]);
  const [row] = await rooms.db.query<{ reference: string }>('select reference from cases where id = $1', [caseId]);
  return { caseId, customerId, address, reference: row?.reference ?? '' };
}

/** What has happened since it was asked last is told, as the relay has it told. @returns who was told something new */
export async function tellAll(rooms: Rooms): Promise<string[]> {
  const events = await rooms.db.query<{ id: string }>('select event_id as id from case_outbox');
  await rooms.db.query('delete from case_outbox');
  const ids = events.map(({ id }) => id);
  return rooms.database.transaction((tx) => rooms.get(Teller).tellOf(tx, ids));
}

/** Something happens to a case. */
export const happens = (rooms: Rooms, caseId: string, event: NewEvent, by: Principal | null = null): Promise<number> =>
  rooms.database.transaction((tx) => record(tx, caseId, by ? actorOf(by) : SYSTEM, 'test', rooms.clock.now(), [event]));

/** A rung of the ladder was climbed. */
export const raised = (
  accountable: Principal | null,
  told: Principal[] = [],
  acknowledgeBy: string | null = '2026-03-02T09:15:00.000Z',
): NewEvent => ({
  type: 'escalation.raised',
  data: {
    ...{ escalationId: newId(), metric: 'relief', round: 1, rung: 1, reason: 'breach', queueId: null, acknowledgeBy },
    ...{ accountableId: accountable?.id ?? null, accountableName: accountable?.displayName ?? null },
    toldIds: told.map(({ id }) => id),
  },
});

export const rowsOf = (rooms: Rooms, agentId: string): Promise<Row[]> =>
  rooms.db.query<Row & Record<string, unknown>>(
    'select *, agent_id as agent from notification where agent_id = $1 order by at, id',
    [agentId],
  );

export const kindsOf = async (rooms: Rooms, agentId: string): Promise<string[]> =>
  (await rowsOf(rooms, agentId)).map(({ kind }) => kind);

export const wants = (rooms: Rooms, person: Principal, preferences: NotificationPreferences) =>
  rooms.database.transaction((tx) => rooms.get(NotificationWishes).keep(tx, person.id, preferences));

export const hand = (rooms: Rooms, by: Principal, caseId: string, to: { agentId: string }) =>
  rooms.database.transaction((tx) => rooms.get(HandoverService).hand(tx, by, caseId, { to, reason: 'Le conoce' }));

export const handToStore = (rooms: Rooms, by: Principal, caseId: string, storeId: string) =>
  rooms.database.transaction((tx) =>
    rooms.get(HandoverService).hand(tx, by, caseId, { to: { storeId }, reason: 'Está cerca' }),
  );
