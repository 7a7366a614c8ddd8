import type { Readable } from 'node:stream';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Language } from '#contracts';
import { CONFIG, Secrets, STORAGE, type Config, type FileStore } from '#platform';
import type { SendOutcome } from '../channel.js';
import { bounceAddress, bounceToken } from './bounce.token.js';
import { Relay } from './relay.js';

/** Longest local part of an address (RFC 5321 §4.5.3.1.1). */
const MAX_LOCAL_PART = 64;

/** A mail to a company that works with us, whole. */
export interface PartnerLetter {
  /** What it is to us: its bounce brings it back. */
  id: string;
  /** Fixed before the first try. */
  messageId: string;
  to: string;
  name: string;
  /** Who says it, as its reader sees it. */
  from: string;
  /** Behind the plus of the address an answer goes to. */
  replyTag: string;
  language: Language;
  subject: string;
  text: string;
  html: string;
  files: { fileName: string; contentType: string; storageKey: string }[];
  inReplyTo: string | null;
  references: string[];
  date: Date;
}

/** Mails to companies: by the same relay as those to customers, but part of no conversation with one. */
@Injectable()
export class PartnerMailer implements OnModuleDestroy {
  private relay: Relay | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(STORAGE) private readonly storage: FileStore,
    private readonly secrets: Secrets,
  ) {}

  async send(letter: PartnerLetter): Promise<SendOutcome> {
    const { relayUrl, dkim } = this.config.mail;
    if (!relayUrl) return { outcome: 'failed', reason: 'channel.not_configured', detail: 'HILO_SMTP_URL is not set' };
    this.relay ??= new Relay(relayUrl, dkim);
    const opened: Readable[] = [];
    try {
      for (const file of letter.files) opened.push(await this.storage.get(file.storageKey));
      return await this.relay.send(this.mailOf(letter, opened), letter.messageId);
    } finally {
      for (const stream of opened) stream.destroy();
    }
  }

  private mailOf(
    { id, to, name, from, replyTag, language, inReplyTo, references, files, ...body }: PartnerLetter,
    opened: Readable[],
  ) {
    const { address } = this.config.mail;
    const at = address.lastIndexOf('@');
    return {
      envelope: { from: this.tagged(bounceAddress(this.secrets, id, address)), to },
      dsn: {
        id: bounceToken(this.secrets, id),
        return: 'headers' as const,
        notify: ['failure' as const, 'delay' as const],
        recipient: to,
      },
      from: { name: from, address },
      replyTo: this.tagged(`${address.slice(0, at)}+${replyTag}${address.slice(at)}`),
      to: { name, address: to },
      subject: body.subject,
      text: body.text,
      html: body.html,
      date: body.date,
      inReplyTo: inReplyTo ?? undefined,
      references,
      headers: { 'Content-Language': language },
      attachments: files.map(({ fileName, contentType }, nth) => ({
        filename: fileName,
        contentType,
        content: opened[nth],
      })),
    };
  }

  /** The address with its tag where such arrive, and where it is still one; else the plain one. */
  private tagged(address: string): string {
    const isAddress = this.config.mail.plusAddresses && address.lastIndexOf('@') <= MAX_LOCAL_PART;
    return isAddress ? address : this.config.mail.address;
  }

  /** An idle connection must not keep the product from ending. */
  onModuleDestroy(): void {
    this.relay?.close();
    this.relay = null;
  }
}
