import type { EntityManager } from 'typeorm';
import { openCode, openNews } from '#cases';
import { CODE_DOTS, VOUCHER_DOTS, type Language, type StoredFile } from '#contracts';
import type { Secrets } from '#platform';
import type { OutgoingMessage } from '../channel.js';

interface OutgoingRow {
  reference: string;
  text: string;
  subject: string | null;
  messageId: string | null;
  answersPost: string | null;
  authorName: string;
  automatic: boolean;
  signature: string | null;
  value: string | null;
  handle: string | null;
  display: string;
  customerName: string;
  language: Language;
  languageKnown: boolean;
  account: string | null;
  threadRef: string | null;
  lastMessageId: string | null;
  messageRefs: string[];
  firstDueAt: Date;
  attachments: StoredFile[];
  refused: 'contact.ended' | 'code.expired' | null;
  sealedCode: string | null;
  sealedNews: string | null;
}

/** What the message says: on the row codes are dots. */
function textOf({ text, sealedCode, sealedNews }: OutgoingRow, secrets: Secrets): string {
  if (sealedNews !== null) return text.replaceAll(VOUCHER_DOTS, openNews(secrets, sealedNews));
  return sealedCode === null ? text : text.replace(CODE_DOTS, openCode(secrets, sealedCode));
}

/** Everything a channel needs to send this row, in one query. */
export async function outgoingMessage(
  tx: EntityManager,
  interactionId: string,
  { secrets, now }: { secrets: Secrets; now: Date },
): Promise<OutgoingMessage> {
  const rows: OutgoingRow[] = await tx.query(
    `select c.reference, i.text, i.subject, i.message_id as "messageId", i.answers_post as "answersPost", i.author_name as "authorName",
       i.author_kind = 'system' as automatic, (select a.signature from agent a where a.id = i.author_id) as signature, p.value, p.handle, p.display,
       cu.display_name as "customerName", cu.language, cu.language_known as "languageKnown", t.account, t.thread_ref as "threadRef", t.last_message_id as "lastMessageId",
       t.message_refs as "messageRefs", d.first_due_at as "firstDueAt",
       case when p.valid_to is not null then 'contact.ended' when o.id is not null and (o.closed_at is not null or o.expires_at <= $2) then 'code.expired' end as refused,
       o.sealed as "sealedCode", (select n.sealed from customer_news n where n.interaction_id = i.id and n.sealed is not null) as "sealedNews",
       (select coalesce(json_agg(json_build_object('id', a.id, 'fileName', a.file_name, 'contentType', a.content_type, 'size', a.size,
          'sha256', a.sha256, 'storageKey', a.storage_key, 'contentId', a.content_id, 'inline', a.inline) order by a.id), '[]')
        from attachment a where a.interaction_id = i.id) as attachments
     from interaction i join delivery d on d.interaction_id = i.id join cases c on c.id = i.case_id join customer cu on cu.id = c.customer_id
       join channel_thread t on t.id = i.thread_id join contact_point p on p.id = i.contact_point_id
       left join one_time_code o on o.interaction_id = i.id
     where i.id = $1`,
    [interactionId, now],
  );
  const row = rows[0];
  if (!row) throw new Error(`no outgoing interaction ${interactionId}`);
  return {
    interactionId,
    caseReference: row.reference,
    text: textOf(row, secrets),
    refused: row.refused,
    subject: row.subject,
    answersPost: row.answersPost,
    attachments: row.attachments,
    to: { value: row.value, handle: row.handle, display: row.display, name: row.customerName },
    thread: { account: row.account, ref: row.threadRef, lastMessageId: row.lastMessageId, references: row.messageRefs },
    author: { displayName: row.authorName, signature: row.signature },
    automatic: row.automatic,
    language: row.language,
    languageKnown: row.languageKnown,
    messageId: row.messageId ?? interactionId,
    firstDueAt: row.firstDueAt,
  };
}
