import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CustodyProof, Hands } from '#contracts';
import type { Actor, NewEvent } from '#cases';
import { CLOCK, newId, type Clock } from '#platform';

/** How a change of hands was shown, and by whom. */
export interface Proof {
  proof: CustodyProof;
  legId?: string | null;
  signatureId?: string | null | undefined;
  photoId?: string | null | undefined;
  actor: Actor;
}

/** The chain of hands of each device: who has it, and that another has it now. */
@Injectable()
export class CustodyChain {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * Who has it, held until the end of the transaction.
   * @returns null: nobody has written that down
   */
  async hold(tx: EntityManager, deviceId: string): Promise<Hands | null> {
    // Two statements: what is read has to be what stands once the device is ours.
    await tx.query('select lock_custody($1)', [deviceId]);
    const rows: Hands[] = await tx.query(
      `select to_kind as kind, case when to_kind = 'customer' then living_customer(to_id) else to_id end as id, to_name as name from last_custody($1)`,
      [deviceId],
    );
    return rows[0] ?? null;
  }

  /** Another has it now. @returns what to record; nothing where they have it already */
  async move(
    tx: EntityManager,
    { id, name }: { id: string; name: string },
    to: Hands,
    { proof, legId = null, signatureId = null, photoId = null, actor }: Proof,
  ): Promise<NewEvent[]> {
    const from = await this.hold(tx, id);
    const rows: { moved: boolean }[] = await tx.query(
      'select move_custody($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) as moved',
      [
        ...[newId(), id, to.kind, to.id, to.name, proof, legId, signatureId, photoId],
        ...[actor.kind === 'agent' ? actor.id : null, actor.name, this.clock.now()],
      ],
    );
    if (!rows[0]?.moved) return [];
    return [{ type: 'custody.moved', data: { deviceId: id, name, from, to, legId } }];
  }
}
