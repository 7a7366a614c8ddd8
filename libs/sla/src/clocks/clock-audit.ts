import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { recordMany, SYSTEM } from '#cases';
import { CLOCK, Metrics, type Clock as Time } from '#platform';
import { differencesOf } from './audit.rules.js';
import { EMPTY_LEDGER, type Clock, type Ledger } from './clock.rules.js';
import { advance, overtaken } from './ledger.rules.js';
import { CLOCK_JSON, eventsOf, NOW_JSON, UNREAD } from './ledger.store.js';
import { momentsOf, tellsOfMoves, type ReadCase, type ReadEvent } from './moments.rules.js';
import { RuleBook } from './rule-book.js';

/** Cases compared in one transaction. */
const PORTION = 50;
const NOTHING = { seq: '0', lacks: [], waitingFor: null, isOver: false, promises: [], handoffs: [] };

interface Kept {
  caseId: string;
  policyVersionId: string | null;
  /** The calendars are those its first clocks went by. */
  exact: boolean;
  mismatch: string | null;
  clocks: Clock[];
  events: ReadEvent[];
  now: ReadCase;
}

/** Makes the clocks of cases anew from what happened in them, round and round, and raises an alarm where they are others. */
@Injectable()
export class ClockAudit {
  private readonly log = new Logger(ClockAudit.name);

  constructor(
    private readonly rules: RuleBook,
    private readonly metrics: Metrics,
    @Inject(CLOCK) private readonly time: Time,
  ) {}

  /** The next cases. @returns how many were compared, and in how many cases something is wrong that was not known */
  async round(tx: EntityManager): Promise<{ compared: number; wrong: number }> {
    const rows: { id: string }[] = await tx.query(
      `select l.case_id as id from clock_audit a join case_ledger l on l.case_id > coalesce(a.after_case, '00000000-0000-0000-0000-000000000000')
       order by l.case_id limit $1`,
      [PORTION],
    );
    const ids = rows.map(({ id }) => id);
    await tx.query('update clock_audit set after_case = $1', [ids.length < PORTION ? null : ids.at(-1)]);
    return this.compare(tx, ids);
  }

  /** Cases that took something from another, and those another policy was applied to, have clocks no event of theirs alone explains: they are left out. */
  async compare(tx: EntityManager, caseIds: string[]): Promise<{ compared: number; wrong: number }> {
    const now = this.time.now();
    const kept = (await keptOf(tx, caseIds)).filter(
      ({ events }) => !events.some((event) => tellsOfMoves(event) || event.type === 'policy.reapplied'),
    );
    const rules = await this.rules.of(
      tx,
      kept.map(({ policyVersionId }) => policyVersionId),
    );
    const found = kept.map((one) => ({
      ...one,
      differences: differencesOf(
        one.clocks,
        madeAnew(one, rules.of(one.policyVersionId), now.getTime()),
        one.exact,
        now.getTime(),
      ),
    }));
    const told = found.filter(({ differences, mismatch }) => (differences.join(', ') || null) !== mismatch);
    const wrong = told.filter(({ differences }) => differences.length > 0);
    await tx.query(
      `update case_ledger l set mismatch = nullif(w.mismatch, '') from jsonb_to_recordset($1) as w (case_id uuid, mismatch text) where l.case_id = w.case_id`,
      [JSON.stringify(told.map(({ caseId, differences }) => ({ case_id: caseId, mismatch: differences.join(', ') })))],
    );
    for (const { caseId, differences } of wrong)
      this.log.error(`clocks of ${caseId} mismatch: ${differences.join(', ')}`);
    this.metrics.clockMismatches.inc(wrong.length);
    await recordMany(
      tx,
      SYSTEM,
      'sla',
      now,
      wrong.map(({ caseId, differences }) => ({
        caseId,
        events: [{ type: 'clock.mismatched', data: { differences } }],
      })),
    );
    return { compared: kept.length, wrong: wrong.length };
  }
}

/** Those of these cases of which all is read. */
function keptOf(tx: EntityManager, caseIds: string[]): Promise<Kept[]> {
  return tx.query(
    `select l.case_id as "caseId", l.policy_version_id as "policyVersionId", l.mismatch,
       l.first_revision = l.calendar_revision and l.first_revision = (select max(revision) from calendar) as exact,
       (select coalesce(json_agg(${CLOCK_JSON}), '[]') from clock_side k where k.case_id = l.case_id) as clocks,
       coalesce((${eventsOf('true')}), '[]') as events, ${NOW_JSON} as now
     from case_ledger l join cases c on c.id = l.case_id join customer cu on cu.id = c.customer_id
     where l.case_id = any($1) and l.stuck is null and not ${UNREAD}`,
    [caseIds],
  );
}

function madeAnew({ events, now: state }: Kept, targets: Parameters<typeof advance>[2], now: number): Clock[] {
  let ledger: Ledger = EMPTY_LEDGER;
  for (const moment of momentsOf(NOTHING, events, state).moments) ledger = advance(ledger, moment, targets).ledger;
  return overtaken(ledger, now).ledger.clocks;
}
