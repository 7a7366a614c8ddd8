import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CLOCK, CONFIG, correlationId, JobQueues, Sweep, Wake, type Clock, type Config } from '#platform';

const EVERY_MS = 250;
const PORTION = 100;
/** How long one try may take before another process may take the row over. */
export const LEASE_SECONDS = 120;

/**
 * Claims messages whose time has come and makes a job of each. The row is the truth: a lost job (a flushed Redis, a
 * killed process) comes back when its lease runs out, and a job that runs twice finds its try taken.
 */
@Injectable()
export class DeliverySweep {
  private readonly sweep = new Sweep(DeliverySweep.name, EVERY_MS, () => this.claimDue());

  constructor(
    private readonly database: DataSource,
    private readonly queues: JobQueues,
    wake: Wake,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    wake.on('delivery', () => this.sweep.poke());
  }

  async start(): Promise<void> {
    if (!this.config.redisUrl) await this.freeLeases();
    this.sweep.start();
  }

  stop(): Promise<void> {
    return this.sweep.stop();
  }

  /** One portion; true when there may be more. */
  async claimDue(): Promise<boolean> {
    const now = this.clock.now();
    const leaseEnd = new Date(now.getTime() + LEASE_SECONDS * 1000);
    const [claimed]: [{ interactionId: string; attempt: number }[], number] = await this.database.query(
      `update delivery d set state = 'pending', attempts = d.attempts + 1, due_at = $2
       from (select interaction_id from delivery where state in ('held', 'pending') and due_at <= $1 order by due_at limit $3 for update skip locked) due
       where d.interaction_id = due.interaction_id returning d.interaction_id as "interactionId", d.attempts as attempt`,
      [now, leaseEnd, PORTION],
    );
    await this.queues.add(
      'delivery.send',
      claimed.map((row) => ({
        id: `${row.interactionId}-${row.attempt}`,
        data: { ...row, correlationId: correlationId() ?? null },
      })),
    );
    return claimed.length === PORTION;
  }

  /**
   * Alone on this database (no Redis means one process): whoever held a lease is gone, and the job of a try that nobody
   * took may never have been made. One that was made after all finds its try outdated.
   */
  private async freeLeases(): Promise<void> {
    await this.database.query(
      `update delivery set due_at = $1 where state = 'pending' and (claimed_attempt < attempts or transmitting_at is not null) and due_at > $1`,
      [this.clock.now()],
    );
  }
}
