import type { ErrorEntry } from './error-entry.js';

/** What goes wrong around channels: mailboxes, X, what is kept back. */
export const CHANNEL_ERRORS = {
  'invitation.not_public': {
    status: 409,
    es: 'Solo se puede invitar a quien nos ha nombrado en público en X.',
    en: 'Only somebody who called us in public on X can be invited.',
  },
  'mailbox.not_found': { status: 404, es: 'Este buzón no existe.', en: 'This mailbox does not exist.' },
  'mailbox.taken': {
    status: 409,
    es: 'Esa carpeta de esa cuenta ya se está leyendo.',
    en: 'That folder of that account is being read already.',
  },
  'mailbox.from_environment': {
    status: 409,
    es: 'Este buzón viene de HILO_IMAP_URL y se cambia allí.',
    en: 'This mailbox comes from HILO_IMAP_URL and is changed there.',
  },
  'mailbox.access_needed': {
    status: 422,
    es: 'Ha cambiado el servidor, el puerto, la seguridad o el usuario: hay que volver a escribir la contraseña o el token.',
    en: 'The server, port, security or user has changed: the password or token must be entered again.',
  },
  'mailbox.insecure': {
    status: 422,
    es: 'Sin cifrar solo se entra en este equipo o en una red privada (por su dirección IP). Elige TLS o STARTTLS.',
    en: 'Without encryption only this machine or a private network (by its IP address) can be reached. Choose TLS or STARTTLS.',
  },
  'reject.not_releasable': {
    status: 409,
    es: 'Este mensaje no se puede pasar a un caso: no dice de quién es o no se puede leer.',
    en: 'This message cannot be put on a case: it does not say whom it is from, or it cannot be read.',
  },
  'reject.released': {
    status: 409,
    es: 'Este mensaje ya se ha pasado a un caso.',
    en: 'This message has already been put on a case.',
  },
  'reject.not_found': {
    status: 404,
    es: 'Este mensaje rechazado no existe.',
    en: 'This rejected message does not exist.',
  },
  'twitter.not_configured': {
    status: 409,
    es: 'Faltan las claves de la aplicación de X (HILO_TWITTER_CLIENT_ID). Sin ellas no se pueden conectar cuentas.',
    en: 'The keys of the application on X are missing (HILO_TWITTER_CLIENT_ID). Without them no account can be connected.',
  },
  'twitter.connect_expired': {
    status: 409,
    es: 'La conexión ha caducado o no empezó aquí. Vuelve a empezar.',
    en: 'The connection has expired or did not begin here. Please start again.',
  },
  'twitter.connect_refused': {
    status: 409,
    es: 'X no ha dado el acceso que hace falta. Vuelve a empezar y acepta todos los permisos.',
    en: 'X did not give the access that is needed. Start again and accept every permission.',
  },
  'twitter.account_not_found': {
    status: 404,
    es: 'Esta cuenta de X no está conectada.',
    en: 'This account on X is not connected.',
  },
  'twitter.account_fixed': {
    status: 409,
    es: 'Esta cuenta viene de la configuración del servidor; quítala allí.',
    en: 'This account comes from the configuration of the server; remove it there.',
  },
  'webhook.bad_signature': {
    status: 401,
    es: 'La firma del webhook no es válida.',
    en: 'The webhook signature is not valid.',
  },
  'webhook.bad_body': {
    status: 400,
    es: 'El cuerpo del webhook no se entiende; se ha guardado para revisarlo.',
    en: 'The webhook body could not be understood; it was kept for review.',
  },
} as const satisfies Record<string, ErrorEntry>;
