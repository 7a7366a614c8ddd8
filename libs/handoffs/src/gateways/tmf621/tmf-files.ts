import { Inject, Injectable } from '@nestjs/common';
import { buffer } from 'node:stream/consumers';
import type { EntityManager } from 'typeorm';
import { AttachmentService, type OpenAttachment } from '#cases';
import { CLOCK, CONFIG, DomainError, Secrets, type Clock, type Config } from '#platform';
import { fileNamesOf } from '../../share/file-names.js';
import type { TicketFile } from './ticket.js';

const PURPOSE = 'tmf621.file';
const [ID_BYTES, TIME_BYTES, SIGNATURE_BYTES] = [16, 4, 16];
const SIGNED_BYTES = 2 * ID_BYTES + TIME_BYTES;
/** An address opens its file for so long; whoever may still read the ticket finds a new one in it. */
const DAYS = 7;
const HOUR_SECONDS = 3600;
/** Files up to here travel in the ticket itself, together not more than that; a partner can fetch each. */
const INLINE_BYTES = 128 * 1024;
const INLINE_TOGETHER = 512 * 1024;

/** Files of ours that travel with tickets: a partner gets those of a handoff of theirs, as long as what was told is to be seen. */
@Injectable()
export class TmfFiles {
  constructor(
    private readonly secrets: Secrets,
    private readonly attachments: AttachmentService,
    @Inject(CONFIG) private readonly config: Pick<Config, 'http'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Where all of them are. */
  get place(): string {
    return new URL('/tmf-api/files/', this.config.http.baseUrl).href;
  }

  /** Where a partner finds a file of a handoff: whoever has the address. */
  url(handoffId: string, attachmentId: string): string {
    const signed = Buffer.alloc(SIGNED_BYTES);
    signed.write(`${handoffId}${attachmentId}`.replaceAll('-', ''), 'hex');
    // By the hour, so that a ticket which did not change reads the same.
    const hours = Math.ceil(this.clock.now().getTime() / 1000 / HOUR_SECONDS) + DAYS * 24;
    signed.writeUInt32BE(hours * HOUR_SECONDS, 2 * ID_BYTES);
    const token = Buffer.concat([signed, this.secrets.sign(PURPOSE, signed.toString('hex'), SIGNATURE_BYTES)]);
    return new URL(`/tmf-api/files/${token.toString('base64url')}`, this.config.http.baseUrl).href;
  }

  /**
   * The file behind such an address.
   * @throws DomainError attachment.not_found: we did not make it, it is too old, or it is no longer told
   */
  async open(tx: EntityManager, token: string): Promise<OpenAttachment> {
    const bytes = Buffer.from(token, 'base64url');
    const signed = bytes.subarray(0, SIGNED_BYTES);
    const isOurs =
      bytes.length === SIGNED_BYTES + SIGNATURE_BYTES &&
      bytes.toString('base64url') === token &&
      this.secrets.isSigned(PURPOSE, signed.toString('hex'), bytes.subarray(SIGNED_BYTES)) &&
      signed.readUInt32BE(2 * ID_BYTES) * 1000 > this.clock.now().getTime();
    if (!isOurs) throw new DomainError('attachment.not_found');
    const [handoffId, attachmentId] = [uuidAt(signed, 0), uuidAt(signed, ID_BYTES)];
    const [told]: unknown[] = await tx.query(
      `select from handoff h join partner p on p.id = h.partner_id and p.active left join tmf_ticket k on k.handoff_id = h.id
       where h.id = $1 and h.forgotten_at is null and k.deleted_at is null and (
         h.document -> 'files' @> jsonb_build_array(jsonb_build_object('id', $2::text))
         or exists (select from handoff_entry e where e.handoff_id = h.id and e.audience <> 'internal' and $2::uuid = any(e.attachment_ids)))`,
      [handoffId, attachmentId],
    );
    if (!told) throw new DomainError('attachment.not_found');
    const file = await this.attachments.bytes(tx, attachmentId);
    const names = await fileNamesOf(tx, handoffId);
    return { ...file, fileName: names.get(attachmentId) ?? 'file' };
  }

  /** Files as they go along with what we say: small ones whole, all of them by where they are. */
  async outgoing(tx: EntityManager, handoffId: string, ids: readonly string[]): Promise<TicketFile[]> {
    let room = INLINE_TOGETHER;
    const files: TicketFile[] = [];
    const names = ids.length === 0 ? null : await fileNamesOf(tx, handoffId);
    for (const id of ids) {
      const { contentType, size, body } = await this.attachments.bytes(tx, id);
      const file = {
        id,
        attachmentType: 'file',
        name: names?.get(id) ?? 'file',
        mimeType: contentType,
        url: this.url(handoffId, id),
      };
      const fits = size <= Math.min(INLINE_BYTES, room);
      if (fits) room -= size;
      else body.destroy();
      const content = fits ? { content: (await buffer(body)).toString('base64') } : {};
      files.push({ ...file, ...content, size: { amount: size, units: 'bytes' } });
    }
    return files;
  }
}

const uuidAt = (bytes: Buffer, at: number): string =>
  bytes.toString('hex', at, at + ID_BYTES).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
