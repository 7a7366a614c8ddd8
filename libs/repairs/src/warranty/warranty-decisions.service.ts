import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { decisionGaps, may, type Language, type WarrantyDecisionBody } from '#contracts';
import { actorOf, FactService, lockCase, record, type CaseRecord, type NewEvent } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { demandOnCase, lockDevice, type DeviceRecord } from '../devices/device.store.js';
import { holds } from './decision.states.js';
import { decisionAt, demandEvidence, lockDecision, moveDecision, type DecisionRecord } from './decision.store.js';

export type DecisionWords = Omit<WarrantyDecisionBody, 'deviceId' | 'tell' | 'evidence'> &
  Partial<Pick<WarrantyDecisionBody, 'tell' | 'evidence'>>;
export type DecisionOrder = DecisionWords & { caseId: string; deviceId: string };

/**
 * What a warranty answers for, decided on a case. One holds at a time; whoever may not decide proposes. A decision is never
 * changed: the next one takes its place, and the story tells the one that holds.
 */
@Injectable()
export class WarrantyDecisions {
  constructor(
    private readonly facts: FactService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns its id
   * @throws DomainError permission.denied, case.not_found, case.over, device.not_found, device.not_on_case, warranty.incomplete with
   *   what is missing, warranty.nothing_to_tell, warranty.evidence_elsewhere, warranty.transition_forbidden while a second opinion is awaited
   */
  async decide(tx: EntityManager, principal: Principal, order: DecisionOrder): Promise<{ decisionId: string }> {
    demand(principal, 'warranty.propose');
    const found = await this.openCase(tx, principal, order.caseId);
    const device = await lockDevice(tx, order.deviceId);
    await demandOnCase(tx, found.id, device.id);
    await this.demandWhole(tx, found.id, order);
    const decides = may(principal.role, 'warranty.decide');
    const before = decides ? await decisionAt(tx, found.id, device.id, 'holds') : null;
    const decisionId = newId();
    const proposed = await decisionAt(tx, found.id, device.id, 'proposed');
    if (proposed) await moveDecision(tx, proposed, 'superseded', decisionId);
    if (before) await moveDecision(tx, before, 'superseded', decisionId);
    const events = await this.write(tx, principal, found, device, { ...order, id: decisionId, decides, before });
    await record(tx, found.id, actorOf(principal), 'api', this.clock.now(), events);
    return { decisionId };
  }

  /**
   * What somebody proposed holds from now on.
   * @throws DomainError permission.denied, warranty.not_found, case.over, warranty.transition_forbidden
   */
  async accept(tx: EntityManager, principal: Principal, id: string): Promise<string> {
    demand(principal, 'warranty.decide');
    const { found, decision } = await this.decisionOfOpen(tx, principal, id);
    const device = await lockDevice(tx, decision.deviceId);
    const before = await decisionAt(tx, found.id, decision.deviceId, 'holds');
    if (before) await moveDecision(tx, before, 'superseded', decision.id);
    await moveDecision(tx, decision, 'standing');
    const now = this.clock.now();
    await tx.query('update warranty_decision set accepted_by = $2, accepted_at = $3 where id = $1', [
      ...[decision.id, principal.id, now],
    ]);
    await this.tellStory(tx, principal, found.id, device, decision, before);
    const data = { ...told(decision), supersedes: before?.id ?? null };
    await record(tx, found.id, actorOf(principal), 'api', now, [{ type: 'warranty.decided', data }]);
    return found.id;
  }

  /**
   * Whoever proposed it, or may decide, takes it back.
   * @throws DomainError permission.denied, warranty.not_found, warranty.transition_forbidden
   */
  async withdraw(tx: EntityManager, principal: Principal, id: string): Promise<string> {
    demand(principal, 'warranty.propose');
    const { found, decision } = await lockDecision(tx, principal, id);
    if (decision.decidedBy !== principal.id) demand(principal, 'warranty.decide');
    await moveDecision(tx, decision, 'withdrawn');
    await record(tx, found.id, actorOf(principal), 'api', this.clock.now(), [
      { type: 'warranty.withdrawn', data: told(decision) },
    ]);
    return found.id;
  }

  /**
   * The customer may read its words on the page of their case, or no longer.
   * @throws DomainError permission.denied, warranty.not_found, warranty.transition_forbidden, warranty.nothing_to_tell
   */
  async tell(tx: EntityManager, principal: Principal, id: string, isTold: boolean): Promise<string> {
    demand(principal, 'warranty.decide');
    const { found, decision } = await lockDecision(tx, principal, id);
    if (!holds(decision.state)) throw new DomainError('warranty.transition_forbidden', { from: decision.state });
    if (isTold && !decision.plainWords) throw new DomainError('warranty.nothing_to_tell');
    const now = this.clock.now();
    const [, count]: [unknown[], number] = await tx.query(
      'update warranty_decision set told_at = case when $2 then $3::timestamptz end where id = $1 and (told_at is not null) <> $2',
      [decision.id, isTold, now],
    );
    if (count > 0)
      await record(tx, found.id, actorOf(principal), 'api', now, [
        { type: 'warranty.told', data: { ...told(decision), told: isTold } },
      ]);
    return found.id;
  }

  /** Of a case, a phone and what held before that are locked and moved; what happened is for the caller to record. */
  async write(
    tx: EntityManager,
    principal: Principal,
    found: CaseRecord,
    device: DeviceRecord,
    order: DecisionWords & { id: string; decides: boolean; before: DecisionRecord | null },
  ): Promise<NewEvent[]> {
    const { id, outcome, clause = '', plainWords = '', nextStep = '', evidence = [], tell = false } = order;
    const now = this.clock.now();
    await tx.query(
      `insert into warranty_decision (id, case_id, device_id, outcome, state, clause, plain_words, next_step, language, evidence, decided_by, decided_at, told_at)
       values ($1, $2, $3, $4, $5, nullif($6, ''), nullif($7, ''), nullif($8, ''), $9, $10, $11, $12, $13)`,
      [
        ...[id, found.id, device.id, outcome, order.decides ? 'standing' : 'proposed', clause, plainWords, nextStep],
        ...[await languageOf(tx, found.customerId), JSON.stringify(evidence), principal.id, now],
        order.decides && tell ? now : null,
      ],
    );
    const data = { decisionId: id, deviceId: device.id, outcome };
    if (!order.decides) return [{ type: 'warranty.proposed', data }];
    await this.tellStory(tx, principal, found.id, device, { id, outcome, clause }, order.before);
    const decided: NewEvent = { type: 'warranty.decided', data: { ...data, supersedes: order.before?.id ?? null } };
    return tell ? [decided, { type: 'warranty.told', data: { ...data, told: true } }] : [decided];
  }

  /** @throws DomainError warranty.incomplete, warranty.nothing_to_tell, warranty.evidence_elsewhere */
  async demandWhole(tx: EntityManager, caseId: string, words: DecisionWords): Promise<void> {
    const missing = decisionGaps(words);
    if (missing.length > 0) throw new DomainError('warranty.incomplete', { missing });
    if (words.tell && (words.plainWords ?? '').trim() === '') throw new DomainError('warranty.nothing_to_tell');
    await demandEvidence(tx, caseId, words.evidence ?? []);
  }

  private async tellStory(
    tx: EntityManager,
    principal: Principal,
    caseId: string,
    device: DeviceRecord,
    { id, outcome, clause }: Pick<DecisionRecord, 'id' | 'outcome' | 'clause'>,
    before: DecisionRecord | null,
  ): Promise<void> {
    const factId = await this.facts.renew(tx, actorOf(principal), caseId, before?.factId ?? null, {
      kind: 'decided',
      code: 'warranty',
      values: { outcome, ...(device.name ? { model: device.name } : {}), ...(clause ? { clause } : {}) },
    });
    await tx.query('update warranty_decision set fact_id = $2 where id = $1', [id, factId]);
  }

  private async openCase(tx: EntityManager, principal: Principal, caseId: string): Promise<CaseRecord> {
    const found = await lockCase(tx, principal, caseId);
    refuseOver(found);
    return found;
  }

  private async decisionOfOpen(tx: EntityManager, principal: Principal, id: string) {
    const both = await lockDecision(tx, principal, id);
    refuseOver(both.found);
    return both;
  }
}

/** @throws DomainError case.over */
export function refuseOver({ status }: CaseRecord): void {
  if (status === 'closed' || status === 'merged' || status === 'spam') throw new DomainError('case.over', { status });
}

export const told = ({ id, deviceId, outcome }: DecisionRecord) => ({ decisionId: id, deviceId, outcome });

async function languageOf(tx: EntityManager, customerId: string): Promise<Language> {
  const rows: { language: Language }[] = await tx.query('select language from customer where id = $1', [customerId]);
  return rows[0]?.language ?? 'es';
}
