import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { BulkBody, BulkDeed, BulkItem, PatchCaseBody } from '#contracts';
import { IdempotencyService, type Principal } from '#identity';
import { DomainError, Wake, withRetry } from '#platform';
import { lockCase, type CaseRecord } from '../case-access.js';
import { CaseService } from '../case.service.js';
import { canMove } from '../case.states.js';
import { IncidentCases } from '../incident/incident-cases.service.js';

/**
 * One deed on many cases. Each is done by the service that does it to one, in a transaction of its own: nobody's case waits for
 * another's, and what cannot be done to one is told of that one.
 */
@Injectable()
export class BulkDeeds {
  constructor(
    private readonly database: DataSource,
    private readonly cases: CaseService,
    private readonly incidents: IncidentCases,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  /**
   * @param key of the request: repeated, what was done is not done again
   * @returns what became of each, in the order asked for
   */
  async run(principal: Principal, key: string | undefined, { ids, versions, deed }: BulkBody): Promise<BulkItem[]> {
    const items: BulkItem[] = [];
    for (const id of new Set(ids)) items.push(await this.one(principal, key, { id, version: versions[id], deed }));
    if (items.some(({ outcome }) => outcome === 'done')) this.wake.ring('relay');
    return items;
  }

  private async one(
    principal: Principal,
    key: string | undefined,
    order: { id: string; version: number | undefined; deed: BulkDeed },
  ): Promise<BulkItem> {
    const { id, version, deed } = order;
    let reference: string | null = null;
    try {
      return await withRetry(this.database, (tx) =>
        this.idempotency.once(tx, principal.id, key && `${key} ${id}`, ['bulk', order], async () => {
          const found = await lockCase(tx, principal, id);
          reference = found.reference;
          if (version !== undefined && version !== found.version)
            throw new DomainError('case.version_conflict', { version: found.version });
          const isDone = await this.done(tx, principal, found, deed);
          const undo = isDone ? undoOf(found, deed) : null;
          return { id, reference, outcome: isDone ? 'done' : 'unchanged', error: null, undo };
        }),
      );
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const told = { code: error.code, message: error.text(principal.language) };
      return { id, reference, outcome: 'refused', error: told, undo: null };
    }
  }

  /** @returns whether it changed anything */
  private async done(tx: EntityManager, principal: Principal, found: CaseRecord, deed: BulkDeed): Promise<boolean> {
    if (deed.type === 'incident') {
      const [added] = await this.incidents.add(tx, principal, deed.incidentId, [found.id]);
      if (added?.outcome === 'over') throw new DomainError('case.over', { status: found.status });
      return added?.outcome === 'added' || added?.outcome === 'proposed';
    }
    await this.cases.change(tx, principal, found.id, { ...patchOf(deed), version: found.version });
    const after = await lockCase(tx, principal, found.id);
    return after.version !== found.version;
  }
}

function patchOf(deed: Exclude<BulkDeed, { type: 'incident' }>): Omit<PatchCaseBody, 'version'> {
  switch (deed.type) {
    case 'assign':
      return { assigneeId: deed.assigneeId };
    case 'queue':
      return { queueId: deed.queueId };
    case 'priority':
      return { priority: deed.priority };
    case 'status':
      return { status: deed.status, ...(deed.waitReason ? { waitReason: deed.waitReason } : {}) };
  }
}

/** The deed that puts a case back as it was; null where there is none. */
function undoOf(before: CaseRecord, deed: BulkDeed): BulkDeed | null {
  switch (deed.type) {
    case 'assign':
      return { type: 'assign', assigneeId: before.assigneeId };
    case 'queue':
      return before.queueId ? { type: 'queue', queueId: before.queueId } : null;
    case 'priority':
      return { type: 'priority', priority: before.priority };
    case 'status': {
      const { status, waitReason } = before;
      if (status === 'merged' || !canMove(deed.status, status)) return null;
      return { type: 'status', status, ...(waitReason ? { waitReason } : {}) };
    }
    case 'incident':
      return null;
  }
}
