import type { HandoffWordKind, Language } from '#contracts';

/** What a letter to a partner that works on its page is made of. */
export interface DeskLetterSource {
  kind: HandoffWordKind;
  brand: string;
  reference: string;
  language: Language;
  /** Null: there is nothing to be seen any more. */
  page: string | null;
}

export interface DeskLetter {
  subject: string;
  text: string;
  html: string;
}

interface LetterWords {
  sent: string;
  recalled: string;
  cancelled: string;
  closed: string;
  info: string;
  quote_answered: string;
  nudged: string;
  reopened: string;
  /** Whatever else was said. */
  news: string;
  open: string;
  yours: string;
  delete: string;
}

const WORDS: Record<Language, LetterWords> = {
  es: {
    sent: '{brand} os pasa un trabajo',
    recalled: '{brand} ha retirado el trabajo',
    cancelled: '{brand} ha cancelado el trabajo',
    closed: '{brand} ha cerrado el trabajo',
    info: '{brand} ha contestado a vuestra pregunta',
    quote_answered: '{brand} ha contestado a vuestro presupuesto',
    nudged: '{brand} pregunta cómo va',
    reopened: '{brand} os devuelve el trabajo',
    news: '{brand} ha escrito algo nuevo',
    open: 'Leerlo y contestar, sin cuenta',
    yours: 'El enlace es solo vuestro y solo de este trabajo. Abrirlo no contesta nada todavía.',
    delete: 'Borrad lo que hayáis descargado: ya no hay permiso para guardarlo.',
  },
  en: {
    sent: '{brand} hands you a work order',
    recalled: '{brand} recalled the work order',
    cancelled: '{brand} cancelled the work order',
    closed: '{brand} closed the work order',
    info: '{brand} answered your question',
    quote_answered: '{brand} answered your quote',
    nudged: '{brand} asks how it goes',
    reopened: '{brand} sends the work back to you',
    news: '{brand} wrote something new',
    open: 'Read it and answer, without an account',
    yours: 'The link is yours alone and of this work alone. Opening it does not answer anything yet.',
    delete: 'Delete what you downloaded: it may no longer be kept.',
  },
};

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/gu, (sign) => ENTITIES[sign] ?? sign);

const isNamed = (kind: HandoffWordKind): kind is HandoffWordKind & keyof LetterWords => kind in WORDS.en;

/** Says that there is something, and where: what it is stands on the page, and no mail holds anything of a customer. */
export function deskLetter({ kind, brand, reference, language, page }: DeskLetterSource): DeskLetter {
  const words = WORDS[language];
  const news = words[isNamed(kind) ? kind : 'news'].replaceAll('{brand}', brand);
  const rest = page ? words.yours : kind === 'recalled' ? words.delete : null;
  const text = [`${news}: ${reference}.`, page && `${words.open}:\n${page}`, rest].filter(Boolean).join('\n\n');
  const button = page
    ? `<p><a href="${escaped(page)}" style="display:inline-block;padding:12px 18px;border-radius:10px;background:#3d50c6;color:#fff;text-decoration:none;font-weight:600">${escaped(words.open)}</a></p>`
    : '';
  const html = `<p>${escaped(`${news}: ${reference}.`)}</p>${button}${rest ? `<p style="color:#69665f">${escaped(rest)}</p>` : ''}`;
  return { subject: `[${reference}] ${news}`, text: `${text}\n`, html };
}
