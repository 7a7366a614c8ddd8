import { Injectable } from '@nestjs/common';
import { MailboxWatch, MailDrain, MailListener, TwitterPoller, WebhookKeeper } from '#channels';

/** Where the outside comes in by itself: mail, watched mailboxes and the X poll. */
@Injectable()
export class Doors {
  /** Where the mail listener listens, once open. */
  mailPort = 0;

  constructor(
    private readonly mail: MailListener,
    private readonly drain: MailDrain,
    private readonly mailboxes: MailboxWatch,
    private readonly twitter: TwitterPoller,
    private readonly webhooks: WebhookKeeper,
  ) {}

  async open(): Promise<void> {
    this.drain.start();
    this.mailboxes.start();
    this.twitter.start();
    this.webhooks.start();
    this.mailPort = await this.mail.start();
  }

  async close(): Promise<void> {
    await Promise.all([this.mail.stop(), this.mailboxes.stop(), this.twitter.stop(), this.webhooks.stop()]);
    await this.drain.stop();
  }
}
