import { LoanDecisions, LoanerModels, LoanerPool, LoanLosses, LoanRounds, Loans, Reservations } from '#loaners';
import type { HygieneStep, LendBody, LoanDecisionBody, LoanerModelBody, TakeBackBody } from '#contracts';
import type { Principal } from '#identity';
import { newId } from '#platform';
import type { EntityManager } from 'typeorm';
import { aPerson, aStore, arrive, dm, openRooms, type Rooms } from '../factories/rooms.js';

/** A house that lends phones: a store with its staff, and deeds each in a transaction of its own. */
export interface LoanersWorld {
  rooms: Rooms;
  storeId: string;
  agent: Principal;
  clerk: Principal;
  boss: Principal;
  do: <T>(work: (tx: EntityManager) => Promise<T>) => Promise<T>;
  aCase: (lacks?: ('calls' | 'data' | 'apps')[]) => Promise<string>;
  model: (body?: Partial<LoanerModelBody>) => Promise<string>;
  loaner: (modelId: string, storeId?: string) => Promise<string>;
  decide: (
    caseId: string,
    body: Partial<LoanDecisionBody>,
    by?: Principal,
  ) => Promise<{ decisionId: string; loanId?: string }>;
  reserve: (caseId: string, loanerId: string, by?: Principal) => Promise<string>;
  lend: (loanId: string, body?: Partial<LendBody>) => Promise<string>;
  takeBack: (loanId: string, body?: Partial<TakeBackBody>, by?: Principal) => Promise<string>;
  /** Reserved and handed over at once. @returns the loan */
  lent: (caseId: string, loanerId: string, body?: Partial<LendBody>) => Promise<string>;
  stateOf: (loanerId: string) => Promise<string>;
  /** A step of the cleaning it is at, or of one that is named. */
  clean: (loanerId: string, step: HygieneStep, cleaningId?: string) => Promise<void>;
  cleaningOf: (loanerId: string) => Promise<string>;
  loan: (id: string) => Promise<Record<string, unknown>>;
  events: (
    caseId: string,
    like?: string,
  ) => Promise<{ type: string; data: Record<string, unknown>; actor_name: string }[]>;
  /** Messages nobody typed, oldest first. */
  told: (caseId: string) => Promise<string[]>;
  sweep: () => Promise<boolean>;
  pool: LoanerPool;
  reservations: Reservations;
  losses: LoanLosses;
  loans: Loans;
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const SIGNED = { unsignedBecause: 'Firma en papel' };

export async function openLoaners(): Promise<LoanersWorld> {
  const rooms = await openRooms();
  // What a store sees for a while ends by the clock of the database.
  rooms.clock.set(new Date(Math.ceil(Date.now() / DAY) * DAY + 10 * HOUR));
  const storeId = await aStore(rooms, 'Nexo Goya');
  const [agent, clerk, boss] = [
    await aPerson(rooms),
    await aPerson(rooms, 'store', storeId),
    await aPerson(rooms, 'supervisor'),
  ];
  let serial = 700_000;
  const work = <T>(deed: (tx: EntityManager) => Promise<T>): Promise<T> => rooms.database.transaction(deed);
  const decisions = rooms.get(LoanDecisions);
  const loans = rooms.get(Loans);
  const pool = rooms.get(LoanerPool);
  const decide: LoanersWorld['decide'] = (caseId, body, by = agent) =>
    work((tx) => decisions.decide(tx, by, { outcome: 'accepted', storeId, ...body, caseId }));
  const reserve: LoanersWorld['reserve'] = async (caseId, loanerId, by) =>
    (await decide(caseId, { loanerId }, by)).loanId ?? '';
  const lend: LoanersWorld['lend'] = (loanId, body) =>
    work((tx) => loans.handOver(tx, clerk, { termsVersion: 1, relieves: [], ...SIGNED, ...body, loanId }));
  const cleaningOf = async (loanerId: string): Promise<string> =>
    (await rooms.db.query<{ id: string | null }>('select cleaning_id as id from loaner where id = $1', [loanerId]))[0]
      ?.id ?? newId();
  return {
    cleaningOf,
    clean: async (loanerId, step, cleaningId) => {
      const round = cleaningId ?? (await cleaningOf(loanerId));
      await work((tx) => pool.clean(tx, clerk, loanerId, { cleaningId: round, step }));
    },
    ...{ rooms, storeId, agent, clerk, boss, decide, reserve, lend, pool, loans, do: work },
    reservations: rooms.get(Reservations),
    losses: rooms.get(LoanLosses),
    aCase: async (lacks = []) =>
      (
        await arrive(
          rooms,
          dm(String((serial += 1)), {
            lacks,
            displayName: 'Lucía Ferrer',
            occurredAt: rooms.clock.now().toISOString(),
          }),
        )
      ).caseId,
    model: (body) =>
      work((tx) =>
        rooms.get(LoanerModels).add(tx, boss, {
          brand: 'Auriga',
          name: `Uno ${(serial += 1)}`,
          os: 'android',
          sims: ['nano', 'esim'],
          ...body,
        }),
      ),
    loaner: (modelId, at = storeId) =>
      work((tx) => pool.add(tx, boss, { storeId: at, modelId, label: `P-${(serial += 1)}`, grade: 'B' })),
    takeBack: (loanId, body, by = clerk) => work((tx) => loans.takeBack(tx, by, { ...SIGNED, ...body, loanId })),
    lent: async (caseId, loanerId, body) => {
      const loanId = await reserve(caseId, loanerId, clerk.role === 'store' ? agent : clerk);
      await lend(loanId, body);
      return loanId;
    },
    stateOf: async (loanerId) =>
      (await rooms.db.query<{ state: string }>('select state from loaner where id = $1', [loanerId]))[0]?.state ?? '',
    loan: async (id) => (await rooms.db.query('select * from loan where id = $1', [id]))[0] ?? {},
    events: (caseId, like = 'loan.%') =>
      rooms.db.query('select type, data, actor_name from case_event where case_id = $1 and type like $2 order by seq', [
        caseId,
        like,
      ]),
    told: async (caseId) =>
      (
        await rooms.db.query<{ text: string }>(
          `select text from interaction where case_id = $1 and direction = 'outbound' and automatic order by id`,
          [caseId],
        )
      ).map(({ text }) => text),
    sweep: () => rooms.get(LoanRounds).run(),
  };
}
