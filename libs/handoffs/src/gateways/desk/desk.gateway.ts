import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '#platform';
import { LettersOut } from '../email/letters-out.js';
import { readerOf } from '../email/reader.rules.js';
import { SENT, type Handed, type Parcel, type PartnerGateway } from '../gateway.js';
import { Gateways } from '../gateways.js';
import { deskLetter } from './desk-letter.rules.js';
import { isShut } from './desk-links.js';

/**
 * Speaks with partners on their page: what is said to them stands there as soon as it is said. Whoever has a mailbox is written that
 * there is something, and where, and so is whom of theirs to ask when nobody answers; to others the link is handed by one of us.
 */
@Injectable()
export class DeskGateway implements PartnerGateway, OnModuleInit {
  readonly kind = 'desk';

  constructor(
    private readonly gateways: Gateways,
    private readonly database: DataSource,
    private readonly letters: LettersOut,
    @Inject(CONFIG) private readonly config: Pick<Config, 'mail'>,
  ) {}

  onModuleInit(): void {
    this.gateways.register(this);
  }

  async deliver(parcel: Parcel): Promise<Handed> {
    const { handoff, partner, word } = parcel;
    const reader = readerOf(parcel);
    if (!reader) return SENT;
    const letter = deskLetter({
      ...{ kind: word.kind, brand: this.config.mail.name, reference: handoff.reference, language: partner.language },
      // None to what they are to see no more.
      page: isShut(handoff.state, handoff.forgottenAt) ? null : await this.letters.pageOf(parcel),
    });
    return this.letters.hand(parcel, {
      ...letter,
      ...(await this.thread(parcel)),
      to: reader.email,
      name: reader.name,
      files: [],
    });
  }

  /** All letters about one handoff are one conversation of their mailbox. */
  private async thread({ handoff, entryId }: Parcel): Promise<{ inReplyTo: string | null; references: string[] }> {
    const rows: { id: string }[] = await this.database.query(
      `select id from handoff_entry where handoff_id = $1 and ours and audience <> 'internal' order by seq limit 1`,
      [handoff.id],
    );
    const first = rows[0]?.id;
    if (!first || first === entryId) return { inReplyTo: null, references: [] };
    const root = this.letters.messageIdOf(first);
    return { inReplyTo: root, references: [root] };
  }
}
