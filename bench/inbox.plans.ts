import { DataSource } from 'typeorm';
import type pg from 'pg';
import { CaseView } from '#contracts';
import { Rush } from '#platform';
import { InboxView, ReadLine } from '#views';

interface Statement {
  sql: string;
  parameters: unknown[];
}

/** A database that answers nothing and keeps what it was asked. */
class Eavesdropper extends DataSource {
  readonly asked: Statement[] = [];

  constructor() {
    super({ type: 'postgres' });
  }

  override query<T>(sql: string, parameters: unknown[] = []): Promise<T> {
    this.asked.push({ sql, parameters });
    return Promise.resolve([] as T);
  }
}

/** The statement behind a view of the inbox, as the product makes it. */
async function statementOf(view: CaseView, readerId: string): Promise<Statement> {
  const database = new Eavesdropper();
  await new InboxView(database, new ReadLine(new Rush())).list({ id: readerId, storeId: null }, { view, limit: 50 });
  const [statement] = database.asked;
  if (!statement) throw new Error(`the view ${view} asked nothing`);
  return statement;
}

/** A node of a plan in PostgreSQL's JSON format, as far as it is looked at. */
interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: PlanNode[];
}

export interface ViewPlan {
  view: CaseView;
  /** Indexes of `cases` it walked. */
  indexes: string[];
  /** Rows of `cases` that were looked at. */
  looked: number;
  blocks: number;
  milliseconds: number;
  /** Why it is not a walk along an index; empty when it is. */
  faults: string[];
}

const walk = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(walk)];

/** A page is 50 rows and one more; a plan that looks at many times as many does not grow well. */
const MOST_ROWS = 500;

function faultsOf(nodes: PlanNode[], looked: number): string[] {
  const scanned = nodes.some((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'cases');
  const sorted = nodes.find((node) => node['Node Type'].includes('Sort'));
  return [
    ...(scanned ? ['reads the whole table'] : []),
    ...(sorted ? [`sorts ${sorted['Actual Rows']} rows`] : []),
    ...(looked > MOST_ROWS ? [`looks at ${looked} rows of cases`] : []),
  ];
}

/** Runs the list of each view with `explain (analyze, buffers)`, each the second time: caches warm. */
export async function plansOf(client: pg.Client, readerId: string): Promise<ViewPlan[]> {
  const plans: ViewPlan[] = [];
  for (const view of CaseView.options) {
    const { sql, parameters } = await statementOf(view, readerId);
    const explain = `explain (analyze, buffers, format json) ${sql}`;
    await client.query(explain, parameters);
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode; 'Execution Time': number }] }>(
      explain,
      parameters,
    );
    const plan = rows[0]?.['QUERY PLAN'][0];
    if (!plan) throw new Error('explain gave no plan');
    const nodes = walk(plan.Plan);
    const ofCases = nodes.filter((node) => node['Relation Name'] === 'cases');
    const looked = ofCases.reduce(
      (sum, node) => sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
      0,
    );
    plans.push({
      view,
      indexes: ofCases.flatMap((node) => node['Index Name'] ?? []),
      looked,
      blocks: plan.Plan['Shared Hit Blocks'] + plan.Plan['Shared Read Blocks'],
      milliseconds: plan['Execution Time'],
      faults: faultsOf(nodes, looked),
    });
  }
  return plans;
}

/** The plan of a view as text, for people. */
export async function explained(client: pg.Client, view: CaseView, readerId: string): Promise<string> {
  const { sql, parameters } = await statementOf(view, readerId);
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (analyze, buffers) ${sql}`, parameters);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}
