import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CustomerRow, SearchHit } from '#contracts';
import { plannedEachTime } from '#platform';
import { theirs } from './case-row.sql.js';
import { CustomerView, type TypedKeys } from './customer.view.js';
import { DeviceView } from './device.view.js';
import type { Reader } from './inbox.view.js';
import { LoanerView } from './loaners/loaner.view.js';
import { ALL, matching, says, type Bind } from './search.sql.js';

/** So much of what was said stands beside a hit. */
const EXCERPT = 200;

/** No label of a loaner is longer. */
const LABEL = 40;

interface Asked {
  /** As it was typed. */
  q: string;
  /** As addresses, a reference or a name, as far as it can be that and the reader may look for it. */
  keys: TypedKeys;
  /** So many of each kind. */
  limit: number;
}

/** Everything that is found by one box, of all kinds at once. */
@Injectable()
export class SearchView {
  constructor(
    private readonly database: DataSource,
    private readonly customers: CustomerView,
    private readonly loaners: LoanerView,
    private readonly devices: DeviceView,
  ) {}

  /** Nothing of a case the reader may not see; of customers what CustomerView says of them. */
  async find(reader: Reader, { q, keys, limit }: Asked): Promise<SearchHit[]> {
    const [cases, people, devices, phones, said] = await Promise.all([
      this.ask(reader, (bind, conditions) => casesFor(q, { bind, conditions, openAndClosed: true, limit })),
      this.customers.find(reader, keys, limit),
      q.length <= LABEL ? this.devices.find(reader, q, limit) : [],
      q.length <= LABEL ? this.loaners.find(reader, q, limit) : [],
      this.ask(reader, (bind, conditions) => saidFor(q, { bind, conditions, limit })),
    ]);
    return [...cases, ...people.map(customerHit), ...devices, ...phones, ...said];
  }

  private async ask(reader: Reader, statement: (bind: Bind, conditions: string) => string): Promise<SearchHit[]> {
    const parameters: unknown[] = [];
    const bind: Bind = (value) => `$${parameters.push(value)}`;
    const conditions = reader.storeId === null ? ALL : theirs(bind(reader.storeId));
    return this.database.query(plannedEachTime(statement(bind, conditions)), parameters);
  }
}

const casesFor = (q: string, wanted: Parameters<typeof matching>[1]): string =>
  `select 'case' as kind, c.id, c.customer_name as title, coalesce(c.problem, c.preview) as text, c.id as "caseId", c.reference, iso(c.last_interaction_at) as at
   from ${matching(q, wanted)} h join cases c on c.id = h.id order by h.at desc, h.id desc`;

interface SaidWanted {
  conditions: string;
  limit: number;
  bind: Bind;
}

const saidFor = (q: string, { conditions, limit, bind }: SaidWanted): string =>
  `select 'interaction' as kind, i.id, i.author_name as title, left(i.text, ${EXCERPT}) as text, c.id as "caseId", c.reference, iso(i.occurred_at) as at
   from interaction i join cases c on c.id = i.case_id left join delivery d on d.interaction_id = i.id
   where ${says(bind(q))} and ${conditions} and d.state is distinct from 'undone' order by i.id desc limit ${limit}`;

const customerHit = ({ id, displayName, contactPoints, openCase }: CustomerRow): SearchHit => ({
  kind: 'customer',
  id,
  title: displayName,
  text: contactPoints.map(({ display }) => display).join(' · '),
  caseId: openCase?.id ?? null,
  reference: openCase?.reference ?? null,
  at: null,
});
