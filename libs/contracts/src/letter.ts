import { z } from 'zod';
import { EXTENSION_LIMIT, SIGNATURE_LIMIT } from './limits.js';
import type { Language } from './words.js';

/**
 * What a mail of ours says around the words of its writer, in the language of the customer. Words in braces are values.
 */
export const LETTER_WORDS = {
  team: { es: 'Atención al cliente · {brand}', en: 'Customer care · {brand}' },
  answer: {
    es: 'Caso {reference} · Responde a este correo y tu mensaje llegará al mismo caso.',
    en: 'Case {reference} · Answer this email and your message reaches the same case.',
  },
  automatic: {
    es: 'Caso {reference} · Este aviso es automático. Si respondes a este correo, lo leerá una persona.',
    en: 'Case {reference} · This notice is automatic. If you answer this email, a person will read it.',
  },
  files: { es: 'Archivos para descargar, hasta el {until}:', en: 'Files to download, until {until}:' },
} as const satisfies Record<string, Record<Language, string>>;

/** The page behind a link to a file that leads nowhere any more. */
export const FILE_LINK_WORDS = {
  expired: {
    title: { es: 'Este enlace ha caducado', en: 'This link has expired' },
    text: {
      es: 'Responde al correo en el que venía y te lo enviaremos de nuevo.',
      en: 'Answer the email it came in and we will send it again.',
    },
  },
  unknown: {
    title: { es: 'Este enlace no lleva a ningún archivo', en: 'This link leads to no file' },
    text: {
      es: 'Comprueba que lo has copiado entero, o responde al correo en el que venía.',
      en: 'Check that you copied all of it, or answer the email it came in.',
    },
  },
} as const satisfies Record<string, Record<'title' | 'text', Record<Language, string>>>;

/** What the person who asks has chosen for themselves, wherever they sit. */
export const OwnSettings = z.object({
  /** What stands below their mails. Null: their first name and the team. */
  signature: z.string().nullable(),
  /** Of their telephone: whose calls they are told of. Null: of all. */
  extension: z.string().nullable(),
  /** Whether cases of customers who write again may come to them by themselves. */
  onShift: z.boolean(),
});
export type OwnSettings = z.infer<typeof OwnSettings>;

/** What is not named stays as it is. */
export const PatchMeBody = z
  .object({
    /** Plain text, lines kept; null or nothing but space: the usual one again. */
    signature: z.string().max(SIGNATURE_LIMIT).nullable(),
    /** As the switchboard names it; null or nothing but space: none. */
    extension: z.string().trim().max(EXTENSION_LIMIT).nullable(),
    onShift: z.boolean(),
  })
  .partial();
export type PatchMeBody = z.infer<typeof PatchMeBody>;
