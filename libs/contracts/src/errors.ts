import type { ErrorEntry } from './error-entry.js';
import { ANALYSIS_ERRORS } from './errors.analysis.js';
import { CARD_ERRORS } from './errors.card.js';
import { CHANNEL_ERRORS } from './errors.channels.js';
import { COUNTER_ERRORS } from './errors.counter.js';
import { DASHBOARD_ERRORS } from './errors.dashboard.js';
import { INCIDENT_ERRORS } from './errors.incidents.js';
import { GOODWILL_ERRORS } from './errors.goodwill.js';
import { IDENTITY_ERRORS } from './errors.identity.js';
import { HANDOFF_ERRORS } from './errors.handoffs.js';
import { LOANER_ERRORS } from './errors.loaners.js';
import { TRACKING_ERRORS } from './errors.tracking.js';
import { MATCHING_ERRORS } from './errors.matching.js';
import { ORDER_ERRORS } from './errors.orders.js';
import { OWNERSHIP_ERRORS } from './errors.ownership.js';
import { MERGE_ERRORS } from './errors.merges.js';
import { PRESENCE_ERRORS } from './errors.presence.js';
import { REPAIR_ERRORS } from './errors.repairs.js';
import { SLA_ERRORS } from './errors.sla.js';
import { STORY_ERRORS } from './errors.story.js';
import type { Language } from './words.js';

/** Every error thrown on purpose: code → HTTP status and the words a person reads. */
export const ERRORS = {
  'request.invalid': {
    status: 400,
    es: 'Hay datos que no se entienden. Revisa los campos señalados.',
    en: 'Some data could not be understood. Check the fields named in the details.',
  },
  'request.too_large': {
    status: 413,
    es: 'El envío supera el tamaño permitido.',
    en: 'The request is larger than allowed.',
  },
  'request.not_found': { status: 404, es: 'Esta dirección no existe.', en: 'There is nothing at this address.' },
  'request.unsupported_media': {
    status: 415,
    es: 'Este tipo de contenido no se admite aquí.',
    en: 'This content type is not accepted here.',
  },
  'request.idempotency_mismatch': {
    status: 422,
    es: 'Esta clave de idempotencia ya se usó con otros datos.',
    en: 'This idempotency key was already used with a different request.',
  },
  'server.unexpected': {
    status: 500,
    es: 'Algo ha fallado por nuestra parte. Inténtalo de nuevo.',
    en: 'Something failed on our side. Please try again.',
  },
  'server.unavailable': {
    status: 503,
    es: 'El servicio no está disponible en este momento. Inténtalo de nuevo.',
    en: 'The service is not available right now. Please try again.',
  },
  'session.required': { status: 401, es: 'Inicia sesión para continuar.', en: 'Please sign in to continue.' },
  'session.expired': {
    status: 401,
    es: 'Tu sesión ha caducado. Vuelve a iniciar sesión.',
    en: 'Your session has expired. Please sign in again.',
  },
  'session.bad_credentials': { status: 401, es: 'Correo o contraseña incorrectos.', en: 'Wrong email or password.' },
  'session.throttled': {
    status: 429,
    es: 'Demasiados intentos. Espera un poco antes de volver a probar.',
    en: 'Too many attempts. Please wait before trying again.',
  },
  'session.cross_site': {
    status: 403,
    es: 'La petición viene de otro sitio y se ha rechazado.',
    en: 'The request came from another site and was refused.',
  },
  'permission.denied': { status: 403, es: 'Tu rol no permite hacer esto.', en: 'Your role does not allow this.' },
  'case.not_found': {
    status: 404,
    es: 'Este caso no existe o no puedes verlo.',
    en: 'This case does not exist or you may not see it.',
  },
  'case.version_conflict': {
    status: 409,
    es: 'El caso ha cambiado mientras lo editabas. Mira lo nuevo y repite.',
    en: 'The case changed while you were editing. Look at what is new and try again.',
  },
  'case.unseen_entries': {
    status: 409,
    es: 'Han llegado entradas que aún no has visto.',
    en: 'Entries arrived that you have not seen yet.',
  },
  'case.transition_forbidden': {
    status: 409,
    es: 'El caso no puede pasar de ese estado a este otro.',
    en: 'The case cannot move between these two statuses.',
  },
  'case.over': {
    status: 409,
    es: 'El caso está cerrado. Reábrelo para seguir.',
    en: 'The case is closed. Reopen it to go on.',
  },
  'case.customer_has_open': {
    status: 409,
    es: 'Este cliente ya tiene otro caso abierto.',
    en: 'This customer already has another open case.',
  },
  'thread.unreachable': {
    status: 422,
    es: 'Este cliente no tiene una vía abierta por ese canal.',
    en: 'This customer has no open thread on that channel.',
  },
  'reply.too_long': {
    status: 422,
    es: 'El mensaje supera el límite del canal.',
    en: 'The message is longer than the channel allows.',
  },
  'reply.attachments_unsupported': {
    status: 422,
    es: 'Ese canal no admite estos adjuntos.',
    en: 'That channel does not take these attachments.',
  },
  'interaction.not_found': {
    status: 404,
    es: 'Esta entrada no existe o no puedes verla.',
    en: 'This entry does not exist or you may not see it.',
  },
  'interaction.not_held': {
    status: 409,
    es: 'El mensaje ya ha salido; no se puede deshacer.',
    en: 'The message has already left; it cannot be undone.',
  },
  'interaction.not_failed': {
    status: 409,
    es: 'Solo se puede volver a enviar un mensaje que ha fallado.',
    en: 'Only a failed message can be sent again.',
  },
  'entry.not_movable': {
    status: 409,
    es: 'Un mensaje que ha salido de aquí no se puede mover a otro caso: ya está en el buzón del cliente.',
    en: 'A message that left from here cannot be moved to another case: the customer already has it.',
  },
  'entry.target_over': {
    status: 409,
    es: 'Ese caso está unido a otro o marcado como spam; no se le puede mover nada.',
    en: 'That case was merged into another or marked as spam; nothing can be moved to it.',
  },
  'review.not_found': {
    status: 404,
    es: 'En esta entrada no hay nada que revisar.',
    en: 'There is nothing to review about this entry.',
  },
  'customer.not_found': {
    status: 404,
    es: 'Este cliente no existe o no puedes verlo.',
    en: 'This customer does not exist or you may not see them.',
  },
  'store.not_found': { status: 404, es: 'Esta tienda no existe.', en: 'This store does not exist.' },
  'agent.not_found': {
    status: 404,
    es: 'Esta persona no existe o no está activa.',
    en: 'This person does not exist or is not active.',
  },
  'queue.not_found': { status: 404, es: 'Esta cola no existe.', en: 'This queue does not exist.' },
  'visit.photos_only': {
    status: 422,
    es: 'Aquí solo van fotos (JPEG, PNG, WebP, GIF, AVIF o HEIC).',
    en: 'Only photos can be kept here (JPEG, PNG, WebP, GIF, AVIF or HEIC).',
  },
  'attachment.not_found': {
    status: 404,
    es: 'Este adjunto no existe o no puedes verlo.',
    en: 'This attachment does not exist or you may not see it.',
  },
  'attachment.too_large': {
    status: 413,
    es: 'El adjunto supera el tamaño permitido.',
    en: 'The attachment is larger than allowed.',
  },
  ...ANALYSIS_ERRORS,
  ...CARD_ERRORS,
  ...CHANNEL_ERRORS,
  ...COUNTER_ERRORS,
  ...DASHBOARD_ERRORS,
  ...STORY_ERRORS,
  ...TRACKING_ERRORS,
  ...GOODWILL_ERRORS,
  ...IDENTITY_ERRORS,
  ...INCIDENT_ERRORS,
  ...HANDOFF_ERRORS,
  ...LOANER_ERRORS,
  ...MERGE_ERRORS,
  ...ORDER_ERRORS,
  ...OWNERSHIP_ERRORS,
  ...MATCHING_ERRORS,
  ...PRESENCE_ERRORS,
  ...REPAIR_ERRORS,
  ...SLA_ERRORS,
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

/** The text of an error in the reader's language. */
export const errorText = (code: ErrorCode, language: Language): string => ERRORS[code][language];
