import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { StaffMailer } from '#channels';
import { DueSoon, NotificationBell, StaffMails, StaffPost, type Posted, type StaffMail } from '#notifications';
import { Sweep, withRetry } from '#platform';

const DUE_MS = 5000;
const WRITE_MS = 2000;
const SEND_MS = 2000;

/** Tells people what is due soon, makes mails of what they want by mail, and sends those. */
@Injectable()
export class NotificationSweep {
  private readonly log = new Logger(NotificationSweep.name);
  private readonly sweeps: Sweep[];

  constructor(
    private readonly database: DataSource,
    dueSoon: DueSoon,
    mails: StaffMails,
    private readonly post: StaffPost,
    private readonly mailer: StaffMailer,
    bell: NotificationBell,
  ) {
    const sending = new Sweep('StaffPost', SEND_MS, () => this.send());
    this.sweeps = [
      new Sweep('DueSoon', DUE_MS, async () => {
        const { told, more } = await withRetry(database, (tx) => dueSoon.tell(tx));
        bell.ring(told);
        return more;
      }),
      new Sweep('StaffMails', WRITE_MS, async () => {
        const written = await this.writeAll(mails);
        if (written > 0) sending.poke();
        return false;
      }),
      sending,
    ];
  }

  start(): void {
    for (const sweep of this.sweeps) sweep.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.sweeps.map((sweep) => sweep.stop()));
  }

  /** Each alone: whoever cannot be written to is tried again and holds up nobody. @returns how many mails were written */
  async writeAll(mails: StaffMails): Promise<number> {
    let written = 0;
    for (const agentId of await mails.due(this.database))
      try {
        if (await withRetry(this.database, (tx) => mails.writeTo(tx, agentId))) written += 1;
      } catch (error) {
        this.log.error(`mail to ${agentId} not written: ${String(error)}`);
      }
    return written;
  }

  /** One portion; true when there may be more. */
  async send(): Promise<boolean> {
    const mails = await withRetry(this.database, (tx) => this.post.take(tx));
    for (const mail of mails) {
      const posted = await this.hand(mail);
      await withRetry(this.database, (tx) => this.post.settle(tx, mail, posted));
    }
    return mails.length > 0;
  }

  /** Whether a line that broke had taken it nobody can say: it goes again under the same Message-ID. */
  private async hand(mail: StaffMail): Promise<Posted> {
    const said = await this.mailer.send(mail);
    if (said.outcome === 'sent') return { outcome: 'sent' };
    const reason = said.outcome === 'unknown' ? 'channel.unreachable' : said.reason;
    return { outcome: said.outcome === 'failed' ? 'failed' : 'retry', reason, detail: said.detail };
  }
}
