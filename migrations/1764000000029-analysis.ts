import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ways to what happened in a period. None of them is written when a message comes in. */
export class Analysis1764000000029 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create index clock_met on clock (met_at) where met_at is not null and side = 'customer';
      create index clock_breached on clock (breached_at) where breached_at is not null and side = 'customer';
      create index case_event_status_at on case_event (at) where type = 'case.status_changed';
      create index cases_closed_at on cases (closed_at) where closed_at is not null;
      -- When it was settled: kept or given up before it was due, or else due.
      create index promise_settled on promise (least(due_at, coalesce(kept_at, decided_at, due_at)));
      create index re_explanation_at on re_explanation (at);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      'drop index clock_met, clock_breached, case_event_status_at, cases_closed_at, promise_settled, re_explanation_at',
    );
  }
}
