import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PassingFiles, readable } from '#cases';
import { CLOCK, CONFIG, DomainError, newId, STORAGE, type Clock, type Config, type FileStore } from '#platform';
import type { PartnerRecord } from '../../partners/partner-record.js';
import type { TicketFile } from './ticket.js';
import { TmfPeers } from './tmf-peers.js';

/** A file of theirs in storage; no row names it yet. */
export interface Fetched {
  fileName: string;
  contentType: string;
  size: number;
  sha256: string;
  key: string;
}

/** Files as they came with a call, and what is in storage of each. */
export type Brought = ReadonlyMap<TicketFile, Fetched | null>;

/** What is read, and kept in words. */
const DATA = new Set(['handoff', 'quote', 'quote_answer']);

/** Files that partners send with their tickets. */
@Injectable()
export class TmfFilesIn {
  constructor(
    private readonly peers: TmfPeers,
    private readonly passing: PassingFiles,
    @Inject(STORAGE) private readonly storage: FileStore,
    @Inject(CONFIG) private readonly config: Pick<Config, 'storage'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Null: it is not to be had, and what is known of it is to be told in words. Holds no transaction. */
  async fetch(partner: PartnerRecord, file: TicketFile): Promise<Fetched | null> {
    const bytes = await this.bytes(partner, file);
    try {
      return bytes && (await this.store(file, bytes));
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }

  /** What came along with a call, in storage before a transaction begins. @throws DomainError request.too_large */
  async bring(files: readonly TicketFile[]): Promise<Brought> {
    const brought = new Map<TicketFile, Fetched | null>();
    for (const file of files)
      if (file.content !== undefined && !DATA.has(file.attachmentType ?? ''))
        brought.set(file, await this.store(file, Buffer.from(file.content, 'base64')));
    return brought;
  }

  private async store(file: TicketFile, bytes: Buffer): Promise<Fetched | null> {
    if (bytes.length === 0) return null;
    const stored = await this.storage.put(Readable.from([bytes]), { maxBytes: this.config.storage.uploadLimitBytes });
    await this.passing.pass(stored.key);
    return {
      fileName: readable(file.name ?? '').slice(0, 255) || 'file',
      contentType: (file.mimeType ?? 'application/octet-stream').slice(0, 255),
      ...{ size: stored.size, sha256: stored.sha256, key: stored.key },
    };
  }

  /** @returns the id of an attachment that is on nothing yet */
  async keep(tx: EntityManager, file: Fetched): Promise<string> {
    const id = newId();
    await tx.query(
      `insert into attachment (id, file_name, content_type, size, sha256, storage_key, created_at) values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, file.fileName, file.contentType, file.size, file.sha256, file.key, this.clock.now()],
    );
    return id;
  }

  private async bytes(partner: PartnerRecord, { content, url, href }: TicketFile): Promise<Buffer | null> {
    if (content !== undefined) return Buffer.from(content, 'base64');
    const address = url ?? href;
    return address !== undefined && partner.tmf621 ? this.peers.download(partner, address) : null;
  }
}

/** A file that could not be had, in words. */
export const namedFile = ({ name, url, href, description }: TicketFile): string =>
  [description, name, url ?? href].filter(Boolean).join(' · ').slice(0, 5000) || '-';
