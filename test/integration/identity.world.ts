import type { EntityManager } from 'typeorm';
import { ContactPoints, lockCase, OneTimeCodes, openCode, ProofService } from '#cases';
import type { AddContactPointBody, EndReason } from '#contracts';
import type { Principal } from '#identity';
import { Secrets, withRetry } from '#platform';
import { aPerson, arrive, aStore, mail, openRooms } from '../factories/rooms.js';

/** What a promise that fails throws on purpose. */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );

/** The rooms with an agent and store staff, and short ways to change what identifies somebody and to prove who they are. */
export async function openIdentity() {
  const rooms = await openRooms();
  const agent = await aPerson(rooms);
  const storeId = await aStore(rooms);
  const clerk = await aPerson(rooms, 'store', storeId);
  const supervisor = await aPerson(rooms, 'supervisor');
  const rows = (sql: string, ...values: unknown[]) => rooms.db.query(sql, values);
  const one = async (sql: string, ...values: unknown[]) => (await rows(sql, ...values))[0];
  const inTx = <T>(work: (tx: EntityManager) => Promise<T>) => withRetry(rooms.database, work);
  const points = rooms.get(ContactPoints);
  const proofs = rooms.get(ProofService);
  const codes = rooms.get(OneTimeCodes);

  const add = (customerId: string, body: Partial<AddContactPointBody>, by: Principal = agent) =>
    inTx((tx) => points.add(tx, by, customerId, { kind: 'phone', value: '', shared: false, ...body }));
  const end = (customerId: string, id: string, reason: EndReason = 'somebody_else', by: Principal = agent) =>
    inTx((tx) => points.end(tx, by, customerId, id, reason));
  const share = (customerId: string, id: string, shared = true) =>
    inTx((tx) => points.share(tx, agent, customerId, id, shared));
  const pointOf = async (value: string) =>
    String(
      (await one('select id from contact_point where value = $1 and valid_to is null and not shared', value))?.['id'],
    );
  const level = (caseId: string) => inTx((tx) => proofs.levelOf(tx, caseId));
  const seen = (caseId: string, number: string, by: Principal = supervisor) =>
    inTx(async (tx) =>
      proofs.documentSeen(tx, by, await lockCase(tx, by, caseId), {
        method: 'document_seen',
        document: { kind: 'nif', number },
      }),
    );
  const send = (caseId: string, contactPointId: string) =>
    inTx(async (tx) => codes.send(tx, agent, await lockCase(tx, agent, caseId), contactPointId));
  const confirm = (caseId: string, code: string) =>
    inTx(async (tx) => codes.confirm(tx, agent, await lockCase(tx, agent, caseId), code));
  /** What the customer reads in the message. */
  const readCode = async (codeId: string) => {
    const row = await one('select sealed from one_time_code where id = $1', codeId);
    return openCode(rooms.get(Secrets), String(row?.['sealed']));
  };
  const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

  let serial = 0;
  const anAddress = () => `quien${(serial += 1)}@correo.test`;
  const aNumber = () => `+346120${String((serial += 1)).padStart(5, '0')}`;
  /** Somebody who has written by mail: their case, their address. */
  async function aWriter(address = anAddress()) {
    const arrival = await arrive(rooms, mail(address));
    return { ...arrival, address, contactPointId: await pointOf(address) };
  }
  return {
    rooms,
    agent,
    clerk,
    storeId,
    supervisor,
    rows,
    one,
    inTx,
    points,
    proofs,
    codes,
    add,
    end,
    share,
    pointOf,
    level,
    seen,
    send,
    confirm,
    readCode,
    wrong,
    anAddress,
    aNumber,
    aWriter,
  };
}
export type IdentityWorld = Awaited<ReturnType<typeof openIdentity>>;
