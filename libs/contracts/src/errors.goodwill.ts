import type { ErrorEntry } from './error-entry.js';

/** What goes wrong around what customers are given and owed. */
export const GOODWILL_ERRORS = {
  'benefit.not_found': {
    status: 404,
    es: 'Esta compensación no existe o no puedes verla.',
    en: 'This benefit does not exist or you may not see it.',
  },
  'benefit.transition_forbidden': {
    status: 409,
    es: 'Desde donde está, esta compensación no puede pasar a eso.',
    en: 'From where it stands, this benefit cannot become that.',
  },
  'benefit.not_impaired': {
    status: 422,
    es: 'Al cliente no le falta nada ahora: di desde qué día hasta qué día cuenta el descuento.',
    en: 'The customer lacks nothing now: say from which day to which day the discount counts.',
  },
  'benefit.stands_already': {
    status: 409,
    es: 'Ya tiene un descuento en esa cuota que sigue corriendo.',
    en: 'They have a discount on that fee already, and it still runs.',
  },
  'benefit.bad_span': {
    status: 422,
    es: 'Esos días no valen para un descuento: empiezan en el futuro, acaban antes de empezar o son demasiados.',
    en: 'A discount cannot have those days: they begin in the future, end before they begin or are too many.',
  },
  'benefit.fee_unknown': {
    status: 422,
    es: 'No sabemos qué cuota paga: escríbela para poder aplicar el descuento.',
    en: 'We do not know which fee they pay: type it so that the discount can be given.',
  },
  'benefit.other_currency': {
    status: 422,
    es: 'Los límites están en otra moneda: este importe no se puede comparar con ellos.',
    en: 'The limits are in another currency: this amount cannot be compared with them.',
  },
  'benefit.unfair': {
    status: 409,
    es: 'Por lo mismo, quien lleva más tiempo con nosotros tendría menos. Quien aprueba puede decidirlo con un motivo.',
    en: 'For the same trouble, who has been with us longer would have less. Who approves may decide so with a reason.',
  },
  'benefit.in_quote': {
    status: 409,
    es: 'El presupuesto aprobado ya dice cuánto ponemos para la reparación: cámbialo con otra versión del presupuesto.',
    en: 'The approved quote already says what we put towards the repair: change it with another version of the quote.',
  },
  'benefit.no_code': {
    status: 409,
    es: 'Esta compensación no tiene código, o todavía no.',
    en: 'This benefit has no code, or not yet.',
  },
  'benefit.code_shown': {
    status: 409,
    es: 'El código ya se mostró una vez y no se vuelve a mostrar.',
    en: 'The code has been shown once and is not shown again.',
  },
  'benefit.own_request': {
    status: 403,
    es: 'Lo pediste tú: lo tiene que decidir otra persona.',
    en: 'You asked for it: somebody else has to decide.',
  },
  'benefit.above_limit': {
    status: 403,
    es: 'Supera lo que puedes dar: lo tiene que decidir alguien con más margen.',
    en: 'It is above what you may give: somebody with more say has to decide.',
  },
  'goodwill.rule_not_found': { status: 404, es: 'Esta regla no existe.', en: 'This rule does not exist.' },
  'goodwill.name_taken': {
    status: 409,
    es: 'Ya hay una regla con ese nombre.',
    en: 'There is a rule with that name already.',
  },
  'goodwill.version_conflict': {
    status: 409,
    es: 'Ha cambiado mientras lo editabas. Mira lo nuevo y repite.',
    en: 'It changed while you were editing. Look at what is new and try again.',
  },
  'goodwill.rule_unfair': {
    status: 422,
    es: 'Con esta regla, quien lleva menos tiempo tendría más que quien lleva más.',
    en: 'By this rule, who is newer would have more than who has been with us longer.',
  },
  'compensation.not_found': {
    status: 404,
    es: 'Esta indemnización no existe o no puedes verla.',
    en: 'This compensation does not exist or you may not see it.',
  },
  'compensation.overlaps': {
    status: 409,
    es: 'Parte de ese tiempo ya está en otra indemnización del mismo servicio.',
    en: 'Part of that time is in another compensation for the same service already.',
  },
  'compensation.bad_time': {
    status: 422,
    es: 'Ese tiempo no vale: empieza o termina en el futuro, o dura más de un año.',
    en: 'That time cannot be: it begins or ends in the future, or lasts longer than a year.',
  },
  'compensation.settled': {
    status: 409,
    es: 'Esta indemnización ya está cerrada.',
    en: 'This compensation is settled already.',
  },
  'benefit_message.not_found': { status: 404, es: 'Este aviso no existe.', en: 'This message does not exist.' },
  'benefit_message.not_dead': {
    status: 409,
    es: 'Este aviso no está parado: ya llegó o sigue intentándolo.',
    en: 'This message is not stuck: it has arrived or is still being tried.',
  },
} as const satisfies Record<string, ErrorEntry>;
