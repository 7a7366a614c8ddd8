import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Language } from '#contracts';
import { CONFIG, type Config } from '#platform';
import type { SendOutcome } from '../channel.js';
import { AUTOMATIC_HEADERS } from './automatic.rules.js';
import { LOOP_HEADER } from './mail.parser.js';
import { Relay } from './relay.js';

/** A mail to one of us, whole. */
export interface StaffLetter {
  /** Its Message-ID is made of it: the same for every try. */
  id: string;
  to: string;
  name: string;
  language: Language;
  subject: string;
  text: string;
  html: string;
  createdAt: Date;
}

/** Nobody asked for it, and nobody's program shall answer it (RFC 3834 §5). */
const HEADERS = { ...AUTOMATIC_HEADERS, 'Auto-Submitted': 'auto-generated' };

/** Mails to people of the house: by the same relay as those to customers, but part of no case and with no way back into one. */
@Injectable()
export class StaffMailer implements OnModuleDestroy {
  private relay: Relay | null = null;

  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'mail'>) {}

  async send({ id, to, name, createdAt, language, ...body }: StaffLetter): Promise<SendOutcome> {
    const { relayUrl, dkim, address, name: brand } = this.config.mail;
    if (!relayUrl) return { outcome: 'failed', reason: 'channel.not_configured', detail: 'HILO_SMTP_URL is not set' };
    this.relay ??= new Relay(relayUrl, dkim);
    const messageId = `<${id}.staff@${address.slice(address.lastIndexOf('@') + 1)}>`;
    return this.relay.send(
      {
        ...body,
        // A bounce of it interests no one.
        envelope: { from: '', to },
        from: { name: brand, address },
        to: { name, address: to },
        date: createdAt,
        headers: { ...HEADERS, [LOOP_HEADER]: id, 'Content-Language': language },
      },
      messageId,
    );
  }

  /** An idle connection must not keep the product from ending. */
  onModuleDestroy(): void {
    this.relay?.close();
    this.relay = null;
  }
}
