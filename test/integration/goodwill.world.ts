import type { Benefit, CaseBenefits, GiveBenefitBody, ImpactKind, Tier } from '#contracts';
import {
  Accruals,
  BenefitDecisions,
  Benefits,
  Compensations,
  GoodwillStanding,
  Restorations,
  RuleProposals,
} from '#goodwill';
import type { Principal } from '#identity';
import { ClockService } from '#sla';
import { BenefitView } from '#views';
import { aPerson, arrive, dm, readerOf } from '../factories/rooms.js';
import { openStory, type StoryWorld } from './story.world.js';

export const DAY_MS = 86_400_000;
/** A minute past four in the morning in Madrid on the first of November: ten days of this month are ten of thirty. */
export const FIRST = '2026-11-01T03:01:00.000Z';

export type Gift = GiveBenefitBody;
export const discount = (more: Partial<Extract<Gift, { kind: 'fee_discount' }>> = {}): Gift => ({
  ...{ kind: 'fee_discount', percent: 70, monthlyFeeCents: 3000, currency: 'EUR', reason: 'Sin línea' },
  ...more,
});
export const voucher = (amountCents = 1000, more: Partial<Extract<Gift, { kind: 'voucher' }>> = {}): Gift => ({
  ...{ kind: 'voucher', purpose: 'data', amountCents, currency: 'EUR', validDays: 30, reason: 'Por la espera' },
  ...more,
});

export const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error as { code?: unknown }).code,
  );

const CALLS: ImpactKind[] = ['calls'];

export interface GoodwillWorld extends StoryWorld {
  supervisor: Principal;
  other: Principal;
  admin: Principal;
  /** A case that lacks something, of a customer with this tier who pays this much a month. */
  aCase: (options?: { tier?: Tier; lacks?: ImpactKind[]; feeCents?: number | null }) => Promise<string>;
  customerOf: (caseId: string) => Promise<string>;
  give: (caseId: string, gift: Gift, by?: Principal) => Promise<{ benefitId: string; waits: boolean }>;
  decisions: () => BenefitDecisions;
  tx: StoryWorld['rooms']['database']['transaction'];
  list: (caseId: string) => Promise<Benefit[]>;
  one: (id: string) => Promise<Awaited<ReturnType<BenefitView['one']>>>;
  standing: (caseId: string, by?: Principal) => Promise<Pick<CaseBenefits, 'without' | 'timeZone' | 'left'>>;
  /** What sweeps do by themselves: propose, count days, stop what has come to its end. */
  propose: () => Promise<void>;
  count: () => Promise<void>;
  /** As the relay does after something works again. */
  settle: (caseId: string) => Promise<void>;
}

export async function openGoodwill(environment: NodeJS.ProcessEnv = {}): Promise<GoodwillWorld> {
  const story = await openStory(environment);
  const { rooms, agent } = story;
  const { database, db } = rooms;
  const [supervisor, other, admin] = await Promise.all([
    aPerson(rooms, 'supervisor'),
    aPerson(rooms, 'supervisor'),
    aPerson(rooms, 'admin'),
  ]);
  let serial = 0;
  const customerOf = async (caseId: string) =>
    (await db.query<{ id: string }>('select customer_id as id from cases where id = $1', [caseId]))[0]?.id ?? '';
  const countOnce = async () => {
    const { more, settle } = await database.transaction((tx) => rooms.get(Accruals).countSome(tx));
    for (const caseId of settle) await database.transaction((tx) => rooms.get(Restorations).settle(tx, caseId));
    return more;
  };
  return {
    ...story,
    ...{ supervisor, other, admin, customerOf },
    aCase: async ({ tier = 'standard', lacks = CALLS, feeCents = 3000 } = {}) => {
      serial += 1;
      const at = rooms.clock.now().toISOString();
      const { caseId } = await arrive(rooms, dm(`${880_000 + serial}`, { occurredAt: at }));
      const customerId = await customerOf(caseId);
      await db.query('update customer set tier = $2 where id = $1', [customerId, tier]);
      if (feeCents !== null)
        await db.query(
          `insert into customer_account (id, customer_id, source, number, data, as_of, created_at, updated_at) values (new_id(), $1, 'crm', $2, $3, $4, $4, $4)`,
          [
            customerId,
            `NX-${serial}`,
            JSON.stringify({ valueShortCents: feeCents, currency: 'EUR', plan: 'Móvil' }),
            at,
          ],
        );
      for (const kind of lacks) await story.report(caseId, kind);
      return caseId;
    },
    give: (caseId, gift, by = agent) =>
      database.transaction((tx) => rooms.get(Benefits).give(tx, by, { ...gift, caseId })),
    decisions: () => rooms.get(BenefitDecisions),
    tx: database.transaction.bind(database),
    list: async (caseId) => (await rooms.get(BenefitView).ofCase(database.manager, readerOf(agent), caseId)).items,
    one: (id) => rooms.get(BenefitView).one(database.manager, readerOf(agent), id),
    standing: async (caseId, by = agent) => {
      const { customerId, tier } = await rooms.get(BenefitView).ofCase(database.manager, readerOf(agent), caseId);
      return rooms.get(GoodwillStanding).of(database.manager, by.role, { caseId, customerId, tier });
    },
    propose: async () => {
      const open = await db.query<{ id: string }>('select id from cases where is_open');
      await database.transaction((tx) =>
        rooms.get(ClockService).advance(
          tx,
          open.map(({ id }) => id),
        ),
      );
      for (let more = true; more;) more = await database.transaction((tx) => rooms.get(RuleProposals).proposeSome(tx));
    },
    count: async () => {
      for (let more = true; more;) more = await countOnce();
    },
    settle: async (caseId) => {
      const events = await db.query<{ seq: string; at: Date }>(
        `select seq::text, at from case_event where case_id = $1 and type = 'impact.moved' and data ->> 'to' = 'restored' order by seq`,
        [caseId],
      );
      for (const event of events) await database.transaction((tx) => rooms.get(Restorations).settle(tx, caseId, event));
    },
  };
}

export const compensations = (world: GoodwillWorld): Compensations => world.rooms.get(Compensations);
