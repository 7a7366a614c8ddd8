import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Accruals, Post, Restorations, RuleProposals } from '#goodwill';
import { correlated, Sweep, Wake, withRetry } from '#platform';

const PROPOSE_MS = 20_000;
const COUNT_MS = 30_000;
const SEND_MS = 5_000;

/** Proposes what rules offer, counts the days of discounts, and tells billing, voucher and loyalty systems. */
@Injectable()
export class GoodwillSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly sweeps: Sweep[];

  constructor(
    private readonly database: DataSource,
    private readonly restorations: Restorations,
    private readonly accruals: Accruals,
    proposals: RuleProposals,
    post: Post,
    wake: Wake,
  ) {
    const told = (work: () => Promise<boolean>) => () =>
      correlated(null, async () => {
        const more = await work();
        if (more) wake.ring('relay');
        return more;
      });
    const sending = new Sweep('GoodwillPost', SEND_MS, () => correlated(null, () => post.sendSome()));
    wake.on('benefits', () => sending.poke());
    this.sweeps = [
      new Sweep(
        'GoodwillProposals',
        PROPOSE_MS,
        told(() => withRetry(database, (tx) => proposals.proposeSome(tx))),
      ),
      new Sweep(
        'GoodwillDays',
        COUNT_MS,
        told(() => this.count()),
      ),
      sending,
    ];
  }

  onApplicationBootstrap(): void {
    for (const sweep of this.sweeps) sweep.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.sweeps.map((sweep) => sweep.stop()));
  }

  private async count(): Promise<boolean> {
    const { more, settle } = await withRetry(this.database, (tx) => this.accruals.countSome(tx));
    for (const caseId of settle) await withRetry(this.database, (tx) => this.restorations.settle(tx, caseId));
    const expired = await withRetry(this.database, (tx) => this.restorations.expireSome(tx));
    return more || expired;
  }
}
