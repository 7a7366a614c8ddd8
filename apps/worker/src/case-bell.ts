import type { CaseChanged, CaseEvent } from '#contracts';
import { ALL_CASES, batched, type Doorbell } from '#platform';
import { pauseAfter } from './pace.rules.js';

/** What a process has been doing since it was asked last: the share of the time it was busy, 0 to 1. */
export type Busy = () => number;

/**
 * Rings for cases: who asked for batches hears of all that changed at once, everybody else case by case. To tell a thousand
 * sockets takes as long as to take in ten mails, so in a rush changes gather, one per case, until it is time again.
 */
export class CaseBell {
  private held = new Map<string, CaseChanged>();
  private readonly rooms = new Map<string, string[]>();
  private timer: NodeJS.Timeout | null = null;
  private silentUntil = 0;

  constructor(
    private readonly doorbell: Pick<Doorbell, 'ring'>,
    private readonly busy: Busy = loopBusy(),
  ) {}

  /** @param rooms of those with limited sight who may see it, by case */
  ring(events: CaseEvent[], rooms: ReadonlyMap<string, string[]>): void {
    if (events.length === 0) return;
    this.held = changesOf(events, this.held);
    for (const [caseId, names] of rooms) this.rooms.set(caseId, names);
    const wait = this.silentUntil - performance.now();
    if (wait <= 0) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), wait);
  }

  /** Rings for all that is held back. */
  flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.held.size === 0) return;
    const changes = [...this.held.values()];
    const rooms = new Map(this.rooms);
    this.held = new Map();
    this.rooms.clear();
    const [began, busy] = [performance.now(), this.busy()];
    this.tell(changes, rooms);
    const ended = performance.now();
    this.silentUntil = ended + pauseAfter(ended - began, busy);
  }

  private tell(changes: CaseChanged[], rooms: ReadonlyMap<string, string[]>): void {
    const batches = new Map<string, CaseChanged[]>([[ALL_CASES, changes]]);
    for (const change of changes) {
      const limited = rooms.get(change.caseId) ?? [];
      this.doorbell.ring([ALL_CASES, ...limited], 'case.changed', change);
      for (const room of limited) batches.set(room, [...(batches.get(room) ?? []), change]);
    }
    for (const [room, batch] of batches) this.doorbell.ring([batched(room)], 'cases.changed', batch);
  }
}

/** One ring per case, however much happened. */
export function changesOf(
  events: readonly CaseEvent[],
  known: ReadonlyMap<string, CaseChanged> = new Map(),
): Map<string, CaseChanged> {
  const changes = new Map(known);
  for (const { caseId, caseVersion, type, at } of events) {
    const before = changes.get(caseId);
    changes.set(caseId, {
      caseId,
      version: Math.max(before?.version ?? 0, caseVersion),
      types: [...new Set([...(before?.types ?? []), type])],
      at,
    });
  }
  return changes;
}

function loopBusy(): Busy {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
}
