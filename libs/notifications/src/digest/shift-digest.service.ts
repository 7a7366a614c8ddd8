import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { NotificationValues } from '#contracts';
import { CLOCK, CONFIG, type Clock, type Config } from '#platform';
import { Teller } from '../telling/teller.js';
import { awaySince, saidUntil } from './digest.rules.js';

type Figures = Required<Pick<NotificationValues, 'wrote' | 'due' | 'late' | 'escalated'>>;

/** What was while somebody was away: told when they come on shift, worked out from the rows as they are then. */
@Injectable()
export class ShiftDigest {
  constructor(
    private readonly teller: Teller,
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Somebody goes on or off shift; to be said before it is written down. Once for each beginning, however often it is said.
   * @returns who was told something
   */
  async turn(tx: EntityManager, agentId: string, onShift: boolean): Promise<string[]> {
    const rows: { onShift: boolean; offSince: Date | null }[] = await tx.query(
      'select on_shift as "onShift", off_shift_since as "offSince" from agent where id = $1 for no key update',
      [agentId],
    );
    const [found] = rows;
    if (!found || found.onShift === onShift) return [];
    const now = this.clock.now();
    await tx.query('update agent set off_shift_since = $2 where id = $1', [agentId, onShift ? null : now]);
    return onShift ? this.tell(tx, agentId, awaySince(now, found.offSince), now) : [];
  }

  private async tell(tx: EntityManager, agentId: string, since: Date, now: Date): Promise<string[]> {
    const until = saidUntil(now, this.config.timeZone);
    const figures = await this.figures(tx, agentId, since, until);
    // Nothing has happened: nobody has to be told that.
    if (Object.values(figures).every((count) => count === 0)) return [];
    return this.teller.tell(tx, [
      {
        agentId,
        caseId: null,
        kind: 'digest',
        source: `shift ${now.toISOString()}`,
        values: { ...figures, since: since.toISOString(), until: until.toISOString() },
        at: now,
      },
    ]);
  }

  private async figures(tx: EntityManager, agentId: string, since: Date, until: Date): Promise<Figures> {
    const rows: Figures[] = await tx.query(
      `with mine as (select id from cases where assignee_id = $1 and is_open)
       select (select count(*)::int from mine m where exists (select from interaction i where i.case_id = m.id and i.direction = 'inbound' and i.occurred_at > $2
           and i.author_id is distinct from $1)) as wrote,
         (select count(*)::int from mine m join case_ledger l on l.case_id = m.id where not l.is_over and not l.next_is_late and l.next_due_at <= $3) as due,
         (select count(*)::int from mine m join case_ledger l on l.case_id = m.id where not l.is_over and l.next_is_late) as late,
         (select count(distinct n.group_key)::int from notification n where n.agent_id = $1 and n.kind = 'escalated' and n.read_at is null and n.at > $2) as escalated`,
      [agentId, since, until],
    );
    if (!rows[0]) throw new Error('counting returned nothing');
    return rows[0];
  }
}
