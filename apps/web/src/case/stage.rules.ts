import { CASE_TRANSITIONS, OVER_STATUSES, type CaseDetail, type CaseStatus } from '#contracts';

/** The five knots of the stage strip. Waiting is a pause inside the solution, not a stage of its own. */

const STAGES = ['new', 'understood', 'in_solution', 'restored', 'closed'] as const satisfies CaseStatus[];
export type Stage = (typeof STAGES)[number];
interface Knot {
  stage: Stage;
  /** `skipped`: the case went on without ever having been there. */
  state: 'done' | 'skipped' | 'now' | 'future';
  at: string | null;
}

const stageOf = (status: CaseStatus): Stage => {
  if (status === 'waiting') return 'in_solution';
  if (status === 'merged' || status === 'spam') return 'closed';
  return status;
};

/** Where the case stands, and since when it passed each knot (the last time, if it went back and forth). */
export const knotsOf = ({ status, stages, openedAt }: Pick<CaseDetail, 'status' | 'stages' | 'openedAt'>): Knot[] => {
  const here = STAGES.indexOf(stageOf(status));
  const moments = new Map<Stage, string>([['new', openedAt]]);
  for (const { status: passed, at } of stages) moments.set(stageOf(passed), at);
  const stateOf = (stage: Stage, index: number): Knot['state'] => {
    if (index > here) return 'future';
    if (index === here) return stage === 'closed' ? 'done' : 'now';
    return moments.has(stage) ? 'done' : 'skipped';
  };
  return STAGES.map((stage, index) => ({
    stage,
    state: stateOf(stage, index),
    at: index <= here ? (moments.get(stage) ?? null) : null,
  }));
};

/** What is offered from here: the table the server decides by. */
export const offeredFrom = (status: CaseStatus) => CASE_TRANSITIONS[status];

export const isOver = (status: CaseStatus): boolean => (OVER_STATUSES as readonly CaseStatus[]).includes(status);

/** The open case of the same customer, beside one that is over: while there is one, this one cannot be opened again. */
export const openBeside = ({ status, otherCases }: Pick<CaseDetail, 'status' | 'otherCases'>) =>
  isOver(status) ? otherCases.find((other) => !isOver(other.status)) : undefined;
