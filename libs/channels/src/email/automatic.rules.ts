import type { AutomaticKind } from '#contracts';

/** What the rules look at: headers by lower-case name, the first of each, unfolded; '' where there is none. */
export interface MailSigns {
  header: (name: string) => string;
  /** Of the envelope; null when nobody knows it (mail fetched from a mailbox). `''` is the null sender. */
  envelopeFrom: string | null;
  /** Address the mail claims to be from, lower-cased. */
  sender: string;
  subject: string;
}

/** On every mail of ours that no person wrote: nobody's program shall answer it (RFC 3834 §3.1.7, MS-OXCMAIL §2.2.3.2.14). */
export const AUTOMATIC_HEADERS = {
  'Auto-Submitted': 'auto-replied',
  'X-Auto-Response-Suppress': 'All',
  Precedence: 'auto_reply',
} as const;

/** Subjects programs give to answers in the languages around us. A weak sign: people write such subjects too. */
const AWAY_SUBJECT = new RegExp(
  `^\\s*(?:${[
    'auto(?:matic)?[ -]?(?:reply|response|antwort)',
    'automatisch(?:e)? (?:antwort|antwoord)',
    'abwesen(?:d|heit)',
    'out of (?:the )?office',
    'away from (?:my|the) (?:mail|desk|office)',
    'respuesta autom[aá]tica',
    'fuera de (?:la )?oficina',
    'ausencia',
    'resposta autom[aà]tica',
    'resposta autom[aá]tica',
    'fora (?:do escrit[oó]rio|de l.oficina)',
    'aus[eê]ncia',
    'r[eé]ponse automatique',
    'absence du bureau',
    'risposta automatica',
    'fuori sede',
  ].join('|')})`,
  'iu',
);

/** Mailboxes programs write from, and that nobody reads. */
const UNATTENDED =
  /^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|no[-_.]?responder|mailer-daemon|postmaster|bounces?|auto[-_.]?(?:reply|responder))(?:[+\-_.][^@]*)?@/u;

const SUPPRESS_ANSWERS = /\b(?:all|oof|autoreply)\b/iu;

/** `auto-replied; owner-email="…"` → `auto-replied`; comments of RFC 5322 left out. */
const keyword = (header: string): string =>
  (header.replace(/\([^()]*\)/gu, ' ').split(';')[0] ?? '').trim().toLowerCase();

const stands = (header: string): boolean => header !== '' && keyword(header) !== 'no';

/**
 * Programs that answer leave the envelope without a sender, so that nobody answers them (RFC 3834 §3.3). So do some that only
 * forward: alone it does not say that nobody wrote the mail.
 */
const hasNoSender = ({ header, envelopeFrom }: Pick<MailSigns, 'header' | 'envelopeFrom'>): boolean =>
  envelopeFrom === '' || header('return-path') === '<>';

/** A mail nobody wrote, in answer to one of ours: an out-of-office note, a "we received your message". */
function isAutoReply({ header, subject, envelopeFrom }: MailSigns): boolean {
  const submitted = keyword(header('auto-submitted'));
  const precedence = keyword(header('precedence'));
  if (submitted === 'auto-replied' || precedence === 'auto_reply') return true;
  if (['x-autoreply', 'x-autorespond', 'x-autoresponder'].some((name) => stands(header(name)))) return true;
  const away = AWAY_SUBJECT.test(subject);
  const suppresses = SUPPRESS_ANSWERS.test(header('x-auto-response-suppress'));
  const generated = submitted !== '' && submitted !== 'no';
  // Exchange calls its out-of-office notes generated, and says in another header what they are.
  if (generated) return away || suppresses || header('in-reply-to') !== '';
  return (
    away && (suppresses || precedence === 'bulk' || precedence === 'junk' || hasNoSender({ header, envelopeFrom }))
  );
}

const LIST_HEADERS = ['list-id', 'list-unsubscribe', 'list-post', 'list-help', 'mailing-list'];

/**
 * Whether a person wrote a mail to us. Everything but null is stored like any other mail and never answered automatically;
 * `auto_reply` besides is nobody's word: it changes nothing on its case. The rest counts as a message: whole care
 * addresses are lists (a group in front of a mailbox), and web forms write through programs.
 */
export function automaticKindOf(signs: MailSigns): AutomaticKind | null {
  const { header, sender, subject } = signs;
  if (isAutoReply(signs)) return 'auto_reply';
  if (stands(header('auto-submitted'))) return 'generated';
  const precedence = keyword(header('precedence'));
  if (precedence === 'bulk' || precedence === 'junk') return 'bulk';
  if (precedence === 'list' || LIST_HEADERS.some((name) => header(name) !== '')) return 'list';
  const unattended =
    header('x-auto-response-suppress') !== '' ||
    header('feedback-id') !== '' ||
    header('x-loop') !== '' ||
    hasNoSender(signs) ||
    UNATTENDED.test(sender) ||
    AWAY_SUBJECT.test(subject);
  return unattended ? 'unattended' : null;
}

/** Stations a mail may have passed; one that is on its hundredth goes round in circles (RFC 5321 §6.3). */
export const MAX_HOPS = 50;
