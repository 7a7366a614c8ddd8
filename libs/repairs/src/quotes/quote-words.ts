import { amountText, type Language } from '#contracts';
import type { NewsOrder } from '#cases';
import type { QuoteRecord } from './quote-record.js';

/** What customers are written about quotes, in their language. */

type NewsText = NewsOrder['text'];

const until = (at: Date | null, language: Language, timeZone: string): string =>
  at
    ? new Intl.DateTimeFormat(language === 'es' ? 'es-ES' : 'en-GB', {
        ...{ weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
        timeZone,
      }).format(at)
    : '';

/** What news of the quotes of a repair is news of: a newer version says all that has to be said. */
export const newsOfQuotes = (repairId: string): string => `quotes:${repairId}`;

/** What it costs and what is left to them, in a sentence. */
function priceIn({ listCents, totalCents, shares, currency }: QuoteRecord, language: Language): string {
  const [list, total, yours] = [listCents, totalCents, shares.customer].map((cents) =>
    amountText(cents, currency, language),
  );
  const cut = totalCents < listCents;
  if (language === 'es')
    return cut ? `de ${list} se queda en ${total}, y tú pagas ${yours}` : `cuesta ${total}, y tú pagas ${yours}`;
  return cut ? `${list} becomes ${total}, and you pay ${yours}` : `it costs ${total}, and you pay ${yours}`;
}

export const OFFER_NEWS = (device: string, quote: QuoteRecord, timeZone: string): NewsText => ({
  es: ({ name, link }) =>
    `Hola, ${name}: ya tienes el presupuesto para reparar tu ${device}: ${priceIn(quote, 'es')}. Vale hasta el ${until(quote.validUntil, 'es', timeZone)}. Léelo y dinos sí o no aquí: ${link}`,
  en: ({ name, link }) =>
    `Hello, ${name}: the quote to repair your ${device} is ready: ${priceIn(quote, 'en')}. It holds until ${until(quote.validUntil, 'en', timeZone)}. Read it and say yes or no here: ${link}`,
});

export const FREE_NEWS = (device: string): NewsText => ({
  es: ({ name, link }) =>
    `Hola, ${name}: reparar tu ${device} no te cuesta nada, así que seguimos adelante. Aquí ves quién lo paga y qué queda cubierto después: ${link}`,
  en: ({ name, link }) =>
    `Hello, ${name}: repairing your ${device} costs you nothing, so we go ahead. Here you see who pays and what is covered afterwards: ${link}`,
});

export const NUDGE_NEWS = (device: string, quote: QuoteRecord, timeZone: string): NewsText => ({
  es: ({ name, link }) =>
    `Hola, ${name}: el presupuesto de tu ${device} (${priceIn(quote, 'es')}) vale hasta el ${until(quote.validUntil, 'es', timeZone)}. Si quieres seguir, dínoslo aquí: ${link}`,
  en: ({ name, link }) =>
    `Hello, ${name}: the quote for your ${device} (${priceIn(quote, 'en')}) holds until ${until(quote.validUntil, 'en', timeZone)}. If you want to go on, tell us here: ${link}`,
});

/** The same as one of us reads it. */
function priceTold({ listCents, totalCents, shares, currency }: QuoteRecord, language: Language): string {
  const [list, total, theirs] = [listCents, totalCents, shares.customer].map((cents) =>
    amountText(cents, currency, language),
  );
  const cut = totalCents < listCents ? `${list} → ${total}` : total;
  return language === 'es' ? `${cut}, el cliente paga ${theirs}` : `${cut}, the customer pays ${theirs}`;
}

/** What the story keeps of a decision. */
export const DECIDED: Record<Language, (quote: QuoteRecord, byName: string, approved: boolean) => string> = {
  es: (quote, byName, approved) =>
    `Presupuesto v${quote.version} (${priceTold(quote, 'es')}): ${approved ? 'aprobado' : 'rechazado'} por ${byName}`,
  en: (quote, byName, approved) =>
    `Quote v${quote.version} (${priceTold(quote, 'en')}): ${approved ? 'approved' : 'declined'} by ${byName}`,
};
