import type { CaseStatus, ProblemStage } from '#contracts';

const OVER: readonly CaseStatus[] = ['closed', 'merged', 'spam'];
const BEFORE_RESTORED: readonly CaseStatus[] = ['new', 'understood', 'in_solution', 'waiting'];
const isDone = (stage: ProblemStage): boolean => stage === 'restored' || stage === 'closed';

/**
 * Where a case goes because one of its problems has moved.
 * @param stages of all its problems, after the move
 * @returns null: it stays where it is
 */
export function followProblems(status: CaseStatus, stages: readonly ProblemStage[]): CaseStatus | null {
  if (OVER.includes(status) || stages.length === 0) return null;
  if (stages.every(isDone)) return BEFORE_RESTORED.includes(status) ? 'restored' : null;
  if (status === 'restored') return 'in_solution';
  const waits = status === 'new' || status === 'understood';
  if (waits && stages.includes('in_solution')) return 'in_solution';
  return status === 'new' && !stages.includes('received') ? 'understood' : null;
}

/** The way of a case while it is worked on. */
const WAY = ['new', 'understood', 'in_solution'] as const satisfies readonly CaseStatus[];

/**
 * Where a case goes because what is done about it has come so far: on, never back; what waits, was restored or is over stays.
 * @returns null: it stays where it is
 */
export function advanceCase(status: CaseStatus, to: 'understood' | 'in_solution'): CaseStatus | null {
  const at = WAY.findIndex((each) => each === status);
  return at >= 0 && at < WAY.indexOf(to) ? to : null;
}

/**
 * Where a problem goes because a person has moved its case: never to `understood`, for that takes the agreement of the
 * customer.
 * @param stage of the problem
 * @param lacks whether the customer still lacks something by it
 * @param allDone whether every problem of the case was done before
 * @returns null: it stays where it is
 */
export function carryProblem(
  stage: ProblemStage,
  to: CaseStatus,
  lacks: boolean,
  allDone: boolean,
): ProblemStage | null {
  if (to === 'closed') return stage === 'closed' ? null : 'closed';
  if (to === 'restored') return isDone(stage) || lacks ? null : 'restored';
  if (to === 'in_solution' || to === 'waiting') {
    if (isDone(stage)) return allDone ? 'in_solution' : null;
    return to === 'in_solution' && stage !== 'in_solution' ? 'in_solution' : null;
  }
  return null;
}
