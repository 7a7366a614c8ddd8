import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { redirectLink, redirectText, type Language, type ReplyChannel, type WarmRedirectBody } from '#contracts';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { demand, visibleStore, type Principal } from '#identity';
import { AttachmentService } from '../attachment.service.js';
import { visible, type CaseRecord } from '../case-access.js';
import { actorOf, record } from '../record.js';
import { ReplyService } from '../reply.service.js';
import { CaseCodes } from '../tracking/case-codes.js';
import { CaseLinks } from '../tracking/case-links.js';
import { NextActions } from './next-actions.js';
import { qrImage } from './qr-image.js';
import { expectCaseAt } from './sight.js';
import { StoreFactsService } from './store-facts.js';

/** So long a store sees the case of somebody who is on their way to it. */
const EXPECTED_DAYS = 14;
const DAY_MS = 86_400_000;

/** What is sent, beside who and where. */
interface Letter {
  text: string;
  attachmentIds: string[];
}

/** What goes along with the words: the link to the case, and in a mail the code as a picture. */
@Injectable()
export class RedirectWay {
  constructor(
    private readonly links: CaseLinks,
    private readonly codes: CaseCodes,
    private readonly attachments: AttachmentService,
  ) {}

  async letter(
    tx: EntityManager,
    principal: Principal,
    found: CaseRecord,
    { body, text, language }: { body: WarmRedirectBody; text: string; language: Language },
  ): Promise<Letter> {
    const contactPointId = await sentTo(tx, found.id, body);
    const { url } = await this.links.issue(tx, actorOf(principal), found.id, { contactPointId });
    const link = redirectLink(url, found.reference, language);
    if (body.channel !== 'email') return { text: `${text}\n${link}`, attachmentIds: [] };
    const picture = await this.attachments.upload(tx, principal, {
      fileName: `${found.reference}.png`,
      contentType: 'image/png',
      body: Readable.from([await qrImage(this.codes.url(found.reference))]),
    });
    return { text: `${text}\n\n${link}`, attachmentIds: [picture.id] };
  }
}

/** Customers are shown the way to a store that expects them: with its hours, their code, what to bring, and their story there already. */
@Injectable()
export class WarmRedirectService {
  constructor(
    private readonly facts: StoreFactsService,
    private readonly replies: ReplyService,
    private readonly plans: NextActions,
    private readonly way: RedirectWay,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param found the case, locked
   * @returns its id and the message's
   * @throws DomainError store.not_found, store.incomplete, and all that a reply throws
   */
  async send(
    tx: EntityManager,
    principal: Principal,
    found: CaseRecord,
    body: WarmRedirectBody,
  ): Promise<{ redirectId: string; interactionId: string }> {
    demand(principal, 'redirect.send');
    const store = await this.facts.one(tx, body.storeId);
    if (!store.opening || !store.mapUrl) throw new DomainError('store.incomplete');
    const { name, language } = await customerOf(tx, found.customerId);
    const text = body.text ?? redirectText({ store, name, reference: found.reference, bring: body.bring }, language);
    const letter = await this.way.letter(tx, principal, found, { body, text, language });
    const interactionId = await this.replies.reply(tx, principal, found, { ...body, ...letter });
    const redirectId = newId();
    const now = this.clock.now();
    const actor = actorOf(principal);
    await tx.query(
      'insert into warm_redirect (id, case_id, store_id, interaction_id, bring, by_id, by_name, at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [redirectId, found.id, store.id, interactionId, body.bring, principal.id, principal.displayName, now],
    );
    await expectCaseAt(tx, found.id, store.id, new Date(now.getTime() + EXPECTED_DAYS * DAY_MS));
    await this.plans.plan(tx, actor, found.id, {
      id: redirectId,
      code: 'welcome',
      values: { storeName: store.name },
      noDue: 'customers_turn',
    });
    await record(tx, found.id, actor, 'api', now, [
      { type: 'redirect.sent', data: { redirectId, storeId: store.id, storeName: store.name, interactionId } },
    ]);
    return { redirectId, interactionId };
  }

  /**
   * "We know they are coming": said at the store.
   * @throws DomainError redirect.not_found, permission.denied
   */
  async acknowledge(tx: EntityManager, principal: Principal, redirectId: string): Promise<void> {
    const rows: { caseId: string; storeId: string; storeName: string }[] = await tx.query(
      `select w.case_id as "caseId", w.store_id as "storeId", s.name as "storeName" from warm_redirect w join store s on s.id = w.store_id
       where w.id = $1 and w.taken_back_at is null and ${visible('$2', 'w.case_id')} for update of w`,
      [redirectId, visibleStore(principal)],
    );
    const found = rows[0];
    if (!found) throw new DomainError('redirect.not_found');
    if (found.storeId !== principal.storeId) demandOversight(principal);
    const now = this.clock.now();
    const [, changed]: [unknown, number] = await tx.query(
      'update warm_redirect set acknowledged_at = $2, acknowledged_by = $3 where id = $1 and acknowledged_at is null',
      [redirectId, now, principal.id],
    );
    const { caseId, storeId, storeName } = found;
    if (changed > 0)
      await record(tx, caseId, actorOf(principal), 'api', now, [
        { type: 'redirect.acknowledged', data: { redirectId, storeId, storeName } },
      ]);
  }
}

/** Only who works there can say so, or who oversees it all. */
function demandOversight({ role }: Principal): void {
  if (role !== 'supervisor' && role !== 'admin')
    throw new DomainError('permission.denied', { permission: 'store.tell' });
}

async function customerOf(tx: EntityManager, customerId: string): Promise<{ name: string; language: Language }> {
  const rows: { name: string; language: Language }[] = await tx.query(
    'select display_name as name, language from customer where id = $1',
    [customerId],
  );
  return rows[0] ?? { name: '', language: 'es' };
}

/** The address it goes to: the link is for whoever reads there. */
async function sentTo(
  tx: EntityManager,
  caseId: string,
  { channel, threadId }: { channel: ReplyChannel; threadId?: string },
): Promise<string | undefined> {
  const rows: { id: string }[] = await tx.query(
    `select p.id from channel_thread t join cases c on c.id = t.case_id join contact_point p on p.id = t.contact_point_id
     where t.case_id = $1 and t.channel = $2 and ($3::uuid is null or t.id = $3) and p.customer_id = c.customer_id and p.valid_to is null
     order by t.last_inbound_at desc nulls last limit 1`,
    [caseId, channel, threadId ?? null],
  );
  return rows[0]?.id;
}
