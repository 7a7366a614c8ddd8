import { LoanerGrade, LoanerModelBody, LoanerOs, LoanerSim, NewLoanerBody } from '#contracts';

/** Columns of a list of loaners, in any order. */
export const LOANER_COLUMNS = ['label', 'brand', 'model', 'store', 'os', 'sims', 'imei', 'grade', 'note'] as const;
export const NEEDED = ['label', 'brand', 'model', 'store'] as const;
/** What stands in a row; what is empty is not there. */
export type Cells = Partial<Record<(typeof LOANER_COLUMNS)[number], string>>;

/** What there is already, by what a row calls it. */
export interface Known {
  stores: ReadonlyMap<string, string>;
  models: Map<string, string>;
  /** Models of which no more are added. */
  retired: ReadonlySet<string>;
  labels: Set<string>;
  imeis: Set<string>;
}

export const nameKey = (brand: string, name: string): string => `${brand}|${name}`.toLowerCase();

/** Without a word on it a phone takes a nano-SIM. */
export const simsOf = (text: string | undefined): LoanerSim[] => {
  const sims = (text ?? 'nano').toLowerCase().split(/[\s+;,/]+/u);
  return LoanerSim.options.filter((sim) => sims.includes(sim));
};

/** A model that is on no list is a new one when the row says what it is, else it is a slip of the pen. */
function problemsOfModel({ brand, model, os, sims }: Cells, known: Known): string[] {
  if (!brand || !model) return [];
  const key = nameKey(brand, model);
  if (known.models.has(key)) return [];
  if (known.retired.has(key)) return ['model.retired'];
  return os || sims ? [] : ['model.unknown'];
}

const LENGTHS = [
  ['label', NewLoanerBody.shape.label],
  ['note', NewLoanerBody.shape.note],
  ['brand', LoanerModelBody.shape.brand],
  ['model', LoanerModelBody.shape.name],
] as const;

/** Codes of what is wrong with a row, as the screens word them. */
export function problemsOf(cells: Cells, known: Known): string[] {
  const { store, imei, grade, os, sims } = cells;
  const problems = NEEDED.filter((name) => !cells[name]).map((name) => `${name}.missing`);
  problems.push(...problemsOfModel(cells, known));
  for (const [name, words] of LENGTHS)
    if (cells[name] && !words.safeParse(cells[name]).success) problems.push(`${name}.long`);
  if (store && !known.stores.has(store.toLowerCase())) problems.push('store.unknown');
  if (imei && !NewLoanerBody.shape.imei.safeParse(imei).success) problems.push('imei.invalid');
  if (imei && known.imeis.has(imei)) problems.push('imei.taken');
  if (grade && !LoanerGrade.safeParse(grade.toUpperCase()).success) problems.push('grade.unknown');
  if (os && !LoanerOs.safeParse(os.toLowerCase()).success) problems.push('os.unknown');
  if (simsOf(sims).length === 0) problems.push('sims.unknown');
  return problems;
}
