import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SideDoors, type MailInPassing, type ReturnedMail, type SideDoor } from '#channels';
import { StoredFile } from '#contracts';
import { PartnerMailbox, type PartnerMail } from '#handoffs';

/** Where mail of partners leaves the way to intake. */
@Injectable()
export class PartnerMailDoor implements SideDoor, OnModuleInit {
  constructor(
    private readonly doors: SideDoors,
    private readonly mailbox: PartnerMailbox,
  ) {}

  onModuleInit(): void {
    this.doors.register(this);
  }

  take(tx: EntityManager, mails: readonly MailInPassing[]): Promise<ReadonlySet<number>> {
    return this.mailbox.takeIn(tx, mails.map(partnerMailOf));
  }

  returned(tx: EntityManager, mail: ReturnedMail): Promise<boolean> {
    return this.mailbox.returned(tx, mail);
  }
}

function partnerMailOf({ arrival, tags }: MailInPassing): PartnerMail {
  const { replyTokens = [], issued = [], subjectTags = [] } = arrival.pointsTo ?? {};
  return {
    externalId: arrival.externalId,
    sender: { address: arrival.contact?.value ?? '', name: arrival.displayName ?? '' },
    subject: arrival.subject ?? null,
    text: arrival.text,
    quoted: arrival.quoted ?? null,
    tags: [...tags],
    references: arrival.references ?? [],
    isOfCase: replyTokens.length + issued.length + subjectTags.length > 0,
    isDenied: arrival.auth?.verified === false,
    isAutomatic: arrival.automaticKind === 'auto_reply',
    files: StoredFile.array().parse(arrival.attachments ?? []),
    at: arrival.occurredAt,
    rawKey: arrival.rawKey ?? null,
  };
}
