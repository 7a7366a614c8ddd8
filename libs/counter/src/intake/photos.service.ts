import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { UploadedAttachment } from '#contracts';
import { AttachmentService, type OpenAttachment } from '#cases';
import { DomainError } from '#platform';
import { demand, IdempotencyService, type Principal } from '#identity';
import { intakeOf } from './intake.store.js';

/** Pixels of the longer side; enough to see a crack, small enough for a queue of photos on a bad network. */
const LONGEST = 2048;
const QUALITY = 80;
/**
 * Pixels a picture may have before it is looked at: as cameras take them, 8192 × 6144 for "50 megapixels". A bomb of a few kilobytes
 * unpacks into gigabytes; what may have to be read whole may have fewer.
 */
const MOST_PIXELS = 64_000_000;
const MOST_PIXELS_WHOLE = 50_000_000;

/** What cameras and canvases make; drawings that are read as programs are not among them. */
const TAKEN_AS = new Set<string>(['jpeg', 'png', 'webp', 'heif']);

/**
 * Pictures of an intake. Each is made anew, turned the way it was held and no larger than need be; where it was taken, when and
 * with which telephone does not come along.
 */
@Injectable()
export class IntakePhotos {
  constructor(
    private readonly attachments: AttachmentService,
    private readonly idempotency: IdempotencyService,
  ) {}

  /**
   * @param file of any format a browser or a telephone makes; a signature stays PNG, as it has no ground
   * @param key of the tablet that took it: one that never heard our answer and sends it again has taken one picture
   * @throws DomainError permission.denied, intake.not_found, intake.over, photo.unreadable, request.idempotency_mismatch
   */
  async take(
    tx: EntityManager,
    principal: Principal,
    intakeId: string,
    file: { fileName: string; bytes: Buffer },
    key?: string,
  ): Promise<UploadedAttachment> {
    demand(principal, 'visit.log');
    const { state } = await intakeOf(tx, principal, intakeId);
    if (state !== 'open') throw new DomainError('intake.over', { state });
    const sha256 = createHash('sha256').update(file.bytes).digest('hex');
    return this.idempotency.once(tx, principal.id, key, ['photo', intakeId, sha256], () =>
      this.keep(tx, principal, intakeId, file),
    );
  }

  private async keep(
    tx: EntityManager,
    principal: Principal,
    intakeId: string,
    file: { fileName: string; bytes: Buffer },
  ): Promise<UploadedAttachment> {
    const { data, type } = await madeAnew(file.bytes);
    const kept = await this.attachments.upload(tx, principal, {
      fileName: `${file.fileName.replace(/\.[^.]*$/u, '') || 'photo'}.${type === 'png' ? 'png' : 'jpg'}`,
      contentType: `image/${type}`,
      body: Readable.from([data]),
    });
    await tx.query('insert into counter_photo (attachment_id, intake_id) values ($1, $2)', [kept.id, intakeId]);
    return kept;
  }

  /**
   * One of them, for any tablet of the store.
   * @throws DomainError permission.denied, intake.not_found, attachment.not_found
   */
  async open(tx: EntityManager, principal: Principal, intakeId: string, id: string): Promise<OpenAttachment> {
    demand(principal, 'visit.log');
    await intakeOf(tx, principal, intakeId);
    const taken: unknown[] = await tx.query('select from counter_photo where attachment_id = $1 and intake_id = $2', [
      id,
      intakeId,
    ]);
    if (taken.length === 0) throw new DomainError('attachment.not_found');
    return this.attachments.bytes(tx, id);
  }
}

/** @throws DomainError photo.unreadable for what is no picture, or one that unpacks beyond reason */
async function madeAnew(bytes: Buffer): Promise<{ data: Buffer; type: 'jpeg' | 'png' }> {
  // Loaded when the first picture comes: most processes never see one.
  const { default: sharp } = await import('sharp');
  try {
    const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
    const { format, hasAlpha, width, height } = await picture.metadata();
    if (!TAKEN_AS.has(format)) throw new Error(`${format} is no photo`);
    if (format !== 'jpeg' && width * height > MOST_PIXELS_WHOLE)
      throw new Error(`${format} of ${width} × ${height} exceeds pixel limit`);
    const upright = picture
      .autoOrient()
      .resize({ width: LONGEST, height: LONGEST, fit: 'inside', withoutEnlargement: true });
    if (format === 'png' && hasAlpha) return { data: await upright.png({ palette: true }).toBuffer(), type: 'png' };
    return { data: await upright.jpeg({ quality: QUALITY, mozjpeg: true }).toBuffer(), type: 'jpeg' };
  } catch (error) {
    throw new DomainError('photo.unreadable', { why: error instanceof Error ? error.message : String(error) });
  }
}
