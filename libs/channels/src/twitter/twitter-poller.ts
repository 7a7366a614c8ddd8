import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CLOCK, correlated, Sweep, type Clock } from '#platform';
import { AccountPoller, type PollingTools } from './account-poller.js';
import { TwitterAccounts } from './accounts/index.js';
import { TwitterClient } from './twitter-client.js';
import { TwitterIntake } from './twitter-intake.js';
import { UnreadableEvents } from './unreadable-events.js';

/** Polls for every care account there is: those that come later are taken on, those that go are let go of. */
@Injectable()
export class TwitterPoller {
  private readonly log = new Logger(TwitterPoller.name);
  private readonly tools: PollingTools;
  private readonly sweep: Sweep | null;
  private readonly pollers = new Map<string, AccountPoller>();

  constructor(
    private readonly accounts: TwitterAccounts,
    client: TwitterClient,
    intake: TwitterIntake,
    unreadable: UnreadableEvents,
    database: DataSource,
    @Inject(CLOCK) clock: Clock,
  ) {
    const everyMs = (client.account?.pollSeconds ?? 0) * 1000;
    this.tools = { accounts, client, intake, unreadable, database, clock, everyMs };
    this.sweep = everyMs > 0 ? new Sweep(TwitterPoller.name, everyMs, () => this.look()) : null;
  }

  /** Looks every `HILO_TWITTER_POLL_SECONDS`; never when that is 0 or no account is configured. */
  start(): void {
    // The account of the environment has its row before anything leaves from it, polled or not.
    this.accounts.ready().catch((error: unknown) => this.log.warn(`accounts on X: ${String(error)}`));
    this.sweep?.start();
  }

  /** Finishes the looks in hand and lets another process poll. */
  async stop(): Promise<void> {
    await this.sweep?.stop();
    await Promise.all([...this.pollers.values()].map((poller) => poller.stop()));
    this.pollers.clear();
  }

  /**
   * One look for each account, the one in hand if there is one; none while another process polls or X's limit is used up.
   * X's refusals are logged once and waited out; they never keep another account from its look.
   * @returns how many new interactions they made
   */
  async poll(): Promise<number> {
    const pollers = await this.current();
    const looks = await Promise.allSettled(pollers.map((poller) => poller.poll()));
    const broken = looks.find((look) => look.status === 'rejected');
    if (broken) throw broken.reason;
    return looks.reduce((sum, look) => sum + (look.status === 'fulfilled' ? look.value : 0), 0);
  }

  private async look(): Promise<boolean> {
    await correlated(null, () => this.poll());
    return false;
  }

  private async current(): Promise<AccountPoller[]> {
    const ids = (await this.accounts.all()).map(({ userId }) => userId);
    for (const [id, poller] of this.pollers) {
      if (ids.includes(id)) continue;
      this.pollers.delete(id);
      await poller.stop();
    }
    for (const id of ids) if (!this.pollers.has(id)) this.pollers.set(id, new AccountPoller(id, this.tools));
    return ids.flatMap((id) => this.pollers.get(id) ?? []);
  }
}
