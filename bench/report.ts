import { BUDGETS, judge, type BudgetName, type Verdict } from './budgets.js';
import { figure } from './numbers.js';

/** A measured quantity, for both twins: medians of the rounds. */
export interface Line {
  what: string;
  unit: string;
  product: number;
  bare?: number;
}

/** A figure with a budget. Several may stand under one name (views of the inbox): `detail` tells them apart. */
export interface Ratio {
  name: BudgetName;
  detail?: string;
  value: number;
}

export interface Report {
  bench: string;
  title: string;
  /** What the two columns are; the product and its bare twin unless told. */
  columns?: readonly [string, string];
  lines: Line[];
  ratios: Ratio[];
  /** What else was found, a line each. */
  notes: string[];
  /** Checks beside the ratios that did not hold: as bad as a missed floor. */
  failures: string[];
}

export interface Judged extends Ratio {
  verdict: Verdict;
  floor: number;
  target: number;
}

export const judged = ({ ratios }: Report): Judged[] =>
  ratios.map((ratio) => {
    const budget = BUDGETS[ratio.name];
    return { ...ratio, verdict: judge(budget, ratio.value), floor: budget.floor, target: budget.target };
  });

export const missed = (report: Report): boolean =>
  report.failures.length > 0 || judged(report).some(({ verdict }) => verdict === 'MISS');

const WIDTH = 34;

/** A report as people read it. */
export function printed(report: Report): string {
  const [left, right] = report.columns ?? ['product', 'bare'];
  const rows = report.lines.map(
    ({ what, unit, product, bare }) =>
      `  ${what.padEnd(WIDTH)}${figure(product).padStart(10)}${(bare === undefined ? '' : figure(bare)).padStart(12)}  ${unit}`,
  );
  const ratios = judged(report).map(({ name, detail, value, floor, target, verdict }) => {
    const sign = BUDGETS[name].kind === 'least' ? '≥' : '≤';
    const label = `  ${detail ? `${name} · ${detail}` : name}`.padEnd(WIDTH + 2);
    return `${label}${figure(value).padStart(10)}      floor ${sign} ${figure(floor)}   target ${sign} ${figure(target)}   ${verdict}`;
  });
  return [
    `\n── ${report.bench}: ${report.title}`,
    `  ${''.padEnd(WIDTH)}${left.padStart(10)}${right.padStart(12)}`,
    ...rows,
    '',
    ...ratios,
    ...report.notes.map((note) => `  · ${note}`),
    ...report.failures.map((failure) => `  ✗ ${failure}`),
  ].join('\n');
}
