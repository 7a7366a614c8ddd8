import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { canMoveLeg, type ClaimBody, type EventData } from '#contracts';
import { actorOf, record } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { lockLeg, type LegRecord } from './leg-record.js';

/** Shipments that were lost, and what is claimed for them. */
@Injectable()
export class LegLosses {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * It is not to be found. Whoever carried it still answers for it, and something is claimed for it.
   * @throws DomainError permission.denied, leg.not_found, leg.transition_forbidden
   */
  async lose(tx: EntityManager, principal: Principal, legId: string, reason: string): Promise<void> {
    demand(principal, 'custody.move');
    const leg = await lockLeg(tx, principal, legId);
    if (!canMoveLeg(leg.state, 'lost'))
      throw new DomainError('leg.transition_forbidden', { from: leg.state, to: 'lost' });
    const now = this.clock.now();
    await tx.query(`update custody_leg set state = 'lost', state_at = $2 where id = $1`, [legId, now]);
    const claimId = newId();
    await tx.query(
      `insert into custody_claim (id, leg_id, state, note, by_id, at, opened_at) values ($1, $2, 'open', $3, $4, $5, $5)`,
      [claimId, legId, reason, principal.id, now],
    );
    await record(tx, leg.caseId, actorOf(principal), 'api', now, [
      {
        type: 'leg.lost',
        data: {
          ...{ legId, deviceId: leg.deviceId, name: leg.deviceName, reason, claimId },
          ...(await concerned(tx, leg, now)),
        },
      },
    ]);
  }

  /**
   * What became of a claim, or what is known of it by now.
   * @returns the shipment it is of
   * @throws DomainError permission.denied, claim.not_found, also when its case is not theirs to see
   */
  async settle(tx: EntityManager, principal: Principal, claimId: string, body: ClaimBody): Promise<string> {
    demand(principal, 'custody.move');
    const rows: { legId: string }[] = await tx.query('select leg_id as "legId" from custody_claim where id = $1', [
      claimId,
    ]);
    if (!rows[0]) throw new DomainError('claim.not_found');
    const { legId } = rows[0];
    const leg = await lockLeg(tx, principal, legId).catch((error: unknown) => {
      throw error instanceof DomainError && error.code === 'leg.not_found' ? new DomainError('claim.not_found') : error;
    });
    await tx.query(
      `update custody_claim set state = $2, amount_cents = coalesce($3, amount_cents), currency = coalesce($4, currency), note = $5, by_id = $6, at = $7
       where id = $1`,
      [
        ...[claimId, body.state, body.amountCents ?? null, body.currency ?? null],
        ...[body.note, principal.id, this.clock.now()],
      ],
    );
    await record(tx, leg.caseId, actorOf(principal), 'api', this.clock.now(), [
      { type: 'claim.settled', data: { claimId, legId, state: body.state, note: body.note } },
    ]);
    return legId;
  }
}

/** Who is to know of a loss: supervisors; and who works now at the stores it left and was to reach, or else everybody there. */
async function concerned(
  tx: EntityManager,
  { from, to }: LegRecord,
  now: Date,
): Promise<Pick<EventData<'leg.lost'>, 'supervisorIds' | 'stores'>> {
  const ids = [from, to].flatMap(({ kind, id }) => (kind === 'store' && id !== null ? [id] : []));
  const supervisors: { id: string }[] = await tx.query(
    `select id from agent where role = 'supervisor' and active order by id`,
  );
  const stores: EventData<'leg.lost'>['stores'] = await tx.query(
    `select s.name, coalesce(array_agg(a.id::text order by a.id) filter (where a.there or not s.staffed), '{}') as "peopleIds"
     from (select t.id, t.name, exists (select from agent a where a.store_id = t.id and a.active and a.on_shift and not is_away(a.away_since, a.away_until, $2)) as staffed
           from store t where t.id = any($1)) s
       left join lateral (select p.id, p.on_shift and not is_away(p.away_since, p.away_until, $2) as there from agent p where p.store_id = s.id and p.active) a on true
     group by s.id, s.name order by s.name, s.id`,
    [ids, now],
  );
  return { supervisorIds: supervisors.map(({ id }) => id), stores };
}
