import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Readable } from 'node:stream';
import type { SendMailOptions } from 'nodemailer';
import type { DeliveryReason, HealthReason, ReplyChannel } from '#contracts';
import { CONFIG, DomainError, type Config } from '#platform';
import type { OutboundChannel, OutgoingMessage, SendOutcome } from '../channel.js';
import { ChannelHealth } from '../health/index.js';
import { LetterWriter } from './letter.writer.js';
import { Relay } from './relay.js';

const HEALTH_KEY = 'smtp-out';

/** What a try says of the relay; the rest is about the one message. */
const TROUBLES: Partial<Record<DeliveryReason, HealthReason>> = {
  'channel.unreachable': 'channel.unreachable',
  'channel.unauthorised': 'channel.login_refused',
  'channel.insecure': 'channel.insecure',
};

/** Replies by mail, through the relay of `HILO_SMTP_URL`. */
@Injectable()
export class EmailChannel implements OutboundChannel, OnModuleDestroy {
  readonly channel: ReplyChannel = 'email';
  readonly settles = false;
  private readonly log = new Logger(EmailChannel.name);
  private relay: Relay | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'mail'>,
    private readonly letters: LetterWriter,
    @Inject(ChannelHealth) private readonly health: Pick<ChannelHealth, 'report' | 'seen'>,
  ) {}

  async send(message: OutgoingMessage): Promise<SendOutcome> {
    const { relayUrl, dkim } = this.config.mail;
    if (!relayUrl) return { outcome: 'failed', reason: 'channel.not_configured', detail: 'HILO_SMTP_URL is not set' };
    if (!message.to.value)
      return { outcome: 'failed', reason: 'recipient.unknown', detail: 'no mail address is known' };
    this.relay ??= new Relay(relayUrl, dkim);
    return this.hand(this.relay, message, message.to.value);
  }

  /** No mail server can be asked whether it took a message. */
  settle(_message: OutgoingMessage): Promise<SendOutcome> {
    return Promise.resolve({ outcome: 'unknown', detail: 'a mail server cannot be asked whether it took a message' });
  }

  /** Hangs up; a message in transmission is finished first. */
  stop(): void {
    this.relay?.close();
    this.relay = null;
  }

  /** With the product: an idle connection must not keep it from ending. */
  onModuleDestroy(): void {
    this.stop();
  }

  private async hand(relay: Relay, message: OutgoingMessage, to: string): Promise<SendOutcome> {
    const files: Readable[] = [];
    try {
      let letter: SendMailOptions;
      try {
        letter = await this.letters.write(message, to, files);
      } catch (error) {
        // Nothing has left, and nobody asked the relay: it says nothing about how that is doing.
        return unwritten(error);
      }
      const outcome = await relay.send(letter, message.messageId);
      await this.tell(relay.label, outcome);
      return outcome;
    } finally {
      for (const file of files) file.destroy();
    }
  }

  /** Says how the relay is doing. What became of the message is known by now, and must not get lost over this. */
  private async tell(label: string, outcome: SendOutcome): Promise<void> {
    const reason = outcome.outcome === 'retry' ? TROUBLES[outcome.reason] : undefined;
    const trouble = outcome.outcome === 'retry' && reason ? { reason, detail: outcome.detail } : null;
    try {
      await this.health.report(HEALTH_KEY, {
        channel: 'email',
        label,
        state: trouble ? 'trouble' : 'ok',
        ...trouble,
      });
      if (outcome.outcome === 'sent') this.health.seen(HEALTH_KEY, 'out');
    } catch (error) {
      this.log.warn(`how the relay is doing was not written down: ${String(error)}`);
    }
  }
}

/** Why a letter could not be written: a file that is gone does not come back, all else is worth another try. */
function unwritten(error: unknown): SendOutcome {
  const detail = error instanceof Error ? error.message : String(error);
  return error instanceof DomainError && error.code === 'attachment.not_found'
    ? { outcome: 'failed', reason: 'attachment.gone', detail }
    : { outcome: 'retry', reason: 'storage.unavailable', detail };
}
