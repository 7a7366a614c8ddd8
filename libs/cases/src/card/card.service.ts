import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CustomerCard, type AccountData, type Said, type Tier, type TierRule } from '#contracts';
import { visibleStore, type Principal } from '#identity';
import { CLOCK, CONFIG, DomainError, type Clock, type Config } from '#platform';
import { visible } from '../case-access.js';
import { ProofService } from '../identity/proof.service.js';
import { cardOf } from './card.rules.js';

interface Row {
  id: string;
  displayName: string;
  tier: Tier;
  language: 'es' | 'en';
  languageKnown: boolean;
  openCase: CustomerCard['openCase'];
  pastCases: number;
  accounts: { data: AccountData; said: Said }[];
  rules: TierRule[];
  preferences: {
    field: 'channel' | 'hours' | 'language' | 'formality';
    value: unknown;
    by: { id: string; displayName: string } | null;
    source: string;
    at: string;
  }[];
}

/** One customer, by their key and indexes on it; a store sees those whose cases it sees. */
const CARD = `
  select cu.id, cu.display_name as "displayName", cu.tier, cu.language, cu.language_known as "languageKnown",
    (select json_build_object('id', c.id, 'reference', c.reference) from cases c where c.customer_id = cu.id and c.is_open) as "openCase",
    (select count(*)::int from cases c where c.customer_id = cu.id and not c.is_open and c.status <> 'merged') as "pastCases",
    (select coalesce(json_agg(json_build_object('data', a.data, 'said', json_build_object('source', a.source, 'number', a.number, 'asOf', iso(a.as_of))) order by a.as_of desc, a.id), '[]')
      from customer_account a where a.customer_id = cu.id) as accounts,
    (select json_agg(json_build_object('tier', t.tier, 'minYears', t.min_years, 'minMonthlyCents', t.min_monthly_cents, 'currency', t.currency)) from tier_rule t) as rules,
    (select coalesce(json_agg(json_build_object('field', p.field, 'value', p.value, 'source', p.source, 'at', iso(p.set_at),
        'by', case when g.id is not null then json_build_object('id', g.id, 'displayName', g.display_name) end)), '[]')
      from customer_preference p left join agent g on g.id = p.set_by where p.customer_id = cu.id) as preferences
  from customer cu where cu.id = living_customer($1)
    and ($2::text is null or exists (select from cases c where c.customer_id = cu.id and ${visible('$2')}))`;

/** What is known of a customer beside their cases. */
@Injectable()
export class CustomerCards {
  constructor(
    private readonly database: DataSource,
    private readonly proofs: ProofService,
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError customer.not_found, also when the reader may see none of their cases */
  async one(principal: Principal, customerId: string, tx = this.database.manager): Promise<CustomerCard> {
    const [row]: Row[] = await tx.query(CARD, [customerId, visibleStore(principal)]);
    if (!row) throw new DomainError('customer.not_found');
    const level = row.openCase ? (await this.proofs.levelOf(tx, row.openCase.id)).level : 'none';
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: this.config.timeZone }).format(this.clock.now());
    const { preferences, accounts, rules, id, displayName, tier, language, languageKnown, openCase, pastCases } = row;
    const valueOf = (field: string) => preferences.find((one) => one.field === field)?.value ?? null;
    return CustomerCard.parse({
      customerId: id,
      displayName,
      ...cardOf({ tier, accounts, rules: rules ?? [], level, today }),
      preferences: {
        channel: valueOf('channel'),
        hours: valueOf('hours'),
        formality: valueOf('formality'),
        language,
        languageKnown,
        said: Object.fromEntries(preferences.map(({ field, by, source, at }) => [field, { by, source, at }])),
      },
      openCase,
      pastCases,
    });
  }
}
