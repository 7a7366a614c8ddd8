import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { visibleTo } from './case-row.sql.js';

/** Who may know who is at a case. */
@Injectable()
export class PresenceView {
  constructor(private readonly database: DataSource) {}

  /**
   * @param viewers how far the reader sees (`visibleStore`)
   * @returns of these cases the ids of those the reader may see
   */
  async seen(viewers: string | null, caseIds: string[]): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `select c.id from cases c where c.id = any($1::uuid[]) and ${visibleTo('$2')}`,
      [caseIds, viewers],
    );
    return rows.map(({ id }) => id);
  }

  /** @returns of each case that somebody sees who does not see all: the ids of the stores and people who do */
  async viewersOf(caseIds: string[]): Promise<Map<string, string[]>> {
    const rows: { id: string; viewers: string[] }[] = await this.database.query(
      'select case_id as id, array_agg(distinct viewer::text) as viewers from case_sight where case_id = any($1::uuid[]) group by case_id',
      [caseIds],
    );
    return new Map(rows.map(({ id, viewers }) => [id, viewers]));
  }
}
