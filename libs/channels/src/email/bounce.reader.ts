import { tagOf } from './address.rules.js';
import { reportKindOf, reportOf, type MailReport } from './bounce.rules.js';
import type { Dissection } from './mail.dissection.js';
import type { FileStore } from '#platform';

/** Of a part so much is read. */
const MAX_PART = 64 * 1024;
/** Of a header that names whom it came to. */
const MAX_RECIPIENT = 2000;

const FIELDS = /^message\/(?:(?:global-)?delivery-status|(?:global-)?disposition-notification|feedback-report)$/u;
const RETURNED = /^(?:message\/(?:rfc822|global|rfc822-headers|global-headers)|text\/rfc822-headers)$/u;

/** How the mail names itself, and how it came. */
export interface ReportSigns {
  header: (name: string) => string;
  sender: string | null;
  subject: string;
  envelopeFrom: string | null;
  envelopeTo: readonly string[];
}

/**
 * The report a mail is, when it is one.
 * @param storage where the parts of the mail lie
 * @throws when storage fails: try again later
 */
export async function reportIn(mail: Dissection, signs: ReportSigns, storage: FileStore): Promise<MailReport | null> {
  const { header, sender, subject, envelopeFrom, envelopeTo } = signs;
  const failedRecipients = header('x-failed-recipients');
  const kind = reportKindOf({
    contentType: header('content-type'),
    sender,
    envelopeFrom,
    returnPath: header('return-path'),
    failedRecipients,
    subject,
    text: mail.body.text,
  });
  if (!kind) return null;
  const part = async (type: RegExp): Promise<string> => {
    const file = mail.files.find(({ contentType }) => type.test(contentType));
    return file ? beginningOf(await storage.get(file.storageKey)) : '';
  };
  const [fields, returned] = [await part(FIELDS), await part(RETURNED)];
  const recipients = [...envelopeTo, header('delivered-to'), header('x-original-to'), header('to')];
  const tags = recipients.flatMap(
    (address) =>
      tagOf(
        address
          .slice(0, MAX_RECIPIENT)
          .replace(/^.*<|>.*$/gu, '')
          .trim(),
      ) ?? [],
  );
  return reportOf(kind, { fields, returned, text: mail.body.text, failedRecipients }, tags);
}

async function beginningOf(file: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of file) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MAX_PART) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_PART).toString('utf8');
}
