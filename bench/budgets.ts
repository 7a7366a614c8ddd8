/** What a ratio must hold (`floor`) and what it is meant to reach (`target`). */
export interface Budget {
  /** `least`: product ÷ bare must be that much or more (rates). `most`: that much or less (times, CPU). */
  kind: 'least' | 'most';
  floor: number;
  target: number;
}

const least = (floor: number, target: number): Budget => ({ kind: 'least', floor, target });
const most = (floor: number, target: number): Budget => ({ kind: 'most', floor, target });

/** Every budget of the product, by the name its line is printed under. */
export const BUDGETS = {
  ingest: least(0.35, 0.55),
  'ingest-cpu': most(2.8, 1.8),
  dm: least(0.4, 0.6),
  inbox: most(2, 1.3),
  'inbox-rate': least(1 / 2, 1 / 1.3),
  case: most(2.5, 1.5),
  growth: most(1.5, 1.2),
  search: most(6, 2),
  sla: least(0.3, 0.6),
  'sla-late': most(2, 1),
  dashboard: most(10, 3),
  live: most(3, 2),
  mixed: least(0.4, 0.6),
  start: most(10, 5),
  memory: most(400, 250),
} satisfies Record<string, Budget>;
export type BudgetName = keyof typeof BUDGETS;

export type Verdict = 'target met' | 'PASS' | 'MISS';

/** How a figure stands against its budget; one that could not be measured has missed it. */
export function judge({ kind, floor, target }: Budget, value: number): Verdict {
  const holds = (limit: number) => (kind === 'least' ? value >= limit : value <= limit);
  if (holds(target)) return 'target met';
  return holds(floor) ? 'PASS' : 'MISS';
}
