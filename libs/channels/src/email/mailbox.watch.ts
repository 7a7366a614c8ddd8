import { Injectable, Logger } from '@nestjs/common';
import { ProcessLocks, Sweep, Wake } from '#platform';
import { ChannelHealth } from '../health/index.js';
import { ImapHouse } from './imap.house.js';
import { Mailboxes, type SealedMailbox } from './mailbox.store.js';
import { healthKey, MailboxWatcher, type WatchHouse, type WatchPace } from './mailbox.watcher.js';
import { OwnAddresses } from './own.addresses.js';

/** How soon another process notices that a mailbox was added, changed or removed; this one does at once. */
const LOOK_EVERY_MS = 5000;
const PACE = { firstMs: 1000, longestMs: 60_000, refusedMs: 5 * 60_000, lockMs: 5000 };

/** Watches every mailbox that is active, as they come and go. */
@Injectable()
export class MailboxWatch {
  private readonly log = new Logger(MailboxWatch.name);
  private readonly watchers = new Map<string, MailboxWatcher>();
  private readonly sweep: Sweep;
  /** Whose health is written down; null: not looked yet. */
  private known: Set<string> | null = null;
  private readonly around: WatchHouse;

  constructor(
    private readonly house: ImapHouse,
    private readonly mailboxes: Mailboxes,
    own: OwnAddresses,
    locks: ProcessLocks,
    private readonly health: ChannelHealth,
    wake: Wake,
  ) {
    this.around = { house, locks, health, mailboxes, own, pace: { ...PACE, pollMs: house.pollMs } };
    this.sweep = new Sweep(MailboxWatch.name, LOOK_EVERY_MS, async () => {
      await this.look();
      return false;
    });
    wake.on('mailboxes', () => this.sweep.poke());
  }

  /** @param pace other waits than the usual ones */
  start(pace: Partial<WatchPace> = {}): void {
    Object.assign(this.around.pace, pace);
    this.sweep.start();
  }

  /** Finishes the mails in hand, all mailboxes at once, within a few seconds. */
  async stop(): Promise<void> {
    await this.sweep.stop();
    await Promise.all([...this.watchers.values()].map((watcher) => watcher.stop()));
    this.watchers.clear();
  }

  private async look(): Promise<void> {
    const mailboxes = await this.mailboxes.all();
    const wanted = new Map(mailboxes.map((mailbox) => [mailbox.id, mailbox]));
    const outdated = [...this.watchers.values()].filter(({ mailbox }) => !isAsBefore(mailbox, wanted.get(mailbox.id)));
    await Promise.all(outdated.map((watcher) => this.end(watcher)));
    for (const mailbox of mailboxes) await this.begin(mailbox);
    await this.forgetOthers(new Set(mailboxes.map(({ id }) => healthKey(id))));
  }

  private async begin(mailbox: SealedMailbox): Promise<void> {
    if (this.watchers.has(mailbox.id)) return;
    if (!mailbox.active) {
      await this.health.report(healthKey(mailbox.id), { channel: 'email', label: mailbox.address, state: 'stopped' });
      return;
    }
    const watcher = new MailboxWatcher(mailbox, this.around);
    this.watchers.set(mailbox.id, watcher);
    watcher.start();
    this.log.log(`mailbox ${mailbox.id} is watched`);
  }

  private async end(watcher: MailboxWatcher): Promise<void> {
    this.watchers.delete(watcher.mailbox.id);
    await watcher.stop();
  }

  /** Those that were removed, also while nobody looked. */
  private async forgetOthers(keys: Set<string>): Promise<void> {
    this.known ??= new Set(await this.reported());
    for (const key of this.known) if (!keys.has(key)) await this.health.forget(key);
    this.known = keys;
  }

  private async reported(): Promise<string[]> {
    const rows: { key: string }[] = await this.house.database.query(
      `select key from channel_health where key like 'imap:%'`,
    );
    return rows.map(({ key }) => key);
  }
}

const isAsBefore = (old: SealedMailbox, now: SealedMailbox | undefined): boolean =>
  now?.active === true && now.revision === old.revision;
