import type { EventData, ImpactKind, ImpactState } from '#contracts';
import { newId } from '#platform';

interface Lost {
  id: string;
  kind: ImpactKind;
  state: ImpactState;
  reportedAt: string;
  stateAt: string;
  restoredAt: string | null;
}

/** What a customer lost, and when they had it back. */
export class Losses {
  private readonly lost: Lost[] = [];

  report(kinds: ImpactKind[], at: string): void {
    for (const kind of kinds)
      this.lost.push({ id: newId(), kind, state: 'reported', reportedAt: at, stateAt: at, restoredAt: null });
  }

  /** @returns what to tell of each */
  ease(to: 'relieved' | 'restored', at: string): EventData<'impact.moved'>[] {
    return this.lost.map((one) => {
      const { id, kind, state } = one;
      Object.assign(one, { state: to, stateAt: at, restoredAt: to === 'restored' ? at : null });
      return { impactId: id, kind, from: state, to };
    });
  }

  /** What they cannot do still. */
  open(): ImpactKind[] {
    return this.lost.filter(({ state }) => state === 'reported').map(({ kind }) => kind);
  }

  rows(caseId: string, problemId: string): Record<string, unknown>[] {
    return this.lost.map(({ id, kind, state, reportedAt, stateAt, restoredAt }) => ({
      ...{ id, case_id: caseId, problem_id: problemId, kind, state },
      ...{ reported_at: reportedAt, state_at: stateAt, restored_at: restoredAt },
    }));
  }
}
