import type { IdentifierKind, Language, ProofLevel, ProofMethod } from './words.js';

/** How far somebody has shown who they are, and what that allows: plain tables, for the server and the browser alike. */

/** How long proof holds for every channel of the case, in minutes from when it was given. */
export const PROOF_MINUTES = {
  /** Somebody of ours has seen the document: the day at the counter. */
  document_seen: 24 * 60,
  /** Long enough for the conversation in which it was asked for. */
  one_time_code: 60,
  signed_link: 60,
  /** Of the channel it came by only, counted from the last message. */
  sender_verified: 24 * 60,
  account: 24 * 60,
} as const satisfies Record<ProofMethod, number>;

export const ONE_TIME_CODE = {
  digits: 6,
  minutes: 10,
  tries: 5,
  /** Codes to one address within `windowMinutes`, and of one case. */
  perAddress: 3,
  perCase: 5,
  /** To one customer, by whichever case and address; and by the whole house: whoever sends them all is not helping anybody. */
  perCustomer: 6,
  perWorkspace: 300,
  windowMinutes: 60,
  /** Codes that came in as messages and were nobody's, from all senders together: more are guesses. */
  wrongFromAll: 200,
} as const;

export const PROOF_METHODS: Record<ProofMethod, Record<Language, string>> = {
  one_time_code: { es: 'código de un solo uso', en: 'one-time code' },
  document_seen: { es: 'documento visto en tienda', en: 'document seen at the counter' },
  signed_link: { es: 'enlace firmado', en: 'signed link' },
  sender_verified: { es: 'remitente comprobado', en: 'sender verified' },
  account: { es: 'cuenta de X comprobada', en: 'verified X account' },
};

export const PROOF_LEVELS: Record<ProofLevel, Record<Language, string>> = {
  none: { es: 'Identidad sin comprobar', en: 'Identity not proven' },
  weak: { es: 'Identidad probable', en: 'Identity likely' },
  strong: { es: 'Identidad comprobada', en: 'Identity proven' },
};

/** What may be told or done only for somebody who has shown who they are, and how well they must have. */
export const GATED_ACTIONS = {
  'identifier.show': {
    level: 'strong',
    es: 'Decir completos el documento, el número de cliente, la línea o el IMEI',
    en: 'Tell the whole document, customer number, line or IMEI',
  },
  'balance.tell': { level: 'weak', es: 'Decir saldos, puntos o importes', en: 'Tell balances, points or amounts' },
  'contact_point.add': {
    level: 'strong',
    es: 'Añadir una dirección por la que le respondemos',
    en: 'Add an address that our replies go to',
  },
  'contact_point.end': {
    level: 'strong',
    es: 'Quitar una dirección por la que le respondemos',
    en: 'Remove an address that our replies go to',
  },
  'preferences.change': { level: 'weak', es: 'Cambiar sus preferencias', en: 'Change their preferences' },
  'link.send_elsewhere': {
    level: 'strong',
    es: 'Enviar un enlace a una dirección nueva',
    en: 'Send a link to a new address',
  },
  'device.hand_over': { level: 'strong', es: 'Entregar un dispositivo', en: 'Hand over a device' },
  'benefit.spend': { level: 'strong', es: 'Usar un saldo o un vale', en: 'Spend a balance or a voucher' },
} as const satisfies Record<string, { level: Exclude<ProofLevel, 'none'> } & Record<Language, string>>;
export type GatedAction = keyof typeof GATED_ACTIONS;

const RANK: Record<ProofLevel, number> = { none: 0, weak: 1, strong: 2 };

/** Whether `has` is at least `needs`. */
export const reaches = (has: ProofLevel, needs: ProofLevel): boolean => RANK[has] >= RANK[needs];

/** Whether this level lets one do that. */
export const allows = (has: ProofLevel, action: GatedAction): boolean => reaches(has, GATED_ACTIONS[action].level);

/** What is read out only to somebody proven; addresses people write from are not. */
const MASKED: readonly IdentifierKind[] = ['document', 'customer_number', 'line', 'imei'];

export const isMasked = (kind: IdentifierKind): boolean => MASKED.includes(kind);

/** So many last characters of what is masked may be seen: enough to tell two apart, too few to use. */
const SHOWN = 3;

/** As it is shown to whoever may not read it whole: dots, whatever its length, and its last characters. */
export const maskOf = (kind: IdentifierKind, display: string): string =>
  isMasked(kind) ? `•••• ${display.replace(/[\s-]/gu, '').slice(-SHOWN)}` : display;

/** What stands for a one-time code wherever we show the message that carried it. */
export const CODE_DOTS = '••••••';

/** The message with a one-time code. Words in braces are its values. */
export const ONE_TIME_CODE_TEXT: Record<Language, string> = {
  es: 'Tu código de un solo uso es {code}. Díselo a quien te está atendiendo, o escríbelo tú en la conversación que ya tienes con nosotros. Caduca en {minutes} minutos. Si no lo has pedido, no lo compartas con nadie.',
  en: 'Your one-time code is {code}. Tell it to the person who is helping you, or type it in the conversation you already have with us. It expires in {minutes} minutes. If you did not ask for it, share it with nobody.',
};

/** What stands for the code of a voucher wherever we show the message that carried it. */
export const VOUCHER_DOTS = '••••-••••-••••-••••';
/** What comes before it in our sentences. */
export const VOUCHER_SENTENCE: Record<Language, string> = {
  es: 'El código del bono es',
  en: 'The code of the voucher is',
};

/**
 * What mail programs put between two words of ours: line ends, marks of a quotation, tags, entities. Bounded, and each sign is of
 * one kind only, so that no text takes longer than its length.
 */
const BETWEEN = '(?:[^\\p{L}\\p{N}<&]|<[^<>]{0,500}>|&#?[0-9a-z]{2,8};)';
const GAP = `${BETWEEN}{1,80}`;
/** Lines are broken after a hyphen, too. */
const HYPHEN = `-${BETWEEN}{0,80}`;

/** Our sentence up to a code, by its last three words, as it comes back in what others quote; then the code. */
const carried = (sentences: readonly string[], code: string): RegExp => {
  const ends = sentences.map((sentence) => {
    const words = sentence.trim().split(' ').slice(-3);
    return words.map((word) => word.replaceAll('-', HYPHEN)).join(GAP);
  });
  return new RegExp(`((?:${ends.join('|')})${GAP})${code}`, 'giu');
};
const CARRIED = carried(
  Object.values(ONE_TIME_CODE_TEXT).map((text) => text.slice(0, text.indexOf('{code}'))),
  '\\d{6}',
);
/** Four times four of the signs that codes of vouchers are made of. */
const FOUR = '[0-9A-HJKMNP-TV-Z]{4}';
const CARRIED_VOUCHER = carried(Object.values(VOUCHER_SENTENCE), `${FOUR}(?:${HYPHEN}${FOUR}){3}`);

/** What quotes a message of ours with a code, without the code: it is nobody's to read but its receiver's. */
export const withoutCodes = (text: string): string =>
  text.replace(CARRIED, `$1${CODE_DOTS}`).replace(CARRIED_VOUCHER, `$1${VOUCHER_DOTS}`);

/** Whether a mail carried the code of a voucher, of which we show dots: its original has it whole. */
export const carriedVoucher = (mail: { text: string; quoted: string | null; html: string | null }): boolean =>
  [mail.text, mail.quoted, mail.html].some((part) => part?.includes(VOUCHER_DOTS));

export const END_REASONS = {
  customer_says: { es: 'El cliente dice que ya no es suyo', en: 'The customer says it is no longer theirs' },
  somebody_else: { es: 'Ahora lo tiene otra persona', en: 'Somebody else has it now' },
  mistaken: { es: 'Se apuntó por error', en: 'It was written down by mistake' },
  replaced: { es: 'Lo ha cambiado por otro', en: 'They changed it for another' },
} as const satisfies Record<string, Record<Language, string>>;
export type EndReason = keyof typeof END_REASONS;
