import type { Language } from './words.js';

/**
 * What a reader should know about a message beside its words: a file that was not taken, a message nobody here can read.
 * Words in braces are values of the notice. `over` marks what was left out because of a limit: its sender is told.
 */
export const NOTICES = {
  'mail.file_too_large': {
    over: true,
    es: 'El archivo «{file}» ({size}) supera el límite de {limit} y no se ha guardado aparte. Está en el correo original.',
    en: 'The file “{file}” ({size}) is over the limit of {limit} and was not kept by itself. It is in the original email.',
  },
  'mail.too_many_parts': {
    over: true,
    es: 'El correo tiene más de {limit} partes. Lo que sigue está en el correo original.',
    en: 'The email has more than {limit} parts. What follows is in the original email.',
  },
  'mail.too_deep': {
    over: true,
    es: 'El correo anida más de {limit} niveles. Lo que sigue está en el correo original.',
    en: 'The email is nested more than {limit} levels deep. What follows is in the original email.',
  },
  'mail.headers_too_large': {
    over: true,
    es: 'Una parte del correo tiene una cabecera de más de {limit}. Lo que sigue está en el correo original.',
    en: 'A part of the email has a header of more than {limit}. What follows is in the original email.',
  },
  'mail.too_large': {
    over: true,
    es: 'El correo ocupa {size}, más de los {limit} que se admiten. Solo se ha recibido su comienzo.',
    en: 'The email is {size}, more than the {limit} that are accepted. Only its beginning was received.',
  },
  'mail.too_large_files': {
    over: true,
    es: 'El correo ocupa {size}, más de los {limit} que se admiten. No se ha recibido: {files}.',
    en: 'The email is {size}, more than the {limit} that are accepted. Not received: {files}.',
  },
  'mail.broken_off': {
    over: false,
    es: 'El servidor corta la conexión al leer este correo. No se ha podido recibir: {files}.',
    en: 'The server breaks off whenever this email is read. Could not be received: {files}.',
  },
  'mail.original_on_server': {
    over: false,
    es: 'El correo entero sigue en el buzón {mailbox}, carpeta {folder}, marcado.',
    en: 'The whole email stays in the mailbox {mailbox}, folder {folder}, flagged.',
  },
  'mail.text_cut': {
    over: false,
    es: 'El texto es muy largo: aquí está el comienzo, el resto está en el correo original.',
    en: 'The text is very long: this is its beginning, the rest is in the original email.',
  },
  'mail.damaged': {
    over: false,
    es: 'El correo llegó dañado y puede faltar algo. El original está entero tal como llegó.',
    en: 'The email arrived damaged and something may be missing. The original is kept just as it came.',
  },
  'mail.encrypted': {
    over: false,
    es: 'El mensaje está cifrado con {kind}: aquí no se puede leer. Sus archivos están guardados.',
    en: 'The message is encrypted with {kind}: it cannot be read here. Its files are kept.',
  },
  'mail.signed': {
    over: false,
    es: 'El mensaje está firmado con {kind}. La firma se guarda; aquí no se comprueba.',
    en: 'The message is signed with {kind}. The signature is kept; it is not verified here.',
  },
  'mail.signed_sealed': {
    over: false,
    es: 'El mensaje va dentro de una firma {kind}: aquí no se puede leer. El archivo está guardado.',
    en: 'The message is wrapped in a {kind} signature: it cannot be read here. The file is kept.',
  },
  'mail.winmail': {
    over: false,
    es: 'El correo venía en un paquete de Outlook (winmail.dat); sus {count} archivos se han sacado de él.',
    en: 'The email came as an Outlook package (winmail.dat); its {count} files were taken out of it.',
  },
  'mail.winmail_unread': {
    over: false,
    es: 'El correo trae un paquete de Outlook («{file}») que no se ha podido abrir. Está guardado entero.',
    en: 'The email carries an Outlook package (“{file}”) that could not be opened. It is kept whole.',
  },
  'calendar.invited': {
    over: false,
    es: 'Invitación: {what} · {when} · {where}',
    en: 'Invitation: {what} · {when} · {where}',
  },
  'calendar.cancelled': {
    over: false,
    es: 'Cita cancelada: {what} · {when} · {where}',
    en: 'Appointment cancelled: {what} · {when} · {where}',
  },
  'calendar.answered': {
    over: false,
    es: 'Respuesta a una cita: {what} · {when} · {where}',
    en: 'Answer to an appointment: {what} · {when} · {where}',
  },
  'calendar.event': {
    over: false,
    es: 'Cita: {what} · {when} · {where}',
    en: 'Appointment: {what} · {when} · {where}',
  },
  'twitter.files_not_fetched': {
    over: false,
    es: 'Archivos que no se han podido traer de X, tras {tries} intentos: {count}. Están en X: {addresses}',
    en: 'Files that could not be fetched from X, after {tries} tries: {count}. They are on X: {addresses}',
  },
  'twitter.files_coming': {
    over: false,
    es: 'Archivos que todavía se están trayendo de X: {count}. Aparecerán aquí en cuanto lleguen.',
    en: 'Files that are still being fetched from X: {count}. They will appear here as they arrive.',
  },
  'twitter.files_expired': {
    over: false,
    es: 'Archivos que X ya no entrega, su enlace ha caducado: {count}. Estaban en: {addresses}',
    en: 'Files X no longer hands out, their link has expired: {count}. They were at: {addresses}',
  },
  'twitter.files_too_large': {
    over: false,
    es: 'Archivos de X que pasan del límite de {limit} y no se guardan aquí: {count}. Están en X: {addresses}',
    en: 'Files from X that are over the limit of {limit} and are not kept here: {count}. They are on X: {addresses}',
  },
  'twitter.encrypted_chat': {
    over: false,
    es: 'Ha escrito un mensaje cifrado de XChat: aquí no se puede leer. Pídele que escriba a {account} sin cifrar, o contesta por otra vía.',
    en: 'They wrote an encrypted XChat message: it cannot be read here. Ask them to write to {account} unencrypted, or answer another way.',
  },
} as const satisfies Record<string, Record<Language, string> & { over: boolean }>;
export type NoticeCode = keyof typeof NOTICES;

/** A notice in the reader's language; a value nobody knows leaves no trace. */
export const noticeText = (
  { code, values }: { code: NoticeCode; values: Readonly<Record<string, string>> },
  language: Language,
): string =>
  NOTICES[code][language]
    .replace(/\{(\w+)\}/gu, (_whole, name: string) => values[name] ?? '')
    .replace(/(?: · )+/gu, ' · ')
    .replace(/ · $/u, '');

/** Around the notices of what was left out, in the mail that tells its sender. */
export const OVER_LIMIT_MAIL = {
  es: {
    opening: 'Hemos recibido tu correo, pero no todo lo que traía:',
    closing:
      'El resto ha llegado bien y ya lo estamos mirando. Si hace falta, responde a este correo con archivos más pequeños o con un enlace.',
  },
  en: {
    opening: 'We received your email, but not everything it carried:',
    closing:
      'The rest arrived well and we are looking at it. If needed, answer this email with smaller files or with a link.',
  },
} as const satisfies Record<Language, { opening: string; closing: string }>;
