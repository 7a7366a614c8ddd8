import { Injectable } from '@nestjs/common';
import type { Language } from '#contracts';
import type { Handed } from '../gateway.js';

/** A mail to a partner, whole. */
export interface PartnerPost {
  /** What it is to us: its bounce brings it back. */
  id: string;
  messageId: string;
  to: string;
  name: string;
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

export interface PostCarrier {
  carry(post: PartnerPost): Promise<Handed>;
}

/** Where mails to partners are handed in; who carries them tells of itself when the product starts. */
@Injectable()
export class PostOffice {
  private carrier: PostCarrier | null = null;

  use(carrier: PostCarrier): void {
    this.carrier = carrier;
  }

  async hand(post: PartnerPost): Promise<Handed> {
    if (!this.carrier) return { verdict: 'again', error: 'nobody carries mail in this process', retryAfter: null };
    return this.carrier.carry(post);
  }
}
