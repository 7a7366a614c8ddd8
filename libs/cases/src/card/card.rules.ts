import {
  allows,
  GATED_ACTIONS,
  maskOf,
  type AccountData,
  type CustomerCard,
  type ProofLevel,
  type Said,
  type Tier,
  type TierRule,
} from '#contracts';
import { usualOf } from './account.rules.js';
import { commitmentWords } from './commitment.rules.js';
import { tierOf, tierWords, yearsBetween } from './tier.rules.js';
import { moneyOf, sumOf } from './value.rules.js';

export interface CardAccount {
  data: AccountData;
  said: Said;
}
export interface CardFacts {
  tier: Tier;
  accounts: CardAccount[];
  rules: TierRule[];
  level: ProofLevel;
  today: string;
}

const isOpen = ({ to }: { to: string | null }, today: string): boolean => to === null || to > today;

function valueOf(accounts: readonly CardAccount[]): CustomerCard['value'] {
  const over = (field: 'valueShortCents' | 'valueMidCents' | 'valueLongCents') =>
    sumOf(accounts.map(({ data }) => moneyOf(data[field], data.currency)));
  return { short: over('valueShortCents'), mid: over('valueMidCents'), long: over('valueLongCents') };
}

/** Why they stand where they stand: a system says so, the rule does, or it is on their record from before. */
function tierPart({ tier, accounts, rules }: CardFacts, years: number | null): CustomerCard['tier'] {
  const stated = accounts.find(({ data }) => data.tier === tier);
  const byRule = tierOf(rules, { years, monthly: sumOf(accounts.map(({ data }) => usualOf(data))) });
  const by = stated ? 'import' : byRule === tier ? 'rule' : 'standing';
  return { tier, by, words: tierWords(tier, by, rules, stated?.said.source ?? '') };
}

/** Those that end first before the others. */
const commitmentsOf = (accounts: readonly CardAccount[], today: string): CustomerCard['commitments'] =>
  accounts
    .flatMap(({ data, said }) =>
      (data.commitments ?? []).map((one) => {
        const currency = data.currency ?? 'EUR';
        return { ...one, currency, over: one.until < today, words: commitmentWords(one, currency, today), said };
      }),
    )
    .sort((one, other) => (one.until < other.until ? -1 : 1));

const devicesOf = (accounts: readonly CardAccount[]): CustomerCard['devices'] =>
  accounts.flatMap(({ data, said }) =>
    (data.devices ?? []).map(({ imei, model, since }) => ({ imei: maskOf('imei', imei), model, since, said })),
  );

/** What the accounts of a customer say together; each part with where it comes from. */
export function cardOf(
  facts: CardFacts,
): Pick<
  CustomerCard,
  | 'since'
  | 'years'
  | 'tier'
  | 'plans'
  | 'value'
  | 'commitmentsKnown'
  | 'commitments'
  | 'balances'
  | 'tell'
  | 'devices'
  | 'said'
> {
  const { accounts, today, level } = facts;
  const [since = null] = accounts.flatMap(({ data }) => data.since ?? []).sort();
  const years = since === null ? null : yearsBetween(since, today);
  return {
    since,
    years,
    tier: tierPart(facts, years),
    value: valueOf(accounts),
    plans: accounts.flatMap(({ data, said }) =>
      data.plan
        ? [{ name: data.plan, lines: data.lines?.filter((line) => isOpen(line, today)).length ?? null, said }]
        : [],
    ),
    commitmentsKnown: accounts.length > 0 && accounts.every(({ data }) => Array.isArray(data.commitments)),
    commitments: commitmentsOf(accounts, today),
    balances: accounts.flatMap(({ data, said }) => {
      const benefits = moneyOf(data.benefitsCents, data.currency);
      const points = data.points ?? null;
      return points === null && benefits === null ? [] : [{ points, benefits, said }];
    }),
    tell: { allowed: allows(level, 'balance.tell'), needs: GATED_ACTIONS['balance.tell'].level, has: level },
    devices: devicesOf(accounts),
    said: accounts.map(({ said }) => said),
  };
}
