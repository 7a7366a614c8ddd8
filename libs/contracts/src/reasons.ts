import type { AutomaticKind } from './trust.js';
import type { Language, ThreadReason } from './words.js';

/** Why a delivery failed, in words an agent can act on. Codes come from the channels. */
export const DELIVERY_REASONS = {
  'recipient.closed': {
    es: 'El cliente no acepta mensajes por este canal.',
    en: 'The customer does not accept messages on this channel.',
  },
  'contact.ended': {
    es: 'Esta dirección ya no es del cliente: no se ha enviado.',
    en: "This address is no longer the customer's: it was not sent.",
  },
  'code.expired': {
    es: 'El código caducó antes de poder salir. Envía otro.',
    en: 'The code expired before it could leave. Send another.',
  },
  'recipient.unknown': { es: 'La dirección del cliente no existe.', en: "The customer's address does not exist." },
  'recipient.bounced': {
    es: 'El correo salió, pero el servidor del cliente lo ha devuelto.',
    en: "The email left, but the customer's server sent it back.",
  },
  'recipient.delayed': {
    es: 'El correo salió, pero aún no ha llegado: otro servidor lo sigue intentando.',
    en: 'The email left but has not arrived yet: another server keeps trying.',
  },
  'recipient.refused': {
    es: 'El servidor del cliente ha rechazado el mensaje.',
    en: "The customer's server refused the message.",
  },
  'channel.unauthorised': {
    es: 'El canal ha perdido el permiso. Hay que reconectarlo.',
    en: 'The channel lost its authorisation and must be reconnected.',
  },
  'channel.credits': { es: 'El canal se ha quedado sin crédito.', en: 'The channel has run out of credit.' },
  'channel.reconnect': {
    es: 'La cuenta de X ya no da acceso. El mensaje espera y sale en cuanto se vuelva a conectar.',
    en: 'The account on X no longer lets us in. The message waits and leaves once it is connected again.',
  },
  'channel.revoked': {
    es: 'La cuenta de X ha retirado el permiso. El mensaje espera y sale en cuanto se vuelva a conectar.',
    en: 'The account on X has withdrawn its permission. The message waits and leaves once it is connected again.',
  },
  'channel.no_credit': {
    es: 'No queda crédito en X. El mensaje espera y sale en cuanto lo haya.',
    en: 'There is no credit left at X. The message waits and leaves once there is.',
  },
  'channel.rate_limited': {
    es: 'El canal limita los envíos. Saldrá en cuanto lo permita.',
    en: 'The channel limits sending. It leaves as soon as allowed.',
  },
  'channel.unreachable': {
    es: 'No se llega al canal. Se sigue intentando.',
    en: 'The channel cannot be reached. Still trying.',
  },
  'channel.insecure': {
    es: 'La conexión con el servidor de correo no es segura. No se envía hasta que lo sea.',
    en: 'The connection to the mail server is not secure. Nothing is sent until it is.',
  },
  'rate.domain': {
    es: 'Hay muchos correos al mismo proveedor. Este espera su turno.',
    en: 'There are many emails to the same provider. This one waits for its turn.',
  },
  'channel.refused': { es: 'El canal ha rechazado el mensaje.', en: 'The channel refused the message.' },
  'channel.not_configured': { es: 'El canal no está configurado.', en: 'The channel is not configured.' },
  'attachment.gone': {
    es: 'Un archivo adjunto ya no existe y el correo no ha salido. Escríbelo de nuevo sin él.',
    en: 'An attached file no longer exists and the email has not left. Write it again without the file.',
  },
  'storage.unavailable': {
    es: 'El correo no se ha podido preparar: no se llega a los datos o a sus archivos. Se sigue intentando.',
    en: 'The email could not be put together: its data or its files cannot be reached. Still trying.',
  },
  'attempts.exhausted': {
    es: 'Se ha intentado durante mucho tiempo sin éxito.',
    en: 'It was tried for a long time without success.',
  },
  'outcome.unknown': {
    es: 'El envío se cortó a medias y no se sabe si llegó. Compruébalo antes de repetir.',
    en: 'The sending was cut off and it is not known whether it arrived. Check before sending again.',
  },
} as const satisfies Record<string, Record<Language, string>>;
export type DeliveryReason = keyof typeof DELIVERY_REASONS;

/** Why something that arrived could not be taken in: kept whole, listed with these words. Codes come from the channels. */
export const REJECT_REASONS = {
  'webhook.bad_body': {
    es: 'El aviso de X no es un objeto JSON.',
    en: 'The notice from X is no JSON object.',
  },
  'webhook.unknown_shape': {
    es: 'El aviso de X tiene una forma que no conocemos.',
    en: 'The notice from X has a shape we do not know.',
  },
  'twitter.unmappable_event': {
    es: 'Al mensaje de X le faltan datos o no se entienden.',
    en: 'Parts of the message on X are missing or cannot be read.',
  },
  'twitter.no_recipient': {
    es: 'No se sabe con quién es este mensaje de X.',
    en: 'It is not known whom this message on X is with.',
  },
  'twitter.encrypted_chat': {
    es: 'Es un mensaje cifrado de XChat: no se puede leer aquí.',
    en: 'It is an encrypted XChat message: it cannot be read here.',
  },
  'twitter.revoked': {
    es: 'La cuenta de X ha retirado el permiso a Hilo. Hay que volver a conectarla.',
    en: 'The account on X has withdrawn its permission from Hilo. It must be connected again.',
  },
  'twitter.not_stored': {
    es: 'El mensaje de X se leyó, pero no se pudo guardar en un caso.',
    en: 'The message on X was read but could not be put on a case.',
  },
  'mail.unparseable': {
    es: 'El correo está dañado y no se puede leer.',
    en: 'The email is damaged and cannot be read.',
  },
  'mail.no_sender': {
    es: 'El correo no dice de quién es.',
    en: 'The email does not say whom it is from.',
  },
  'mail.own_loop': {
    es: 'Es un correo nuestro que ha vuelto.',
    en: 'It is an email of ours that came back.',
  },
  'mail.not_fetched': {
    es: 'El servidor corta la conexión al leer este correo. Sigue en el buzón, marcado.',
    en: 'The server breaks off whenever this email is read. It stays in the mailbox, flagged.',
  },
  'mail.loop': {
    es: 'El correo da vueltas entre servidores.',
    en: 'The email goes round in circles between servers.',
  },
  'mail.rate': {
    es: 'Llegan demasiados correos seguidos de esta dirección.',
    en: 'Too many emails in a row come from this address.',
  },
  'mail.repeated': {
    es: 'Esta dirección repite el mismo texto una y otra vez.',
    en: 'This address repeats the same text over and over.',
  },
  'mail.automatic': {
    es: 'Es una respuesta automática a algo que no consta en ningún caso.',
    en: 'It is an automatic answer to nothing that stands on any case.',
  },
  'mail.bounce_unmatched': {
    es: 'Es el aviso de un servidor sobre un correo que no enviamos nosotros.',
    en: 'It is a report of a mail server about an email we did not send.',
  },
  'mail.complaint': {
    es: 'Un proveedor avisa de que alguien ha marcado un correo como no deseado.',
    en: 'A provider reports that somebody marked an email as unwanted.',
  },
  'mail.not_taken_in': {
    es: 'El correo se leyó, pero no se pudo guardar en un caso.',
    en: 'The email was read but could not be put on a case.',
  },
} as const satisfies Record<string, Record<Language, string>>;
export type RejectReason = keyof typeof REJECT_REASONS;

/** What is wrong with a channel and what to do about it; `channel_health.reason`. */
export const HEALTH_REASONS = {
  'channel.unreachable': {
    es: 'No se llega al servidor. Se sigue intentando; lo que llegue mientras espera allí.',
    en: 'The server cannot be reached. It is being tried again; what arrives meanwhile waits there.',
  },
  'channel.login_refused': {
    es: 'El servidor rechaza el acceso. Revisa el usuario y la contraseña en los ajustes.',
    en: 'The server refuses the login. Check user and password in the settings.',
  },
  'channel.reconnect': {
    es: 'El acceso ya no vale. Hay que conectar la cuenta de nuevo; lo pendiente espera.',
    en: 'The access is no longer valid. Connect the account again; what is pending waits.',
  },
  'channel.revoked': {
    es: 'La cuenta ha retirado el permiso a Hilo. Hay que conectarla de nuevo.',
    en: 'The account has withdrawn the access of Hilo. Connect it again.',
  },
  'channel.no_credit': {
    es: 'No queda crédito en X. Hay que recargarlo; lo pendiente espera.',
    en: 'There is no credit left at X. Top it up; what is pending waits.',
  },
  'channel.rate_limited': {
    es: 'Se ha llegado al límite del canal. Los mensajes salen cuando vuelva a admitirlos.',
    en: 'The limit of the channel is used up. Messages leave when it takes them again.',
  },
  'channel.webhook_invalid': {
    es: 'X no entrega avisos a esta dirección. Los mensajes llegan por consulta, algo más tarde.',
    en: 'X does not deliver to our address. Messages are fetched instead, a little later.',
  },
  'channel.insecure': {
    es: 'La conexión con el servidor de correo no es segura: certificado o cifrado. Lo pendiente espera.',
    en: 'The connection to the mail server is not secure: certificate or encryption. What is pending waits.',
  },
  'channel.folder_missing': {
    es: 'La carpeta del buzón no existe. Revisa el nombre en los ajustes.',
    en: 'The folder of the mailbox does not exist. Check its name in the settings.',
  },
  'channel.silent': {
    es: 'Hace más de lo normal que no llega nada. Comprueba que el canal siga vivo.',
    en: 'Nothing has arrived for longer than usual. Check that the channel is alive.',
  },
  'channel.failing': {
    es: 'El canal falla. El detalle dice por qué.',
    en: 'The channel is failing. The detail says why.',
  },
} as const satisfies Record<string, Record<Language, string>>;
export type HealthReason = keyof typeof HEALTH_REASONS;

/** Why a reply cannot leave by a thread, in words an agent can act on. */
export const THREAD_REASONS = {
  never_wrote: {
    es: 'No ha escrito por aquí: X no deja empezar.',
    en: 'They have not written here: X does not let us begin.',
  },
  call: { es: 'A un teléfono se llama, no se escribe.', en: 'A phone is called, not written to.' },
  'recipient.closed': {
    es: 'Ya no acepta mensajes de esta cuenta.',
    en: 'No longer accepts messages from this account.',
  },
  'contact.ended': {
    es: 'Esta dirección ya no es suya: podría leerlo otra persona.',
    en: 'This address is no longer theirs: somebody else might read it.',
  },
} as const satisfies Record<ThreadReason, Record<Language, string>>;

/** What is said beside an entry no person wrote for us. None of these is ever answered automatically. */
export const AUTOMATIC_KINDS: Record<AutomaticKind, Record<Language, string>> = {
  auto_reply: {
    es: 'Respuesta automática: nadie la ha escrito. No cambia lo que toca hacer.',
    en: 'Automatic answer: nobody wrote it. It does not change what is to be done.',
  },
  generated: { es: 'La ha enviado un programa.', en: 'Sent by a program.' },
  list: { es: 'Ha llegado por una lista de correo.', en: 'Came through a mailing list.' },
  bulk: { es: 'Envío masivo.', en: 'Sent in bulk.' },
  unattended: { es: 'El remitente no espera respuestas automáticas.', en: 'Its sender wants no automatic answers.' },
};

/** The words for `SenderTrust.verified`; `unknown` is null. */
export const SENDER_VERDICTS = {
  verified: { es: 'Remitente comprobado', en: 'Sender verified' },
  denied: {
    es: 'Remitente falso: su dominio no reconoce este correo',
    en: 'False sender: their domain denies this email',
  },
  unknown: { es: 'Remitente sin comprobar', en: 'Sender not verified' },
} as const satisfies Record<string, Record<Language, string>>;
