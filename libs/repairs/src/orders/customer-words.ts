import type { CustomerStages, Language } from '#contracts';
import type { NewsOrder, NewsValues } from '#cases';

/** What customers are written about repairs and quotes, in their language. */

type NewsText = NewsOrder['text'];

const day = (at: Date, language: Language, timeZone: string): string =>
  new Intl.DateTimeFormat(language === 'es' ? 'es-ES' : 'en-GB', {
    ...{ weekday: 'long', day: 'numeric', month: 'long' },
    timeZone,
  }).format(at);

/** What it means for them is the house's to word. */
export const REPAIRED_NEWS = (device: string, stages: CustomerStages): NewsText => ({
  es: ({ name, reference, link }: NewsValues) =>
    `Hola, ${name}: tu ${device} ya está reparado (caso ${reference}). ${sentence(stages.es.repaired.text)} Aquí ves cuándo y dónde lo tienes: ${link}`,
  en: ({ name, reference, link }: NewsValues) =>
    `Hello, ${name}: your ${device} is repaired (case ${reference}). ${sentence(stages.en.repaired.text)} Here you see when and where you get it: ${link}`,
});

const sentence = (text: string): string => (/[.!?…]$/u.test(text) ? text : `${text}.`);

/** The day of return has moved. */
export const RETURN_NEWS = (
  device: string,
  { from, to, reason }: { from: Date | null; to: Date; reason: string | null },
  timeZone: string,
): NewsText => ({
  es: ({ name, reference }) =>
    `Hola, ${name}: tu ${device} no estará el ${from ? day(from, 'es', timeZone) : 'día que te dijimos'}, sino el ${day(to, 'es', timeZone)}${reason ? ` (${reason})` : ''}. ${from && to < from ? 'Nos alegra que sea antes' : 'Sentimos el cambio'}; no tienes que hacer nada. Tu caso es ${reference}.`,
  en: ({ name, reference }) =>
    `Hello, ${name}: your ${device} will not be back on ${from ? day(from, 'en', timeZone) : 'the day we told you'} but on ${day(to, 'en', timeZone)}${reason ? ` (${reason})` : ''}. ${from && to < from ? 'We are glad it is sooner' : 'We are sorry for the change'}; there is nothing you have to do. Your case is ${reference}.`,
});

/** What is promised by a day of return, in the language of whom it is promised to. */
export const RETURN_PROMISE: Record<Language, (device: string) => string> = {
  es: (device) => `Devolverte tu ${device}`,
  en: (device) => `Give your ${device} back to you`,
};
