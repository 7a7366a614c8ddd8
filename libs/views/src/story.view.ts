import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Closing, FactVersion, KnownName, ReExplanation } from '#contracts';
import { DomainError } from '#platform';
import { visibleTo } from './case-row.sql.js';
import { UUID } from './cursor.js';
import type { Reader } from './inbox.view.js';
import { FACT_VERSIONS } from './story.sql.js';
import { maskedFact, NAMES } from './told-story.js';

/** What lies behind the story of a case: every version of its facts, what had to be said again, how far its end is. */
@Injectable()
export class StoryView {
  /**
   * @param idOrReference a case id, or its canonical reference
   * @throws DomainError case.not_found
   */
  async caseId(tx: EntityManager, reader: Reader, idOrReference: string): Promise<string> {
    const rows: { id: string }[] = await tx.query(
      `select c.id from cases c where ${UUID.test(idOrReference) ? 'c.id' : 'c.reference'} = $1 and ${visibleTo('$2')}`,
      [idOrReference, reader.storeId],
    );
    if (!rows[0]) throw new DomainError('case.not_found');
    return rows[0].id;
  }

  async versions(tx: EntityManager, reader: Reader, caseId: string): Promise<FactVersion[]> {
    const rows: { item: FactVersion }[] = await tx.query(FACT_VERSIONS, [caseId]);
    if (await reader.readsWhole?.(caseId)) return rows.map(({ item }) => item);
    const cases: { names: KnownName[] }[] = await tx.query(`select ${NAMES} as names from cases c where c.id = $1`, [
      caseId,
    ]);
    return rows.map(({ item }) => maskedFact(item, cases[0]?.names ?? []));
  }

  async reExplanations(tx: EntityManager, caseId: string): Promise<ReExplanation[]> {
    return tx.query(
      `select r.id, r.source, r.asked, r.entry_id as "entryId", r.dismissed, json_build_object('id', r.recorded_by, 'displayName', r.recorded_name) as "recordedBy",
         iso(r.at) as at from re_explanation r where r.case_id = $1 order by r.at, r.id limit 500`,
      [caseId],
    );
  }

  /** How far the newest question to the customer is; null: they were never asked. */
  async question(tx: EntityManager, caseId: string): Promise<Closing['question']> {
    const rows: NonNullable<Closing['question']>[] = await tx.query(
      `select q.state, iso(q.asked_at) as "askedAt", case when q.state = 'asked' then iso(q.due_at) end as "dueAt", q.answer_id as "answerId"
       from closing_question q where q.case_id = $1 order by q.created_at desc limit 1`,
      [caseId],
    );
    return rows[0] ?? null;
  }
}
