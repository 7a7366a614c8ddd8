import { caseOfReplyToken, casesOfSubject, interactionOfMessageId, type Signer } from '#cases';
import type { PointsTo } from '#contracts';
import { recipientTags, type HeaderLine } from './threading.rules.js';

/** Where a mail may name one of our cases. */
export interface NamedPlaces {
  headers: readonly HeaderLine[];
  envelopeTo: readonly string[];
  references: readonly string[];
  subject: string | null;
}

/**
 * The cases a mail names by marks that only we can have written; a forged one counts for nothing. What they mean is decided
 * with the customers at hand, by intake.
 */
export function pointsTo(signer: Signer, mail: NamedPlaces): PointsTo {
  const replyTokens = recipientTags(mail.headers, mail.envelopeTo).flatMap(
    (tag) => caseOfReplyToken(signer, tag) ?? [],
  );
  const issued = mail.references.flatMap((id) => interactionOfMessageId(signer, id) ?? []);
  return {
    replyTokens: [...new Set(replyTokens)],
    issued: [...new Set(issued)],
    subjectTags: casesOfSubject(signer, mail.subject ?? '').slice(0, 20),
  };
}
