import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { StoredFile, UploadedAttachment } from '#contracts';
import { CLOCK, CONFIG, DomainError, newId, STORAGE, type Clock, type Config, type Storage } from '#platform';
import { visibleStore, type Principal } from '#identity';
import { visible } from './case-access.js';
import { readable } from './intake.rules.js';

export interface OpenAttachment {
  fileName: string;
  contentType: string;
  size: number;
  body: Readable;
}

/** Files: the bytes in storage, a row that says whose they are. */
@Injectable()
export class AttachmentService {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Streams an upload to storage; it belongs to the uploader until something is sent with it.
   * @throws DomainError attachment.too_large, nothing kept
   */
  async upload(
    tx: EntityManager,
    principal: Principal,
    file: { fileName: string; contentType: string; body: Readable },
  ): Promise<UploadedAttachment> {
    const stored = await this.storage.put(file.body, { maxBytes: this.config.storage.uploadLimitBytes });
    const row = {
      id: newId(),
      fileName: readable(file.fileName).slice(0, 255) || 'file',
      contentType: file.contentType.slice(0, 255),
    };
    await tx.query(
      `insert into attachment (id, uploaded_by, file_name, content_type, size, sha256, storage_key, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [row.id, principal.id, row.fileName, row.contentType, stored.size, stored.sha256, stored.key, this.clock.now()],
    );
    return { ...row, size: stored.size, sha256: stored.sha256 };
  }

  /**
   * The bytes of an attachment on a case this person may see, or of their own upload.
   * @throws DomainError attachment.not_found
   */
  async open(tx: EntityManager, principal: Principal, id: string): Promise<OpenAttachment> {
    const rows: { file_name: string; content_type: string; size: string; storage_key: string }[] = await tx.query(
      `select a.file_name, a.content_type, a.size, a.storage_key from attachment a left join interaction i on i.id = a.interaction_id
       where a.id = $1 and case when i.id is null then a.uploaded_by = $2
         else ${visible('$3', 'i.case_id')} end`,
      [id, principal.id, visibleStore(principal)],
    );
    const row = rows[0];
    if (!row || !(await this.storage.has(row.storage_key))) throw new DomainError('attachment.not_found');
    return {
      fileName: row.file_name,
      contentType: row.content_type,
      size: Number(row.size),
      body: await this.storage.get(row.storage_key),
    };
  }

  /**
   * A mail of a case this person may see, just as it came.
   * @throws DomainError interaction.not_found, also for what came another way: an original of X holds what others wrote
   */
  async original(tx: EntityManager, principal: Principal, interactionId: string): Promise<Readable> {
    const rows: { raw_key: string }[] = await tx.query(
      `select i.raw_key from interaction i where i.id = $1 and i.channel = 'email' and i.raw_key is not null
         and ${visible('$2', 'i.case_id')}`,
      [interactionId, visibleStore(principal)],
    );
    const key = rows[0]?.raw_key;
    if (!key || !(await this.storage.has(key))) throw new DomainError('interaction.not_found');
    return this.storage.get(key);
  }

  /**
   * The uploads a person wants to send, locked so that they are sent once.
   * @throws DomainError attachment.not_found when one is not theirs or already used
   */
  async claim(tx: EntityManager, principal: Principal, ids: string[]): Promise<StoredFile[]> {
    if (ids.length === 0) return [];
    const rows: (Omit<StoredFile, 'size'> & { size: string })[] = await tx.query(
      `select id, file_name as "fileName", content_type as "contentType", size, sha256, storage_key as "storageKey", content_id as "contentId", inline
       from attachment where id = any($1) and uploaded_by = $2 and interaction_id is null for update`,
      [ids, principal.id],
    );
    const missing = ids.filter((id) => !rows.some((row) => row.id === id));
    if (missing.length > 0) throw new DomainError('attachment.not_found', { ids: missing });
    return rows.map((row) => ({ ...row, size: Number(row.size) }));
  }
}
