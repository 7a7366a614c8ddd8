import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CompensatedService, CompensationState, LegalTerms, NewCompensationBody } from '#contracts';
import { actorOf, lockLiving, record, SYSTEM, type Actor } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, CONFIG, DomainError, newId, type Clock, type Config } from '#platform';
import { lockGoodwillOf } from '../benefits/benefit.store.js';
import { zoneOf } from '../benefits/impairment.js';
import { Outbox } from '../outbox/outbox.js';
import { GoodwillSettings } from '../rules/limits.service.js';
import { isAutomatic, owedBy, type Interval } from './legal.rules.js';

const YEAR_MS = 366 * 86_400_000;

interface CompensationRecord {
  id: string;
  caseId: string;
  customerId: string;
  service: CompensatedService;
  state: CompensationState;
  fromAt: Date;
  toAt: Date | null;
  timeZone: string;
  monthlyFeeCents: number;
  averageCents: number | null;
  currency: string;
  terms: LegalTerms;
}

const RECORD = `k.id, k.case_id as "caseId", k.customer_id as "customerId", k.service, k.state, k.from_at as "fromAt", k.to_at as "toAt",
  k.time_zone as "timeZone", k.monthly_fee_cents::float8 as "monthlyFeeCents", k.average_cents::float8 as "averageCents", k.currency,
  (select t.content from legal_terms t where t.version = k.terms_version) as terms`;

const MS = (moment: string): string => `extract(epoch from ${moment}::timestamptz)::float8 * 1000`;

/** What the law says is owed when the network failed somebody. A ledger of its own: nothing that is given is ever taken from it. */
@Injectable()
export class Compensations {
  constructor(
    private readonly settings: GoodwillSettings,
    private readonly outbox: Outbox,
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Somebody says that the service itself was interrupted, and how long; what still lasts ends when all works again.
   * @returns its id
   * @throws DomainError permission.denied, case.not_found, compensation.bad_time, compensation.overlaps
   */
  async open(tx: EntityManager, by: Principal, idOrReference: string, body: NewCompensationBody): Promise<string> {
    demand(by, 'goodwill.give');
    const found = await lockLiving(tx, by, idOrReference);
    await lockGoodwillOf(tx, found.customerId);
    const now = this.clock.now();
    const [from, to] = [new Date(body.from), body.to === null ? null : new Date(body.to)];
    if ((to ?? from) > now || from > now || (to ?? now).getTime() - from.getTime() > YEAR_MS)
      throw new DomainError('compensation.bad_time');
    const others: unknown[] = await tx.query(
      `select from legal_compensation where customer_id = $1 and service = $2 and state <> 'withdrawn'
         and tstzrange(from_at, to_at) && tstzrange($3, $4) limit 1`,
      [found.customerId, body.service, from, to],
    );
    if (others.length > 0) throw new DomainError('compensation.overlaps');
    const { version } = await this.settings.legal(tx);
    const [id, timeZone] = [newId(), await zoneOf(tx, found.id, this.config.timeZone)];
    await tx.query(
      `insert into legal_compensation (id, case_id, customer_id, service, state, terms_version, from_at, time_zone, monthly_fee_cents, average_cents,
         currency, reason, recorded_by, created_at, state_at) values ($1, $2, $3, $4, 'running', $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)`,
      [
        ...[id, found.id, found.customerId, body.service, version, from, timeZone, body.monthlyFeeCents],
        ...[body.averageCents, body.currency, body.reason, by.id, now],
      ],
    );
    await record(tx, found.id, actorOf(by), 'goodwill', now, [
      { type: 'compensation.recorded', data: { compensationId: id, service: body.service } },
    ]);
    if (to) await this.owe(tx, await this.one(tx, id), to, actorOf(by));
    return id;
  }

  /** All works again: what still ran is owed up to that moment. The case is locked by the caller. */
  async settle(tx: EntityManager, caseId: string, at: Date): Promise<void> {
    const running: CompensationRecord[] = await tx.query(
      `select ${RECORD} from legal_compensation k where k.case_id = $1 and k.state = 'running' order by k.id for update`,
      [caseId],
    );
    for (const one of running) if (one.fromAt < at) await this.owe(tx, one, at, SYSTEM);
  }

  /**
   * What those come to by now that still run, each as if all worked again in this moment; of the others nothing is said.
   * @returns cents by id
   */
  async soFar(tx: EntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (ids.length === 0) return new Map();
    const now = this.clock.now();
    // Of two that run beside each other since a merge the older one counts the time they share, as it does in the end.
    const running: (CompensationRecord & { covered: Interval[] })[] = await tx.query(
      `select ${RECORD}, (select coalesce(json_agg(json_build_object('from', ${MS('o.from_at')}, 'to', ${MS('coalesce(o.to_at, $2)')})), '[]')
         from legal_compensation o where o.customer_id = k.customer_id and o.service = k.service
           and (o.state = 'owed' or (o.state = 'running' and o.case_id = k.case_id and o.id < k.id))) as covered
       from legal_compensation k where k.id = any($1) and k.state = 'running'`,
      [ids, now],
    );
    return new Map(running.map((one) => [one.id, owedBy(one, one.covered, now, one.terms)]));
  }

  /** It was no interruption of the service. @throws DomainError permission.denied, compensation.not_found, compensation.settled */
  async withdraw(tx: EntityManager, by: Principal, id: string, reason: string): Promise<string> {
    demand(by, 'goodwill.give');
    const [where]: { caseId: string }[] = await tx.query(
      'select case_id as "caseId" from legal_compensation where id = $1',
      [id],
    );
    if (!where) throw new DomainError('compensation.not_found');
    // Case before compensation, as everybody takes them.
    const { id: caseId } = await lockLiving(tx, by, where.caseId).catch((error: unknown) => {
      if (error instanceof DomainError && error.code === 'case.not_found')
        throw new DomainError('compensation.not_found');
      throw error;
    });
    const { state, service } = await this.one(tx, id);
    if (state !== 'running') throw new DomainError('compensation.settled');
    const now = this.clock.now();
    await tx.query(`update legal_compensation set state = 'withdrawn', state_at = $2 where id = $1`, [id, now]);
    await record(tx, caseId, actorOf(by), 'goodwill', now, [
      { type: 'compensation.withdrawn', data: { compensationId: id, service, reason } },
    ]);
    return caseId;
  }

  private async owe(tx: EntityManager, one: CompensationRecord, to: Date, actor: Actor): Promise<void> {
    const { id, caseId, customerId, service, fromAt, currency, terms } = one;
    const covered: Interval[] = await tx.query(
      `select ${MS('from_at')} as from, ${MS('to_at')} as to from legal_compensation
       where customer_id = $1 and service = $2 and state = 'owed' and id <> $3 and to_at is not null`,
      [customerId, service, id],
    );
    const totalCents = owedBy(one, covered, to, terms);
    const now = this.clock.now();
    await tx.query(
      `update legal_compensation set state = 'owed', to_at = $2, amount_cents = $3, state_at = $4 where id = $1`,
      [id, to, totalCents, now],
    );
    await record(tx, caseId, actor, 'goodwill', now, [
      { type: 'compensation.owed', data: { compensationId: id, service, totalCents, currency } },
    ]);
    if (!isAutomatic(totalCents, currency, terms)) return;
    await this.outbox.tellOfCompensation(tx, 'compensation.owed', one, {
      ...{ service, amount: { cents: totalCents, currency }, source: terms.source },
      ...{ from: fromAt.toISOString(), to: to.toISOString() },
    });
  }

  private async one(tx: EntityManager, id: string): Promise<CompensationRecord> {
    const [row]: CompensationRecord[] = await tx.query(
      `select ${RECORD} from legal_compensation k where k.id = $1 for update`,
      [id],
    );
    if (!row) throw new DomainError('compensation.not_found');
    return row;
  }
}
