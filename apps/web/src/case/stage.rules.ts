import type { CaseDetail, CaseStatus } from '#contracts';

/** The five knots of the stage strip. Waiting is a pause inside the solution, not a stage of its own. */

export const STAGES = ['new', 'understood', 'in_solution', 'restored', 'closed'] as const satisfies CaseStatus[];
export type Stage = (typeof STAGES)[number];
export interface Knot {
  stage: Stage;
  state: 'done' | 'now' | 'future';
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
  return STAGES.map((stage, index) => ({
    stage,
    state: index < here || (index === here && stage === 'closed') ? 'done' : index === here ? 'now' : 'future',
    at: index <= here ? (moments.get(stage) ?? null) : null,
  }));
};

type Settable = Exclude<CaseStatus, 'merged'>;

/** What is offered from here; the server has the last word. What is over can only be opened again. */
export const offeredFrom = (status: CaseStatus): Settable[] => {
  if (status === 'merged') return [];
  if (status === 'closed') return ['in_solution'];
  if (status === 'spam') return ['new'];
  if (status === 'restored') return ['in_solution', 'waiting', 'closed'];
  return ['understood', 'in_solution', 'waiting', 'restored', 'closed', 'spam'];
};
