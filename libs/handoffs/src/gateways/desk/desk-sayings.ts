import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DESK, type HandoffWord, type StoredFile } from '#contracts';
import { PassingFiles, readable } from '#cases';
import { CLOCK, DomainError, newId, STORAGE, type Clock, type FileStore } from '#platform';
import { PartnerDoor } from '../../handoff/partner-door.service.js';
import { lockAnyHandoff } from '../../handoff/handoff-record.js';
import { DeskLinks, type OpenDeskLink } from './desk-links.js';

/** What came with a form. */
export interface DeskSaying {
  word: HandoffWord;
  /** Of the form as it was shown. */
  nonce: string;
  /** Who of theirs wrote it, if they say so. */
  by: string;
  files: StoredFile[];
}

/** What became of a word: whether it changed anything. */
export interface DeskSaid {
  applied: boolean;
}

/** What a partner says from the page of a link: a word like any other, by the same door. */
@Injectable()
export class DeskSayings {
  constructor(
    private readonly links: DeskLinks,
    private readonly door: PartnerDoor,
    private readonly passing: PassingFiles,
    @Inject(STORAGE) private readonly storage: FileStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Streams a file to storage; it is gone in a day unless it is sent. @throws DomainError attachment.too_large; nothing is kept */
  async keep(file: { fileName: string; contentType: string; body: Readable }): Promise<StoredFile> {
    const { key, sha256, size } = await this.storage.put(file.body, { maxBytes: DESK.fileBytes });
    await this.passing.pass(key);
    return {
      ...{ id: newId(), size, sha256, storageKey: key, contentId: null, inline: false },
      fileName: readable(file.fileName).slice(0, 255) || 'file',
      contentType: file.contentType.toLowerCase().slice(0, 255),
    };
  }

  /** What became of the same form with the same words, if it came before: a double click finds a handoff that has moved on. */
  async known(tx: EntityManager, link: OpenDeskLink, saying: DeskSaying): Promise<DeskSaid | null> {
    const rows: DeskSaid[] = await tx.query(
      'select applied from handoff_entry where handoff_id = $1 and not ours and external_ref = $2',
      [link.handoffId, refOf(saying)],
    );
    return rows[0] ?? null;
  }

  /**
   * Hands it in. The same form with the same words is the same word, however often it comes; with other words it is another one.
   * @throws DomainError desk.link_gone when the link was taken back meanwhile, and whatever the door refuses
   */
  async say(tx: EntityManager, link: OpenDeskLink, saying: DeskSaying): Promise<DeskSaid> {
    await lockAnyHandoff(tx, link.handoffId);
    if (!(await this.links.holds(tx, link))) throw new DomainError('desk.link_gone');
    const known = await this.known(tx, link, saying);
    if (known) return known;
    const { word, by, files } = saying;
    await this.attach(tx, files);
    const { applied } = await this.door.take(
      tx,
      { handoffId: link.handoffId, partnerId: link.partnerId, via: 'desk' },
      {
        ...{ word, externalRef: refOf(saying), at: this.clock.now().toISOString() },
        by: by ? { name: by } : null,
        // A word that is nothing but files names them itself.
        attachmentIds: word.kind === 'file' ? [] : files.map(({ id }) => id),
      },
    );
    return { applied };
  }

  private async attach(tx: EntityManager, files: readonly StoredFile[]): Promise<void> {
    for (const { id, fileName, contentType, size, sha256, storageKey } of files)
      await tx.query(
        `insert into attachment (id, file_name, content_type, size, sha256, storage_key, created_at) values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, fileName, contentType, size, sha256, storageKey, this.clock.now()],
      );
  }
}

/** The ids of files are new each time they are sent; what is in them is not. */
function refOf({ word, nonce, files }: DeskSaying): string {
  const said = word.kind === 'file' ? { ...word, attachmentIds: [] } : word;
  const all = JSON.stringify([said, files.map(({ sha256, fileName }) => [sha256, fileName])]);
  return `desk:${nonce}:${createHash('sha256').update(all).digest('base64url').slice(0, 22)}`;
}
