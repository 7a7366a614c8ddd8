import type { Language } from '#contracts';
import type { NewsValues } from '#cases';
import type { HandoffRecord } from './handoff-record.js';

const HOUR_MS = 3_600_000;
/** So long we have for what a partner waits for. */
export const ANSWER_MS = 4 * HOUR_MS;

/** What is next where they reject it and say nothing of that. */
export const NO_STEP: Record<Language, string> = {
  es: 'Buscar otra solución y contársela al cliente',
  en: 'Find another way and tell the customer',
};

/** Whom a plan is about: in words, and whoever that is by another name. */
export const partnerOf = ({ partnerId, partnerName }: Pick<HandoffRecord, 'partnerId' | 'partnerName'>) => ({
  partner: partnerName,
  partnerId,
});

/** Their name, who of them has it, their number, and the day, as far as they said so. */
export interface TakenBy {
  partner: string;
  engineer: string | null;
  partnerRef: string | null;
  day: Record<Language, string> | null;
}

/** The customer is told who has it, and that we go on answering for it; or, of a transfer, that they do now. */
export const TAKEN_NEWS = (
  { partner, engineer, partnerRef, day }: TakenBy,
  transfer: boolean,
): Record<Language, (values: NewsValues) => string> => ({
  es: ({ name }) =>
    [
      `Hola, ${name}. ${partner} se encarga ya de lo tuyo${engineer ? `: lo lleva ${engineer}` : ''}${partnerRef ? ` (su número es ${partnerRef})` : ''}.`,
      day ? `Cuentan con tenerlo el ${day.es}.` : '',
      transfer
        ? `Desde ahora responden ellos; nosotros seguimos pendientes y puedes escribirnos aquí cuando quieras.`
        : `No tienes que llamar a nadie: seguimos respondiendo nosotros y te escribimos con cada novedad.`,
    ]
      .filter(Boolean)
      .join(' '),
  en: ({ name }) =>
    [
      `Hello ${name}. ${partner} is taking care of it now${engineer ? `: ${engineer} has it` : ''}${partnerRef ? ` (their number is ${partnerRef})` : ''}.`,
      day ? `They expect it to be ready on ${day.en}.` : '',
      transfer
        ? `They answer for it from now on; we keep an eye on it, and you can write to us here whenever you like.`
        : `You need not call anybody: we still answer for it, and write to you whenever there is news.`,
    ]
      .filter(Boolean)
      .join(' '),
});
