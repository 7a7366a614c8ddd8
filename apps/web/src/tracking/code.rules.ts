import type { CaseDetail, Language } from '#contracts';

/** How a customer is told the code of their case: in their language, whoever writes it. */
const SENTENCES: Record<Language, (reference: string) => string> = {
  es: (reference) => `Tu código es ${reference}: enséñalo en tienda o dilo por teléfono.`,
  en: (reference) => `Your code is ${reference}: show it at a store or say it on the phone.`,
};

/** The message with the code at its end, on a line of its own; once. */
export const withCode = (text: string, { customer, reference }: Pick<CaseDetail, 'customer' | 'reference'>): string => {
  const sentence = SENTENCES[customer.language](reference);
  if (text.includes(sentence)) return text;
  return text.trim() === '' ? sentence : `${text.trimEnd()}\n${sentence}`;
};
