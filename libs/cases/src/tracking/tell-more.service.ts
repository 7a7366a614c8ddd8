import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPhoto, TELL_MORE, type Arrival, type StoredFile } from '#contracts';
import { CLOCK, DomainError, newId, STORAGE, type Clock, type FileStore } from '#platform';
import { ProofService } from '../identity/proof.service.js';
import { readable } from '../intake.rules.js';
import { IntakeService } from '../intake.service.js';
import type { OpenLink } from './case-links.js';
import { PassingFiles } from './passing-files.js';

/** What came with the form. */
export interface Told {
  /** Of the form as it was shown: the same one sent twice is one message. */
  nonce: string;
  text: string;
  photos: StoredFile[];
}

/** What a customer adds to their case from its page: an arrival like any other, by the same door. */
@Injectable()
export class TellMore {
  constructor(
    private readonly intake: IntakeService,
    private readonly proofs: ProofService,
    private readonly passing: PassingFiles,
    @Inject(STORAGE) private readonly storage: FileStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Streams a photo to storage; it is gone in a day unless it is sent.
   * @throws DomainError visit.photos_only, attachment.too_large; nothing is kept
   */
  async keep(file: { fileName: string; contentType: string; body: Readable }): Promise<StoredFile> {
    if (!isPhoto(file.contentType)) throw new DomainError('visit.photos_only', { files: [file.fileName] });
    const { key, sha256, size } = await this.storage.put(file.body, { maxBytes: TELL_MORE.photoBytes });
    await this.passing.pass(key);
    return {
      id: newId(),
      fileName: readable(file.fileName).slice(0, 255) || 'foto',
      contentType: file.contentType.toLowerCase().slice(0, 255),
      size,
      sha256,
      storageKey: key,
      contentId: null,
      inline: false,
    };
  }

  /**
   * Puts it on the case of the link: the customer's open one; one that was closed lately is opened again. By a link that was
   * sent to an address of theirs it proves a little, too.
   */
  async send(tx: EntityManager, link: OpenLink, { nonce, text, photos }: Told): Promise<Arrival> {
    const rows: { name: string; reference: string; closed: boolean }[] = await tx.query(
      `select cu.display_name as name, c.reference, c.status = 'closed' as closed from cases c join customer cu on cu.id = c.customer_id where c.id = $1`,
      [link.caseId],
    );
    const known = rows[0];
    if (!known) throw new Error(`no case ${link.caseId} behind a link`);
    const [arrival] = await this.intake.receive(tx, [
      {
        channel: 'web',
        externalId: `${link.id}:${nonce}`,
        contact: null,
        displayName: known.name,
        text,
        occurredAt: this.clock.now().toISOString(),
        customerId: link.customerId,
        matchedBy: 'signed_link',
        attachments: photos,
        pointsTo: known.closed ? { replyTokens: [known.reference] } : {},
      },
    ]);
    if (!arrival) throw new Error('intake returned nothing for an arrival');
    if (arrival.outcome !== 'duplicate' && link.contactPointId)
      await this.proofs.wroteByLink(tx, arrival.caseId, arrival.customerId, link.contactPointId);
    return arrival;
  }
}
