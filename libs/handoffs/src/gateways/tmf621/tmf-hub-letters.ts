import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Principal } from '#identity';
import { CLOCK, type Clock } from '#platform';
import { DeadLetters } from '../../handoff/dead-letters.service.js';

/** What a listener of a partner could not be told in three days: told again, or put away, by a person. */
@Injectable()
export class TmfHubLetters implements OnModuleInit {
  constructor(
    private readonly letters: DeadLetters,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.letters.also((tx, principal, id, how) => this.settle(tx, principal, id, how));
  }

  /** @returns whether it is one of these */
  private async settle(
    tx: EntityManager,
    principal: Principal,
    id: string,
    how: 'taken' | 'dropped',
  ): Promise<boolean> {
    const now = this.clock.now();
    const [settled]: [unknown[], number] = await tx.query(
      how === 'taken'
        ? `update tmf_event set state = 'waiting', attempts = 0, due_at = $3, error = null, given_up_at = null, settled_by = $2, settled_at = $3
           where id = $1 and given_up_at is not null returning id`
        : 'update tmf_event set given_up_at = null, settled_by = $2, settled_at = $3 where id = $1 and given_up_at is not null returning id',
      [id, principal.id, now],
    );
    return settled.length > 0;
  }
}
