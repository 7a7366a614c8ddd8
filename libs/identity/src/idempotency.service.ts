import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CLOCK, DomainError, type Clock } from '#platform';

/**
 * Idempotency-Key on requests that create or send: the first answer is kept for two days and given again
 * (draft-ietf-httpapi-idempotency-key-header-07). Key and work commit together, so a crash leaves both or neither; a
 * second request with the same key waits for the first at the primary key.
 */
@Injectable()
export class IdempotencyService {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * Does `work` unless this person's request with this key was done before; then its answer comes back.
   * @param request what makes the request the same: route and body
   * @throws DomainError request.idempotency_mismatch for another request under the same key
   */
  async once<T>(
    tx: EntityManager,
    agentId: string,
    key: string | undefined,
    request: unknown,
    work: () => Promise<T>,
  ): Promise<T> {
    if (key === undefined) return work();
    const fingerprint = createHash('sha256').update(JSON.stringify(request)).digest();
    const fresh: unknown[] = await tx.query(
      `insert into idempotency_key (agent_id, key, fingerprint, created_at) values ($1, $2, $3, $4)
       on conflict do nothing returning 1`,
      [agentId, key, fingerprint, this.clock.now()],
    );
    if (fresh.length === 0) return this.kept<T>(tx, agentId, key, fingerprint);
    const answer = await work();
    await tx.query('update idempotency_key set answer = $3 where agent_id = $1 and key = $2', [
      agentId,
      key,
      JSON.stringify(answer ?? null),
    ]);
    return answer;
  }

  private async kept<T>(tx: EntityManager, agentId: string, key: string, fingerprint: Buffer): Promise<T> {
    const rows: { fingerprint: Buffer; answer: T }[] = await tx.query(
      'select fingerprint, answer from idempotency_key where agent_id = $1 and key = $2',
      [agentId, key],
    );
    const row = rows[0];
    if (!row?.fingerprint.equals(fingerprint)) throw new DomainError('request.idempotency_mismatch');
    return row.answer;
  }
}
