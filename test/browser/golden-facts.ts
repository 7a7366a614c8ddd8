import type { GoldenRun } from './golden-run.js';

/** What the database knows of her, asked beside what is seen. */
export const factsOf = (run: () => GoldenRun) => ({
  /** What she cannot do, and how far each is. */
  lacks: async () =>
    (await run().row<{ all: object }>('select json_object_agg(kind, state) as all from impact where case_id = $1')).all,
  repair: () =>
    run().row<{ id: string; stage: string; holder: string; back: Date | null }>(
      'select id, stage, holder, promised_return_at as back from repair_order where case_id = $1',
    ),
  loan: () => run().row<{ state: string; due: Date }>('select state, due_at as due from loan where case_id = $1'),
  discount: () =>
    run().row<{ id: string; state: string; days: number; cents: number }>(
      `select b.id, b.state, count(d.day)::int as days, coalesce(sum(d.amount_cents), 0)::int as cents
       from benefit b left join benefit_accrual d on d.benefit_id = b.id where b.case_id = $1 and b.kind = 'fee_discount' group by b.id`,
    ),
  /** What she said yes to, and that it is word for word what was offered. */
  quote: () =>
    run().row<object>(
      `select q.version, q.state, q.total_cents::int as total, q.decided_how as how, q.decided_name as name,
         q.hash = encode(sha256(q.canonical::bytea), 'hex') as exact from quote q join repair_order o on o.id = q.repair_order_id where o.case_id = $1`,
    ),
  /** Whether her clock stood still, or nobody said a word when somebody should have. */
  silence: () =>
    run().row<object>(
      `select count(*) filter (where type = 'paused')::int as paused,
         count(*) filter (where type = 'breached' and metric in ('silence', 'next_update'))::int as silent
       from clock_line where case_id = $1 and side = 'customer'`,
    ),
  /** One case of hers, and how often she was asked what was known. */
  alone: () =>
    run().row<object>(
      `select (select count(*)::int from cases o where o.customer_id = c.customer_id) as cases,
         (select count(*)::int from re_explanation r where r.case_id = c.id) as asked from cases c where c.id = $1`,
    ),
});
