import { Inject, Injectable, Logger } from '@nestjs/common';
import { CLOCK, correlated, ProcessLocks, Sweep, within, type Clock } from '#platform';
import { ChannelHealth } from '../health/index.js';
import { AccountPoller, STOP_MS, type PollingTools } from './account-poller.js';
import { labelOf, TwitterAccounts } from './accounts/index.js';
import { MentionPoller } from './mentions/index.js';
import { FoundMessages } from './polling/found-messages.js';
import { TwitterClient } from './twitter-client.js';
import { WebhookKeeper } from './webhooks/index.js';

/** Makes a poller for each account. */
@Injectable()
export class AccountPollers {
  readonly everyMs: number;
  private readonly tools: PollingTools;

  constructor(
    accounts: TwitterAccounts,
    client: TwitterClient,
    messages: FoundMessages,
    health: ChannelHealth,
    webhooks: WebhookKeeper,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.everyMs = (client.account?.pollSeconds ?? 0) * 1000;
    this.tools = { accounts, client, messages, health, webhooks, clock, everyMs: this.everyMs };
  }

  make(userId: string, locks: ProcessLocks): AccountPoller {
    return new AccountPoller(userId, this.tools, locks);
  }
}

/** Polls for every care account there is: those that come later are taken on, those that go are let go of. */
@Injectable()
export class TwitterPoller {
  private readonly log = new Logger(TwitterPoller.name);
  private readonly sweep: Sweep | null;
  private readonly pollers = new Map<string, AccountPoller>();

  constructor(
    private readonly accounts: TwitterAccounts,
    private readonly makers: AccountPollers,
    private readonly mentions: MentionPoller,
    private readonly locks: ProcessLocks,
  ) {
    const { everyMs } = makers;
    this.sweep = everyMs > 0 ? new Sweep(TwitterPoller.name, everyMs, () => this.look()) : null;
  }

  /** Looks every `HILO_TWITTER_POLL_SECONDS`; never when that is 0 or no account is configured. */
  start(): void {
    // The account of the environment has its row before anything leaves from it, polled or not.
    void this.accounts.introduce();
    this.sweep?.start();
  }

  /** Within a second or two, whatever X does: ends the looks in hand and lets another process poll. */
  async stop(): Promise<void> {
    const looks = this.sweep?.stop() ?? Promise.resolve();
    const [isOver] = await Promise.all([within(STOP_MS, looks), this.letGo()]);
    if (!isOver) this.log.warn('a look at X is cut off');
    // A look that had just begun may have taken one on.
    await this.letGo();
  }

  private async letGo(): Promise<void> {
    const pollers = [...this.pollers.values()];
    this.pollers.clear();
    await Promise.all(pollers.map((poller) => poller.stop()));
  }

  /**
   * One look for each account, the one in hand if there is one; none while another process polls or X's limit is used up.
   * X's refusals are logged once and waited out; they never keep another account from its look.
   * @returns how many new interactions they made
   */
  async poll(): Promise<number> {
    return this.pollAll(await this.current());
  }

  private async pollAll(pollers: AccountPoller[]): Promise<number> {
    return sumOf(await Promise.allSettled(pollers.map((poller) => poller.poll())));
  }

  /** Each account when its time has come: seldom while its webhook brings everything. What breaks keeps none from its look. */
  private async look(): Promise<boolean> {
    await correlated(null, async () => {
      void this.accounts.introduce();
      const pollers = await this.current();
      const [messages] = await Promise.allSettled([this.pollAll(pollers.filter((poller) => poller.isDue()))]);
      const ours = pollers.filter((poller) => poller.isOurs && this.mentions.isDue(poller.userId));
      sumOf([messages, ...(await Promise.allSettled(ours.map(({ userId }) => this.mentions.poll(userId))))]);
    });
    return false;
  }

  private async current(): Promise<AccountPoller[]> {
    const accounts = await this.accounts.all();
    for (const [id, poller] of this.pollers) {
      if (accounts.some(({ userId }) => userId === id)) continue;
      this.pollers.delete(id);
      await poller.forget();
    }
    return accounts.map(({ userId, handle }) => {
      const poller = this.pollers.get(userId) ?? this.makers.make(userId, this.locks);
      this.pollers.set(userId, poller);
      poller.label = labelOf({ userId, handle });
      return poller;
    });
  }
}

/** @throws what broke first of all that were done */
function sumOf(looks: PromiseSettledResult<number>[]): number {
  const broken = looks.find((look) => look.status === 'rejected');
  if (broken) throw broken.reason;
  return looks.reduce((sum, look) => sum + (look.status === 'fulfilled' ? look.value : 0), 0);
}
