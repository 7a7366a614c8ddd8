import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { VOUCHER_DOTS, type StoredFile, type UploadedAttachment } from '#contracts';
import { CLOCK, CONFIG, DomainError, newId, STORAGE, type Clock, type Config, type Storage } from '#platform';
import { demand, visibleStore, type Principal } from '#identity';
import { visible } from './case-access.js';
import { readable } from './intake.rules.js';
import { actorOf, record } from './record.js';

export interface OpenAttachment {
  fileName: string;
  contentType: string;
  size: number;
  body: Readable;
}

interface StoredRow {
  file_name: string;
  content_type: string;
  size: string;
  storage_key: string;
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
    const rows: StoredRow[] = await tx.query(
      `select a.file_name, a.content_type, a.size, a.storage_key from attachment a left join interaction i on i.id = a.interaction_id
       where a.id = $1 and case when i.id is not null then ${visible('$3', 'i.case_id')}
         else a.uploaded_by = $2 or exists (select from case_file f where f.attachment_id = a.id and ${visible('$3', 'f.case_id')}) end`,
      [id, principal.id, visibleStore(principal)],
    );
    return this.stored(rows[0]);
  }

  /**
   * The bytes of a file; whoever asks has checked that the person they ask for may see it.
   * @throws DomainError attachment.not_found
   */
  async bytes(tx: EntityManager, id: string): Promise<OpenAttachment> {
    const rows: StoredRow[] = await tx.query(
      'select file_name, content_type, size, storage_key from attachment where id = $1',
      [id],
    );
    return this.stored(rows[0]);
  }

  private async stored(row: StoredRow | undefined): Promise<OpenAttachment> {
    if (!row || !(await this.storage.has(row.storage_key))) throw new DomainError('attachment.not_found');
    return {
      fileName: row.file_name,
      contentType: row.content_type,
      size: Number(row.size),
      body: await this.storage.get(row.storage_key),
    };
  }

  /** Uploads that are on nothing yet become this person's, to be sent by them; whoever asks has checked that they may. */
  async handTo(tx: EntityManager, principal: Principal, ids: string[]): Promise<void> {
    await tx.query('update attachment set uploaded_by = $2 where id = any($1) and interaction_id is null', [
      ids,
      principal.id,
    ]);
  }

  /**
   * A mail of a case this person may see, just as it came. One that quotes the code of a voucher holds it for everybody to use:
   * only who may give any voucher gets it, and that they did stands on the case.
   * @throws DomainError permission.denied, interaction.not_found, also for what came another way: an original of X holds what others wrote
   */
  async original(tx: EntityManager, principal: Principal, interactionId: string): Promise<Readable> {
    const rows: { raw_key: string; caseId: string; quotesCode: boolean }[] = await tx.query(
      `select i.raw_key, living_case(i.case_id) as "caseId", strpos(concat(i.text, i.quoted, i.html), $3) > 0 as "quotesCode"
       from interaction i where i.id = $1 and i.channel = 'email' and i.raw_key is not null
         and ${visible('$2', 'i.case_id')}`,
      [interactionId, visibleStore(principal), VOUCHER_DOTS],
    );
    const mail = rows[0];
    if (!mail || !(await this.storage.has(mail.raw_key))) throw new DomainError('interaction.not_found');
    if (mail.quotesCode) {
      demand(principal, 'goodwill.approve');
      await record(tx, mail.caseId, actorOf(principal), 'api', this.clock.now(), [
        { type: 'entry.original_read', data: { interactionId } },
      ]);
    }
    return this.storage.get(mail.raw_key);
  }

  /**
   * Keeps pictures and signatures with a case, for whoever sees it: uploads of this person, or what is on the case already.
   * @throws DomainError attachment.not_found
   */
  async keep(tx: EntityManager, principal: Principal, caseId: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const rows: { id: string; loose: boolean }[] = await tx.query(
      `select a.id, a.interaction_id is null and f.case_id is null as loose from attachment a
         left join interaction i on i.id = a.interaction_id left join case_file f on f.attachment_id = a.id
       where a.id = any($1) and (i.case_id = $2 or f.case_id = $2 or (a.interaction_id is null and f.case_id is null and a.uploaded_by = $3))`,
      [ids, caseId, principal.id],
    );
    const missing = ids.filter((id) => !rows.some((row) => row.id === id));
    if (missing.length > 0) throw new DomainError('attachment.not_found', { ids: missing });
    await tx.query(
      'insert into case_file (attachment_id, case_id, at) select id, $2, $3 from unnest($1::uuid[]) id on conflict do nothing',
      [rows.filter(({ loose }) => loose).map(({ id }) => id), caseId, this.clock.now()],
    );
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
