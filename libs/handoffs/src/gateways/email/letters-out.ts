import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, Secrets, withRetry, type Config } from '#platform';
import { DeskLinks } from '../desk/desk-links.js';
import type { Handed, Parcel } from '../gateway.js';
import { handoffTag, wordMessageId } from './handoff-marks.rules.js';
import { PostOffice, type PartnerPost } from './post-office.js';

/** Pages of letters that could not be handed over yet: the next try shows the same one. */
const MOST_PAGES = 500;

/** What a gateway says of its letter; the rest is the same of all letters to partners. */
export type LetterOut = Pick<
  PartnerPost,
  'to' | 'name' | 'subject' | 'text' | 'html' | 'files' | 'inReplyTo' | 'references'
>;

/** Letters to partners on their way out: the link of their own in each, and the marks an answer is known by. */
@Injectable()
export class LettersOut {
  private readonly pages = new Map<string, string>();

  constructor(
    private readonly database: DataSource,
    private readonly links: DeskLinks,
    private readonly post: PostOffice,
    private readonly secrets: Secrets,
    @Inject(CONFIG) private readonly config: Pick<Config, 'mail'>,
  ) {}

  /** The address of their page in this letter. */
  async pageOf({ handoff, entryId }: Parcel): Promise<string> {
    const known = this.pages.get(entryId);
    if (known) return known;
    const page = await withRetry(this.database, (tx) => this.links.issue(tx, handoff.id));
    if (this.pages.size >= MOST_PAGES) this.pages.clear();
    this.pages.set(entryId, page);
    return page;
  }

  /** Under which id the letter with this entry goes out. */
  messageIdOf(entryId: string): string {
    return wordMessageId(this.secrets, entryId, this.config.mail.address);
  }

  /** Hands it in under the name of whoever says it. */
  async hand({ handoff, partner, entryId, byName, at }: Parcel, letter: LetterOut): Promise<Handed> {
    const handed = await this.post.hand({
      ...letter,
      id: entryId,
      messageId: this.messageIdOf(entryId),
      from: [byName, this.config.mail.name].filter(Boolean).join(' · '),
      replyTag: handoffTag(this.secrets, handoff.reference),
      language: partner.language,
      date: at,
    });
    if (handed.verdict !== 'again') this.pages.delete(entryId);
    return handed;
  }
}
