import { benefitText, VOUCHER_DOTS, VOUCHER_SENTENCE, type BenefitValues, type Language } from '#contracts';
import type { NewsOrder } from '#cases';

/** What customers are written when they are given a voucher. */

const dayIn = (at: Date, language: Language, timeZone: string): string =>
  new Intl.DateTimeFormat(language === 'es' ? 'es-ES' : 'en-GB', { dateStyle: 'long', timeZone }).format(at);

/** The code itself is dots: it is filled in when the message leaves. */
export const VOUCHER_NEWS = (values: BenefitValues, expiresAt: Date, timeZone: string): NewsOrder['text'] => ({
  es: ({ name, reference, link }) =>
    `Hola, ${name}: por las molestias te damos esto: ${benefitText('voucher', values, 'es')}. ${VOUCHER_SENTENCE.es} ${VOUCHER_DOTS} y vale hasta el ${dayIn(expiresAt, 'es', timeZone)}. Es solo tuyo: no lo compartas. Tu caso ${reference} está aquí: ${link}`,
  en: ({ name, reference, link }) =>
    `Hello, ${name}: for your trouble we give you this: ${benefitText('voucher', values, 'en')}. ${VOUCHER_SENTENCE.en} ${VOUCHER_DOTS} and it holds until ${dayIn(expiresAt, 'en', timeZone)}. It is yours alone: do not share it. Your case ${reference} is here: ${link}`,
});
