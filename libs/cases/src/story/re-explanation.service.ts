import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ReExplanationBody } from '#contracts';
import { CLOCK, newId, type Clock } from '#platform';
import { demand, type Principal } from '#identity';
import { lockCase } from '../case-access.js';
import { actorOf, record } from '../record.js';
import { entryOnCase } from './entry-on-case.js';

/** Each time a customer was made to say what we hold: counted per case, the target is none. */
@Injectable()
export class ReExplanationService {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * Once for each entry; what was said last about an entry counts.
   * @throws DomainError permission.denied, case.not_found, entry.not_on_case
   */
  async add(tx: EntityManager, principal: Principal, idOrReference: string, body: ReExplanationBody): Promise<string> {
    demand(principal, 'case.note');
    const found = await lockCase(tx, principal, idOrReference);
    if (body.entryId) await entryOnCase(tx, found.id, body.entryId);
    const now = this.clock.now();
    const rows: { id: string }[] = await tx.query(
      `insert into re_explanation as r (id, case_id, source, asked, entry_id, dismissed, recorded_by, recorded_name, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (case_id, entry_id) where entry_id is not null do update set dismissed = excluded.dismissed, recorded_by = excluded.recorded_by,
         recorded_name = excluded.recorded_name, at = excluded.at where r.dismissed <> excluded.dismissed
       returning id`,
      [
        newId(),
        found.id,
        body.source,
        body.asked,
        body.entryId ?? null,
        body.dismissed,
        principal.id,
        principal.displayName,
        now,
      ],
    );
    if (rows[0] && !body.dismissed)
      await record(tx, found.id, actorOf(principal), 'api', now, [
        { type: 're_explanation.recorded', data: { id: rows[0].id, source: body.source, asked: body.asked } },
      ]);
    return found.id;
  }
}
