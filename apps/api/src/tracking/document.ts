import type { Language } from '#contracts';
import { markup, Markup } from './html.js';
import { STYLE } from './style.js';

/** A whole page. It is nobody's but its reader's: no search engine keeps it, and no other site learns its address. */
export function documentOf(language: Language, title: string, body: Markup, style: string = STYLE): string {
  return markup`<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex,nofollow"><meta name="referrer" content="no-referrer"><title>${title}</title><style>${new Markup(style)}</style></head><body><div class="p">${body}</div></body></html>`
    .text;
}

/** What a page says in both languages, the likelier first: whoever reads it is not known. */
export interface Saying {
  title: string;
  text: string;
}

/** A page that says one thing. */
export function sayingPage(said: Record<Language, Saying>, languages: readonly Language[], more?: Markup): string {
  const [first = 'es'] = languages;
  const sections = languages.map(
    (language, at) =>
      markup`<section lang="${language}">${at === 0 ? markup`<h1>${said[language].title}</h1>` : markup`<h2>${said[language].title}</h2>`}<p>${said[language].text}</p></section>`,
  );
  return documentOf(first, said[first].title, markup`<main class="say">${more}${sections}</main>`);
}

/** The one answer to a link that leads nowhere, whyever: never made, over, or taken back. */
export const NO_SUCH_LINK: Record<Language, Saying> = {
  es: {
    title: 'Este enlace no lleva a ninguna parte',
    text: 'Puede que haya caducado, que se haya anulado o que falte un trozo. Escríbenos por donde siempre y te mandamos otro.',
  },
  en: {
    title: 'This link leads nowhere',
    text: 'It may have expired, been revoked, or lost a part. Write to us wherever you usually do and we send you another.',
  },
};

export const TOO_MANY: Record<Language, Saying> = {
  es: { title: 'Demasiados intentos', text: 'Espera un cuarto de hora y vuelve a abrir tu enlace.' },
  en: { title: 'Too many attempts', text: 'Wait a quarter of an hour and open your link again.' },
};

export const REVOKED: Record<Language, Saying> = {
  es: {
    title: 'El enlace está anulado',
    text: 'Ya no abre nada. Tu caso sigue igual; si quieres otro enlace, pídenoslo.',
  },
  en: {
    title: 'The link is revoked',
    text: 'It opens nothing any more. Your case stays as it is; ask us if you want another link.',
  },
};

export const SHOW_THIS: Record<Language, Saying> = {
  es: {
    title: 'Enséñanos este código',
    text: 'En la tienda lo escaneamos, por teléfono lo dices: no tendrás que volver a explicar nada.',
  },
  en: {
    title: 'Show us this code',
    text: 'At the store we scan it, on the phone you say it: you will not have to explain anything again.',
  },
};

/** The languages a browser asks for: Spanish first unless it prefers English. */
export const languagesOf = (acceptLanguage: string | undefined): [Language, Language] =>
  /^\s*en/iu.test(acceptLanguage ?? '') ? ['en', 'es'] : ['es', 'en'];
