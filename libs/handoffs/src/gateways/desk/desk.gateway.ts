import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, Secrets, withRetry, type Config } from '#platform';
import { handoffTag, wordMessageId } from '../email/handoff-marks.rules.js';
import { PostOffice } from '../email/post-office.js';
import { SENT, type Handed, type Parcel, type PartnerGateway } from '../gateway.js';
import { Gateways } from '../gateways.js';
import { deskLetter } from './desk-letter.rules.js';
import { DeskLinks } from './desk-links.js';

/** Links of letters that could not be handed over yet: the next try holds the same one. */
const MOST_PAGES = 500;

/**
 * Speaks with partners on their page: what is said to them stands there as soon as it is said. Whoever has a mailbox is written that
 * there is something, and where; to others the link is handed by one of us.
 */
@Injectable()
export class DeskGateway implements PartnerGateway, OnModuleInit {
  readonly kind = 'desk';
  private readonly pages = new Map<string, string>();

  constructor(
    private readonly gateways: Gateways,
    private readonly database: DataSource,
    private readonly links: DeskLinks,
    private readonly post: PostOffice,
    private readonly secrets: Secrets,
    @Inject(CONFIG) private readonly config: Pick<Config, 'mail'>,
  ) {}

  onModuleInit(): void {
    this.gateways.register(this);
  }

  async deliver(parcel: Parcel): Promise<Handed> {
    const { handoff, partner, word, entryId } = parcel;
    if (!partner.email) return SENT;
    const { address, name: brand } = this.config.mail;
    const { reference } = handoff;
    const letter = deskLetter({
      ...{ kind: word.kind, brand, reference, language: partner.language },
      page: await this.pageOf(parcel),
    });
    const handed = await this.post.hand({
      ...letter,
      ...(await this.thread(parcel)),
      id: entryId,
      messageId: wordMessageId(this.secrets, entryId, address),
      to: partner.email,
      name: partner.name,
      from: [parcel.byName, brand].filter(Boolean).join(' · '),
      replyTag: handoffTag(this.secrets, reference),
      language: partner.language,
      files: [],
      date: parcel.at,
    });
    if (handed.verdict !== 'again') this.pages.delete(entryId);
    return handed;
  }

  /** A link of their own; none to what they are to see no more. */
  private async pageOf({ handoff, entryId }: Parcel): Promise<string | null> {
    if (handoff.forgottenAt || handoff.state === 'recalled' || handoff.state === 'expired') return null;
    const known = this.pages.get(entryId);
    if (known) return known;
    const page = await withRetry(this.database, (tx) => this.links.issue(tx, handoff.id));
    if (this.pages.size >= MOST_PAGES) this.pages.clear();
    this.pages.set(entryId, page);
    return page;
  }

  /** All letters about one handoff are one conversation of their mailbox. */
  private async thread({ handoff, entryId }: Parcel): Promise<{ inReplyTo: string | null; references: string[] }> {
    const rows: { id: string }[] = await this.database.query(
      `select id from handoff_entry where handoff_id = $1 and ours and audience <> 'internal' order by seq limit 1`,
      [handoff.id],
    );
    const first = rows[0]?.id;
    if (!first || first === entryId) return { inReplyTo: null, references: [] };
    const root = wordMessageId(this.secrets, first, this.config.mail.address);
    return { inReplyTo: root, references: [root] };
  }
}
