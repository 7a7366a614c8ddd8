import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CaseLoans, DeviceHistory, LoanerGrade, LoanerOs, LoanerSim } from '#contracts';
import { CLOCK, type Clock } from '#platform';
import { BY, FAULT, MODEL, STORE } from './loaner.sql.js';

const DECISIONS = `(select coalesce(json_agg(json_build_object('id', d.id, 'outcome', d.outcome, 'store', ${STORE('s')},
    'rule', case when r.code is not null then json_build_object('code', r.code, 'text', json_build_object('es', r.es, 'en', r.en)) end,
    'reason', d.reason, 'loanId', d.loan_id, 'by', ${BY('d')}, 'at', iso(d.at)) order by d.at desc, d.id desc), '[]')
  from loan_decision d join store s on s.id = d.store_id left join loan_rule r on r.code = d.rule where d.case_id = $1)`;

const CHARGES = `(select coalesce(json_agg(json_build_object('id', g.id, 'kind', g.kind, 'text', g.text, 'photoIds', g.photo_ids, 'decision', g.decision,
    'amountCents', g.amount_cents, 'currency', g.currency, 'by', ${BY('g')}, 'at', iso(g.at), 'endedAt', iso(g.ended_at)) order by g.at), '[]') from loan_charge g where g.loan_id = n.id)`;

const LOANS = `(select coalesce(json_agg(json_build_object('id', n.id, 'state', n.state, 'caseId', n.case_id, 'repairId', n.repair_order_id,
    'loaner', json_build_object('id', l.id, 'label', l.label, 'imei', l.imei, 'model', ${MODEL}, 'grade', l.grade),
    'store', json_build_object('id', s.id, 'name', s.name, 'phone', s.phone), 'reservedAt', iso(n.reserved_at), 'keepUntil', iso(n.keep_until), 'dueAt', iso(n.due_at),
    'follows', case when n.due_at is not null then case when n.repair_order_id is not null and coalesce(n.promised_at, n.repair_back_at) is not null then 'repair' else 'days' end end,
    'endedAt', iso(n.ended_at), 'fault', ${FAULT('$2')},
    'rung', (select k.rung from loan_rung k where k.loan_id = n.id and k.due_at = n.due_at order by k.at desc, k.rung limit 1),
    'relieves', n.relieves, 'termsVersion', n.terms_version, 'depositCents', n.deposit_cents, 'currency', n.currency, 'out', n.went_out, 'in', n.came_in,
    'charges', ${CHARGES}) order by n.reserved_at desc, n.id desc), '[]')
  from loan n join loaner l on l.id = n.loaner_id join loaner_model m on m.id = l.model_id join store s on s.id = n.store_id where n.case_id = $1)`;

/** All records that are the phone `$1`. */
const FAMILY = '(select device_records($1::uuid))';

/** Loans for a phone: while it was repaired, decided with it in hand, or on a case that is about no other. */
const FOR_DEVICE = `select n.id from repair_order r join loan n on n.repair_order_id = r.id where r.device_id in ${FAMILY}
  union select d.loan_id from loan_decision d where d.device_id in ${FAMILY} and d.loan_id is not null
  union select n.id from case_device k join loan n on n.case_id = k.case_id where k.device_id in ${FAMILY} and n.repair_order_id is null
    and not exists (select from loan_decision d where d.loan_id = n.id and d.device_id is not null)
    and not exists (select from case_device o where o.case_id = k.case_id and o.device_id not in ${FAMILY})`;
const MOST_OF_A_DEVICE = 50;

/** A model of which some are free in a store. */
export interface FreeModel {
  storeId: string;
  model: { id: string; brand: string; name: string; os: LoanerOs; sims: LoanerSim[] };
  loaners: { id: string; label: string; grade: LoanerGrade }[];
}

/** So many of a model are named; who needs more asks for another model. */
const NAMED = 12;

/** What is decided and lent on a case, and what could be. */
@Injectable()
export class LoanView {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async ofCase(tx: EntityManager, caseId: string): Promise<CaseLoans> {
    const [row]: [{ found: Omit<CaseLoans, 'decision'> }] = await tx.query(
      `select json_build_object('decisions', ${DECISIONS}, 'loans', ${LOANS}) as found`,
      [caseId, this.clock.now()],
    );
    return { decision: row.found.decisions[0] ?? null, ...row.found };
  }

  /** What is on the shelves now, by store and model. */
  async free(tx: EntityManager, storeId: string | null): Promise<FreeModel[]> {
    return tx.query(
      `select l.store_id as "storeId", ${MODEL} as model,
         (select json_agg(json_build_object('id', f.id, 'label', f.label, 'grade', f.grade) order by f.grade, f.label) from (select * from loaner f
            where f.store_id = l.store_id and f.model_id = m.id and f.state = 'available' order by f.grade, f.label limit ${NAMED}) f) as loaners
       from (select distinct store_id, model_id from loaner where state = 'available' and ($1::uuid is null or store_id = $1)) l
         join loaner_model m on m.id = l.model_id order by lower(m.brand), lower(m.name)`,
      [storeId],
    );
  }

  /** What was lent while a phone was away, newest first; when and what, and not to whom. */
  async ofDevice(tx: EntityManager, deviceId: string): Promise<DeviceHistory['loans']> {
    const rows: { item: DeviceHistory['loans'][number] }[] = await tx.query(
      `select json_build_object('id', n.id, 'state', n.state, 'loaner', m.brand || ' ' || m.name || ' · ' || l.label,
         'from', iso(n.started_at), 'until', iso(n.ended_at)) as item
       from loan n join loaner l on l.id = n.loaner_id join loaner_model m on m.id = l.model_id where n.id in (${FOR_DEVICE})
       order by n.reserved_at desc, n.id desc limit ${MOST_OF_A_DEVICE}`,
      [deviceId],
    );
    return rows.map(({ item }) => item);
  }

  /** The case of a loan. Null: there is none such. */
  async caseOf(tx: EntityManager, loanId: string): Promise<string | null> {
    const rows: { id: string }[] = await tx.query('select case_id as id from loan where id = $1', [loanId]);
    return rows[0]?.id ?? null;
  }

  /** What is known of the phone of a case: its own, as it was shown. */
  async deviceOf(tx: EntityManager, caseId: string): Promise<{ os: LoanerOs | null; sims: string[] }> {
    const rows: { os: LoanerOs; sims: string[] }[] = await tx.query(
      `select m.os, m.sim as sims from case_device k join device d on d.id = k.device_id join device_model m on m.id = d.model_id
       where k.case_id = $1 order by d.created_at desc limit 1`,
      [caseId],
    );
    return rows[0] ?? { os: null, sims: [] };
  }
}
