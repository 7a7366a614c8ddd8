import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CLOCK, CONFIG, Secrets, STORAGE, type Clock, type Config, type FileStore } from '#platform';
import type { OpenAttachment } from './attachment.service.js';

const PURPOSE = 'file.link';
const [ID_BYTES, TIME_BYTES, SIGNATURE_BYTES] = [16, 4, 16];
const SIGNED_BYTES = ID_BYTES + TIME_BYTES;

/** How long a link to a file leads there. */
export const LINK_DAYS = 30;

/**
 * Links to files that are too large for a mail. Whoever has one can download the file, without a login: it is signed, names
 * one file, and ends. A file that is taken off its message is no longer to be had, whatever its link says.
 */
@Injectable()
export class FileLinks {
  constructor(
    private readonly secrets: Secrets,
    @Inject(STORAGE) private readonly storage: FileStore,
    @Inject(CONFIG) private readonly config: Pick<Config, 'http'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The address of a file; the same one each time it is asked for with the same end. */
  url(attachmentId: string, until: Date): string {
    const signed = Buffer.alloc(SIGNED_BYTES);
    signed.write(attachmentId.replaceAll('-', ''), 'hex');
    signed.writeUInt32BE(Math.floor(until.getTime() / 1000), ID_BYTES);
    const signature = this.secrets.sign(PURPOSE, signed.toString('hex'), SIGNATURE_BYTES);
    const token = Buffer.concat([signed, signature]).toString('base64url');
    return new URL(`/files/${token}`, this.config.http.baseUrl).href;
  }

  /** The file behind a link; `expired` when it was one, `unknown` when we did not make it or the file is no longer sent. */
  async open(tx: EntityManager, token: string): Promise<OpenAttachment | 'expired' | 'unknown'> {
    const read = this.read(token);
    if (!read) return 'unknown';
    if (read.until <= this.clock.now()) return 'expired';
    const rows: { fileName: string; contentType: string; size: string; key: string }[] = await tx.query(
      `select a.file_name as "fileName", a.content_type as "contentType", a.size, a.storage_key as key from attachment a
       join delivery d on d.interaction_id = a.interaction_id where a.id = $1 and d.channel = 'email' and d.state <> 'undone'`,
      [read.attachmentId],
    );
    const row = rows[0];
    if (!row || !(await this.storage.has(row.key))) return 'unknown';
    const { fileName, contentType, size, key } = row;
    return { fileName, contentType, size: Number(size), body: await this.storage.get(key) };
  }

  private read(token: string): { attachmentId: string; until: Date } | null {
    const bytes = Buffer.from(token, 'base64url');
    // One spelling only: what base64url forgives is no link of ours.
    if (bytes.length !== SIGNED_BYTES + SIGNATURE_BYTES || bytes.toString('base64url') !== token) return null;
    const signed = bytes.subarray(0, SIGNED_BYTES);
    if (!this.secrets.isSigned(PURPOSE, signed.toString('hex'), bytes.subarray(SIGNED_BYTES))) return null;
    const id = signed.toString('hex', 0, ID_BYTES).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
    return { attachmentId: id, until: new Date(signed.readUInt32BE(ID_BYTES) * 1000) };
  }
}
