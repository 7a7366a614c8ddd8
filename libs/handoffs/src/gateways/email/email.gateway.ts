import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { attachedAndLinked, isHandoffEnded, type DeskAction } from '#contracts';
import { CONFIG, type Config } from '#platform';
import { fileNamesOf } from '../../share/file-names.js';
import { withAction } from '../desk/desk-links.js';
import type { Handed, Parcel, PartnerGateway } from '../gateway.js';
import { Gateways } from '../gateways.js';
import { LettersOut } from './letters-out.js';
import { partnerLetter } from './partner-letter.rules.js';
import { messageIdOfRef } from './partner-mail.refs.rules.js';
import { readerOf } from './reader.rules.js';

interface LetterFile {
  id: string;
  fileName: string;
  contentType: string;
  size: number;
  storageKey: string;
}

/** Speaks with partners by mail: good enough alone, for whoever has a mailbox and nothing else. */
@Injectable()
export class EmailGateway implements PartnerGateway, OnModuleInit {
  readonly kind = 'email';

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
    if (!reader) return { verdict: 'dead', error: 'no address is known to write to', retryAfter: null };
    const { attached, linked } = attachedAndLinked(await this.files(parcel), this.config.mail.attachBytes);
    // None into what they are to see no more.
    const page = handoff.forgottenAt || isHandoffEnded(handoff.state) ? null : await this.letters.pageOf(parcel);
    const letter = partnerLetter({
      ...{ word, brand: this.config.mail.name, page, byName: parcel.byName },
      ...{ direction: handoff.direction, reference: handoff.reference, state: handoff.state },
      ...{ language: partner.language, timeZone: partner.timeZone },
      document: handoff.document,
      form: partner.terms.form,
      pageFor: (action: DeskAction) => withAction(page ?? '', action),
      attached: attached.map(({ fileName }) => fileName),
      tooLarge: linked.map(({ fileName }) => fileName),
    });
    return this.letters.hand(parcel, {
      ...letter,
      ...(await this.thread(parcel)),
      to: reader.email,
      name: reader.name,
      files: attached,
    });
  }

  /** Those the document names, by the names it gives them, where it is told; and those said to them with this word. */
  private async files({ word, attachmentIds, handoff }: Parcel): Promise<LetterFile[]> {
    const told = word.kind === 'sent' ? (handoff.document?.files ?? []) : [];
    const ids = [...new Set([...told.map(({ id }) => id), ...attachmentIds])];
    if (ids.length === 0 || handoff.forgottenAt) return [];
    const names = await fileNamesOf(this.database.manager, handoff.id);
    const rows: (Omit<LetterFile, 'size' | 'fileName'> & { size: string })[] = await this.database.query(
      `select id, content_type as "contentType", size, storage_key as "storageKey" from attachment where id = any($1)`,
      [ids],
    );
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => {
      const row = found.get(id);
      return row ? [{ ...row, size: Number(row.size), fileName: names.get(id) ?? 'file' }] : [];
    });
  }

  /** What it answers: their last mail, and the one it all began with. */
  private async thread({ handoff, seq, entryId }: Parcel): Promise<{ inReplyTo: string | null; references: string[] }> {
    const rows: { id: string; ours: boolean; ref: string | null }[] = await this.database.query(
      `(select id, ours, external_ref as ref from handoff_entry where handoff_id = $1 and ours order by seq limit 1)
       union all
       (select id, ours, external_ref from handoff_entry where handoff_id = $1 and not ours and via = 'email' and seq < $2 order by seq desc limit 1)`,
      [handoff.id, seq],
    );
    const first = rows.find(({ ours, id }) => ours && id !== entryId);
    const last = rows.find(({ ours }) => !ours);
    const root = first ? this.letters.messageIdOf(first.id) : null;
    const theirs = messageIdOfRef(last?.ref ?? '');
    return { inReplyTo: theirs ?? root, references: [root, theirs].flatMap((id) => id ?? []) };
  }
}
