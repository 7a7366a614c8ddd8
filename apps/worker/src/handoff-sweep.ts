import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Deliveries, HandoffRounds, WebhookPost } from '#handoffs';
import { correlated, Sweep, Wake, withRetry } from '#platform';

const SEND_MS = 2000;
const LOOK_MS = 30_000;

/** Brings our words to partners and messages to other systems, writes to the next of theirs where nobody answers, and ends what nobody answered. */
@Injectable()
export class HandoffSweep {
  private readonly sweeps: Sweep[];

  constructor(
    private readonly database: DataSource,
    private readonly rounds: HandoffRounds,
    private readonly wake: Wake,
    private readonly deliveries: Deliveries,
    webhooks: WebhookPost,
  ) {
    const sending = new Sweep('HandoffPost', SEND_MS, () =>
      correlated(null, async () => {
        // Who is done may have more; nobody waits for who is not.
        for (const done of await deliveries.begin()) void done.then(() => sending.poke());
        return false;
      }),
    );
    wake.on('handoffs', () => sending.poke());
    this.sweeps = [
      sending,
      new Sweep('WebhookPost', SEND_MS, () => correlated(null, () => webhooks.sendSome())),
      new Sweep('HandoffRounds', LOOK_MS, () => correlated(null, () => this.look())),
    ];
  }

  start(): void {
    for (const sweep of this.sweeps) sweep.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.sweeps.map((sweep) => sweep.stop()));
    await this.deliveries.idle();
  }

  /** All of them first: nothing is asked or over by hours that have been edited since. */
  private async rework(): Promise<void> {
    const stale = () => this.rounds.stale(this.database.manager);
    for (let ids = await stale(); ids.length > 0; ids = await stale())
      for (const id of ids) await withRetry(this.database, (tx) => this.rounds.rework(tx, id));
  }

  private async look(): Promise<boolean> {
    await this.rework();
    const expired = await this.rounds.expired(this.database.manager);
    for (const id of expired) await withRetry(this.database, (tx) => this.rounds.expire(tx, id));
    const silent = await this.rounds.silent(this.database.manager);
    for (const id of silent) await withRetry(this.database, (tx) => this.rounds.nudge(tx, id));
    if (expired.length + silent.length === 0) return false;
    for (const topic of ['relay', 'handoffs'] as const) this.wake.ring(topic);
    return true;
  }
}
