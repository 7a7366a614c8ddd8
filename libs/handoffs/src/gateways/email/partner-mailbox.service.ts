import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { HandoffWord, LetterReason } from '#contracts';
import { record, SYSTEM } from '#cases';
import { CLOCK, DomainError, Secrets, type Clock } from '#platform';
import { DeadLetters, type Letter } from '../../handoff/dead-letters.service.js';
import { whichOf } from '../../handoff/handoff-events.js';
import { lockAnyHandoff, type HandoffRecord } from '../../handoff/handoff-record.js';
import { PartnerDoor } from '../../handoff/partner-door.service.js';
import { readPartner } from '../../partners/partner-record.js';
import { wordOfMessageId } from './handoff-marks.rules.js';
import { PartnerMailFinder } from './partner-mail.finder.js';
import { PartnerMail } from './partner-mail.js';
import { refOfWord } from './partner-mail.refs.rules.js';
import { understand } from './partner-mail.rules.js';
import type { KnownHandoff, Whose } from './partner-mail.whose.rules.js';

/** What a mail server says of a mail of ours. */
export interface ReturnedPost {
  /** Ids that only we can have given: of entries, or of something else. */
  proven: readonly string[];
  messageId: string | null;
  action: 'failed' | 'delayed' | 'other';
  detail: string | null;
}

/** Mail of partners: taken by the handoff it belongs to, or kept whole for a person; never a case of a customer. */
@Injectable()
export class PartnerMailbox implements OnModuleInit {
  constructor(
    private readonly finder: PartnerMailFinder,
    private readonly door: PartnerDoor,
    private readonly letters: DeadLetters,
    private readonly secrets: Secrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.letters.register('email', (tx, letter) => this.again(tx, letter));
  }

  /** @returns places of those that are partners' */
  async takeIn(tx: EntityManager, mails: readonly PartnerMail[]): Promise<ReadonlySet<number>> {
    const whose = await this.finder.whose(tx, mails);
    const taken = new Set<number>();
    for (const [at, mail] of mails.entries()) {
      const found = whose[at];
      if (!found || found.whose === 'customer') continue;
      taken.add(at);
      await this.settle(tx, mail, found);
    }
    return taken;
  }

  /** A mail of ours came back: its word has not arrived. @returns whether it was one to a partner */
  async returned(tx: EntityManager, { proven, messageId, action, detail }: ReturnedPost): Promise<boolean> {
    const named = messageId === null ? null : wordOfMessageId(this.secrets, messageId);
    const rows: { entryId: string; handoffId: string }[] = await tx.query(
      `select entry_id as "entryId", handoff_id as "handoffId" from handoff_delivery where entry_id = any($1) and gateway in ('email', 'desk') limit 1`,
      [[...proven, ...(named ? [named] : [])]],
    );
    const [found] = rows;
    if (!found) return false;
    if (action === 'failed') await this.bounced(tx, found, detail ?? 'the mail came back');
    return true;
  }

  private async bounced(
    tx: EntityManager,
    { entryId, handoffId }: { entryId: string; handoffId: string },
    error: string,
  ): Promise<void> {
    const handoff = await lockAnyHandoff(tx, handoffId);
    const [dead]: [{ id: string }[], number] = await tx.query(
      `update handoff_delivery set state = 'dead', due_at = null, sent_at = null, error = $2
       where entry_id = $1 and gateway in ('email', 'desk') and state in ('waiting', 'sent') returning id`,
      [entryId, error],
    );
    const [delivery] = dead;
    if (!delivery) return;
    // Of what has not arrived nobody can be late to answer; whoever has answered, or opened a page that was given by hand, has it.
    await tx.query(
      `update handoff set delivered_at = null, expires_at = null, nudge_at = null where id = $1 and acknowledged_at is null
         and exists (select from handoff_entry where id = $2 and kind = 'sent')
         and not exists (select from handoff_link where handoff_id = $1 and issued_by is not null and opens > 0)`,
      [handoffId, entryId],
    );
    await record(tx, handoff.caseId, SYSTEM, 'handoff', this.clock.now(), [
      { type: 'handoff.undeliverable', data: { ...whichOf(handoff), deliveryId: delivery.id, error } },
    ]);
  }

  private async settle(
    tx: EntityManager,
    mail: PartnerMail,
    found: Exclude<Whose, { whose: 'customer' }>,
  ): Promise<void> {
    if (found.whose === 'nobody') return this.keep(tx, mail, found.partnerId, found.handoffId, found.error);
    const handoff = await lockAnyHandoff(tx, found.handoff.id);
    // Whatever they say, they have seen it; a program has seen nothing.
    if (mail.isAutomatic && handoff.state === 'sent')
      return this.keep(tx, mail, handoff.partnerId, handoff.id, 'automatic_reply');
    await this.hear(tx, mail, handoff);
  }

  private async keep(
    tx: EntityManager,
    mail: PartnerMail,
    partnerId: string | null,
    handoffId: string | null,
    error: LetterReason,
  ): Promise<void> {
    const isNew = await this.letters.keep(tx, {
      ...{ partnerId, handoffId, error, gateway: 'email', externalRef: mail.externalId, raw: mail },
      attachmentIds: mail.files.map(({ id }) => id),
    });
    if (isNew) await keepFiles(tx, mail, this.clock.now());
  }

  /** What it says goes through the one door, in the order it was said; once, however often the mail comes. */
  private async hear(tx: EntityManager, mail: PartnerMail, handoff: HandoffRecord): Promise<void> {
    if (await wasHeard(tx, handoff.id, mail)) return;
    await keepFiles(tx, mail, this.clock.now());
    const words = await this.wordsOf(tx, mail, handoff);
    for (const [nth, word] of words.entries())
      await this.door.take(
        tx,
        { handoffId: handoff.id, partnerId: handoff.partnerId, via: 'email' },
        {
          word,
          externalRef: refOfWord(mail.externalId, nth),
          // Of one mail the later word counts, and none is later than the mail.
          at: new Date(new Date(mail.at).getTime() - (words.length - 1 - nth)).toISOString(),
          by: { name: mail.sender.name.slice(0, 120) || mail.sender.address, email: mail.sender.address },
          attachmentIds: nth === 0 && word.kind !== 'file' ? mail.files.slice(0, 20).map(({ id }) => id) : [],
        },
      );
  }

  private async wordsOf(tx: EntityManager, mail: PartnerMail, handoff: HandoffRecord): Promise<HandoffWord[]> {
    const { language, timeZone } = await readPartner(tx, handoff.partnerId);
    const { words } = understand({
      ...{ fresh: mail.text, quoted: mail.quoted, subject: mail.subject },
      ...{ direction: handoff.direction, state: handoff.state, mode: handoff.mode },
      ...{ language, timeZone, at: new Date(mail.at), isAutomatic: mail.isAutomatic },
    });
    if (words.length > 0) return words;
    const ids = mail.files.slice(0, 20).map(({ id }) => id);
    return [ids.length > 0 ? { kind: 'file', attachmentIds: ids } : { kind: 'note', text: mail.subject ?? '—' }];
  }

  /**
   * A person wants a kept mail taken: who it is from they have looked at themselves.
   * @throws DomainError handoff.not_found when nobody can say which handoff it is about
   */
  private async again(tx: EntityManager, letter: Letter): Promise<{ handoffId: string }> {
    const mail = PartnerMail.parse(letter.raw);
    const handoffId = letter.handoffId ?? (await this.meant(tx, mail, letter.partnerId))?.id;
    if (!handoffId) throw new DomainError('handoff.not_found');
    await this.hear(tx, mail, await lockAnyHandoff(tx, handoffId));
    return { handoffId };
  }

  private async meant(tx: EntityManager, mail: PartnerMail, partnerId: string | null): Promise<KnownHandoff | null> {
    const [found] = await this.finder.whose(tx, [mail]);
    if (found?.whose === 'handoff') return found.handoff;
    return partnerId ? this.finder.onlyOpen(tx, partnerId) : null;
  }
}

async function wasHeard(tx: EntityManager, handoffId: string, mail: PartnerMail): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    'select from handoff_entry where handoff_id = $1 and not ours and external_ref = $2',
    [handoffId, refOfWord(mail.externalId, 0)],
  );
  return rows.length > 0;
}

/** The files of a mail have rows of their own; whose they are the door says. */
async function keepFiles(tx: EntityManager, { files }: PartnerMail, at: Date): Promise<void> {
  if (files.length === 0) return;
  await tx.query(
    `insert into attachment (id, file_name, content_type, size, sha256, storage_key, content_id, inline, created_at)
     select f.id, f."fileName", f."contentType", f.size, f.sha256, f."storageKey", f."contentId", false, $2
     from jsonb_to_recordset($1::jsonb) as f (id uuid, "fileName" text, "contentType" text, size bigint, sha256 text, "storageKey" text, "contentId" text)
     on conflict (id) do nothing`,
    [JSON.stringify(files), at],
  );
}
