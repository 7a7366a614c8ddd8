import { Injectable } from '@nestjs/common';
import { LateFiles, MailboxWatch, MailDrain, MailListener, TwitterPoller, WebhookKeeper } from '#channels';

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
    private readonly lateFiles: LateFiles,
  ) {}

  async open(): Promise<void> {
    this.drain.start();
    this.mailboxes.start();
    this.twitter.start();
    this.webhooks.start();
    this.lateFiles.start();
    this.mailPort = await this.mail.start();
  }

  async close(): Promise<void> {
    const ways = [this.mail, this.mailboxes, this.twitter, this.webhooks, this.lateFiles];
    await Promise.all(ways.map((way) => way.stop()));
    await this.drain.stop();
  }
}
