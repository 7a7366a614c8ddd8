import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { lockCaseOf, record, SYSTEM } from '#cases';
import { CLOCK, CONFIG, correlationId, JobQueues, Sweep, Wake, withRetry, type Clock, type Config } from '#platform';

const EVERY_MS = 250;
const PORTION = 100;
/** How long one try may take before another process may take the row over. */
export const LEASE_SECONDS = 120;

/** A delivery that was due: the number of its try, or what it waited for before it had to wait for its turn. */
type Claimed = { interactionId: string } & (
  { attempt: number; waitsFrom: null } | { attempt: null; waitsFrom: string }
);

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
    private readonly wake: Wake,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    wake.on('delivery', () => this.sweep.poke());
  }

  async start(): Promise<void> {
    if (!this.config.redisUrl) await this.freeLeases();
    await this.forgetPaces();
    this.sweep.start();
  }

  stop(): Promise<void> {
    return this.sweep.stop();
  }

  /** One portion; true when there may be more. */
  async claimDue(): Promise<boolean> {
    const now = this.clock.now();
    const leaseEnd = new Date(now.getTime() + LEASE_SECONDS * 1000);
    const due: Claimed[] = await this.database.query(
      'select id as "interactionId", attempt, waits_from as "waitsFrom" from claim_deliveries($1, $2, $3, $4)',
      [now, leaseEnd, PORTION, this.config.mail.ratePerDomain],
    );
    await this.queues.add(
      'delivery.send',
      due.flatMap(({ interactionId, attempt }) =>
        attempt === null
          ? []
          : [
              {
                id: `${interactionId}-${attempt}`,
                data: { interactionId, attempt, correlationId: correlationId() ?? null },
              },
            ],
      ),
    );
    for (const { interactionId, waitsFrom } of due)
      if (waitsFrom !== null && waitsFrom !== 'rate.domain') await this.tellWaiting(interactionId);
    return due.length === PORTION;
  }

  /**
   * So that screens show that it waits, and until when. Not in the transaction that makes it wait: that one holds deliveries,
   * and whoever holds one must not ask for a case. Lost with a crash, it is shown with the next change.
   */
  private async tellWaiting(interactionId: string): Promise<void> {
    await withRetry(this.database, async (tx) => {
      const caseId = await lockCaseOf(tx, interactionId);
      await record(tx, caseId, SYSTEM, 'delivery', this.clock.now(), [
        { type: 'interaction.delayed', data: { interactionId, channel: 'email', reason: 'rate.domain' } },
      ]);
    });
    this.wake.ring('relay');
  }

  /** Of providers nobody has written to for an hour: they take as many as any other. */
  private async forgetPaces(): Promise<void> {
    await this.database.query('delete from mail_pace where slots[cardinality(slots)] < $1', [
      new Date(this.clock.now().getTime() - 3_600_000),
    ]);
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
