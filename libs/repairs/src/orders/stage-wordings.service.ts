import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CUSTOMER_STAGES, type CustomerStages, type StageWording, type StageWordingBody } from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, type Clock } from '#platform';

/** How customers are told each stage now. */
export const stagesToldIn = async (tx: EntityManager): Promise<CustomerStages> => (await newest(tx)).content;

/** How customers are told each stage: kept in versions, and who changed what when stays. */
@Injectable()
export class StageWordings {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** What counts now. @throws DomainError permission.denied */
  current(tx: EntityManager, principal: Principal): Promise<StageWording> {
    demand(principal, 'repair.work');
    return newest(tx);
  }

  /** @throws DomainError permission.denied, wording.version_conflict when another version is there already */
  async set(tx: EntityManager, principal: Principal, { version, content }: StageWordingBody): Promise<StageWording> {
    demand(principal, 'repair.manage');
    // Whoever else is about to change it waits.
    await tx.query('lock table stage_wording in exclusive mode');
    const current = await newest(tx);
    if (current.version !== version) throw new DomainError('wording.version_conflict', { version: current.version });
    await tx.query('insert into stage_wording (version, content, created_by, created_at) values ($1, $2, $3, $4)', [
      ...[version + 1, JSON.stringify(content), principal.id, this.clock.now()],
    ]);
    return newest(tx);
  }
}

async function newest(tx: EntityManager): Promise<StageWording> {
  const rows: StageWording[] = await tx.query(
    `select w.version, w.content, json_build_object('id', a.id, 'displayName', a.display_name) as by, iso(w.created_at) as at
     from stage_wording w join agent a on a.id = w.created_by order by w.version desc limit 1`,
  );
  return rows[0] ?? { version: 0, content: CUSTOMER_STAGES, by: null, at: null };
}
