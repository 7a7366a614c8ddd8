import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { GatewayKind } from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { Deliveries } from './deliveries.service.js';

/** What came from a partner and could not be taken as it was. */
export interface Letter {
  partnerId: string | null;
  gateway: GatewayKind;
  /** By which the same letter is known. */
  externalRef: string;
  raw: unknown;
  attachmentIds?: readonly string[];
  error: string;
  handoffId?: string | null;
}

/** Reads a letter again. @throws DomainError when it still cannot be taken */
export type Reader = (tx: EntityManager, letter: Letter & { id: string }) => Promise<{ handoffId: string | null }>;

/** Settles what a gateway keeps itself. @returns false: there is none of that id that is stuck */
export type Settler = (
  tx: EntityManager,
  principal: Principal,
  id: string,
  how: 'taken' | 'dropped',
) => Promise<boolean>;

/** Words that got stuck, in either way: kept whole, seen by people, tried again when somebody says so. */
@Injectable()
export class DeadLetters {
  private readonly readers = new Map<GatewayKind, Reader>();
  private readonly others: Settler[] = [];

  constructor(
    private readonly deliveries: Deliveries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Each gateway says how its letters are read again. */
  register(gateway: GatewayKind, reader: Reader): void {
    this.readers.set(gateway, reader);
  }

  /** Things of a gateway that got stuck and are kept elsewhere. */
  also(settler: Settler): void {
    this.others.push(settler);
  }

  /** @returns false: it was kept before */
  async keep(tx: EntityManager, letter: Letter): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      `insert into partner_inbox (id, partner_id, gateway, external_ref, raw, attachment_ids, state, error, handoff_id, received_at)
       values ($1, $2, $3, $4, $5, $6, 'dead', $7, $8, $9) on conflict (gateway, external_ref) do nothing returning 1`,
      [
        ...[newId(), letter.partnerId, letter.gateway, letter.externalRef, JSON.stringify(letter.raw)],
        ...[letter.attachmentIds ?? [], letter.error, letter.handoffId ?? null, this.clock.now()],
      ],
    );
    return rows.length > 0;
  }

  /**
   * A letter of theirs is read again, what could not be told them is told again; or put away, when somebody says that it need not be.
   * @throws DomainError permission.denied, handoff_message.not_found, handoff_message.not_dead, and whatever still stands in its way
   */
  async settle(tx: EntityManager, principal: Principal, id: string, how: 'taken' | 'dropped'): Promise<void> {
    demand(principal, 'handoff.manage');
    const rows: (Letter & { id: string; state: string })[] = await tx.query(
      `select id, partner_id as "partnerId", gateway, external_ref as "externalRef", raw, attachment_ids as "attachmentIds", error, handoff_id as "handoffId",
         state from partner_inbox where id = $1 for update`,
      [id],
    );
    const letter = rows[0];
    if (!letter) return this.elsewhere(tx, principal, id, how);
    if (letter.state !== 'dead') throw new DomainError('handoff_message.not_dead', { state: letter.state });
    const reader = this.readers.get(letter.gateway);
    if (how === 'taken' && !reader) throw new DomainError('handoff_message.not_dead', { state: letter.state });
    const taken = how === 'taken' && reader ? await reader(tx, letter) : { handoffId: letter.handoffId ?? null };
    await tx.query(
      'update partner_inbox set state = $2, settled_by = $3, settled_at = $4, handoff_id = $5 where id = $1',
      [id, how, principal.id, this.clock.now(), taken.handoffId],
    );
  }

  private async elsewhere(...asked: Parameters<Settler>): Promise<void> {
    for (const settle of this.others) if (await settle(...asked)) return;
    throw new DomainError('handoff_message.not_found');
  }

  /** A word of ours goes again, from the beginning. @throws DomainError permission.denied, handoff_message.not_found, handoff_message.not_dead */
  async sendAgain(tx: EntityManager, principal: Principal, deliveryId: string): Promise<void> {
    demand(principal, 'handoff.work');
    await this.deliveries.revive(tx, principal, deliveryId);
  }

  /** A word of ours that is stuck is given up. @throws DomainError permission.denied, handoff_message.not_found, handoff_message.not_dead, handoff_message.begins_it */
  async drop(tx: EntityManager, principal: Principal, deliveryId: string): Promise<void> {
    demand(principal, 'handoff.manage');
    await this.deliveries.drop(tx, principal, deliveryId);
  }
}
