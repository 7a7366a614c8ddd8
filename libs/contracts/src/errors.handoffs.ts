import type { ErrorEntry } from './error-entry.js';

/** What goes wrong around partners, handoffs and custody. */
export const HANDOFF_ERRORS = {
  'partner.not_found': {
    status: 404,
    es: 'Esta empresa no está entre las que trabajan con nosotros.',
    en: 'This company is not among those that work with us.',
  },
  'partner.name_taken': {
    status: 409,
    es: 'Ya hay una empresa con ese nombre.',
    en: 'There is a company with this name already.',
  },
  'partner.changed_meanwhile': {
    status: 409,
    es: 'Alguien ha cambiado esta empresa mientras tanto. Mira lo que hay ahora y vuelve a guardar.',
    en: 'Somebody changed this company meanwhile. Look at what is there now and save again.',
  },
  'partner.gateway_incomplete': {
    status: 422,
    es: 'Falta por dónde escribirles: su dirección de correo, o la de su sistema.',
    en: 'What is missing is where to write to them: their mail address, or that of their system.',
  },
  'partner.secret_needed': {
    status: 422,
    es: 'Su sistema está ahora en otro sitio: escribe de nuevo su clave.',
    en: 'Their system is in another place now: enter its secret again.',
  },
  'partner.fact_not_shared': {
    status: 422,
    es: 'El formulario pide algo que no se comparte con esta empresa. Compártelo con un motivo o quita la pregunta.',
    en: 'The form asks for something that is not shared with this company. Share it for a reason or remove the question.',
  },
  'partner.inactive': {
    status: 409,
    es: 'Con esta empresa ya no se trabaja. Elige otra.',
    en: 'This company no longer works with us. Choose another one.',
  },
  'partner.not_covered': {
    status: 422,
    es: 'El convenio con esta empresa no incluye este teléfono. Elige otra o deja el traspaso para después.',
    en: 'What was agreed with this company does not cover this phone. Choose another one or leave the handoff for later.',
  },
  'partner_key.not_found': {
    status: 404,
    es: 'Esta clave no existe.',
    en: 'This key does not exist.',
  },
  'handoff.not_found': {
    status: 404,
    es: 'Este traspaso no existe o no puedes verlo.',
    en: 'This handoff does not exist or you may not see it.',
  },
  'handoff.transition_forbidden': {
    status: 409,
    es: 'El traspaso no puede pasar de ese estado a este otro.',
    en: 'The handoff cannot move between these two states.',
  },
  'handoff.not_draft': {
    status: 409,
    es: 'El traspaso ya se ha enviado: no se puede cambiar, pero se les puede escribir.',
    en: 'The handoff was sent already: it cannot be changed, but you can write to them.',
  },
  'handoff.incomplete': {
    status: 422,
    es: 'Falta lo que esta empresa pide para empezar.',
    en: 'What this company asks for is not all there.',
  },
  'handoff.device_handed_over': {
    status: 409,
    es: 'Este teléfono ya está en manos de otra empresa por un traspaso abierto.',
    en: 'This phone is with another company by an open handoff already.',
  },
  'handoff.not_yours_to_say': {
    status: 409,
    es: 'Eso lo tiene que decir la otra empresa.',
    en: 'That is for the other company to say.',
  },
  'handoff.forgotten': {
    status: 410,
    es: 'Lo que se contó en este traspaso ya no se enseña.',
    en: 'What was told in this handoff is no longer shown.',
  },
  'handoff.still_open': {
    status: 409,
    es: 'Otra empresa tiene todavía trabajo de este caso: ciérralo o retíralo antes.',
    en: 'Another company still has work of this case: close it or take it back first.',
  },
  'handoff_message.not_found': {
    status: 404,
    es: 'Este mensaje no existe.',
    en: 'This message does not exist.',
  },
  'handoff_message.not_dead': {
    status: 409,
    es: 'Este mensaje no está parado: se está enviando o ya se entregó.',
    en: 'This message is not stuck: it is being sent or was delivered.',
  },
  'handoff_message.begins_it': {
    status: 409,
    es: 'Sin este mensaje no saben nada del traspaso. Envíalo de nuevo o cancela el traspaso.',
    en: 'Without this message they know nothing of the handoff. Send it again or cancel the handoff.',
  },
  'custody.wrong_hands': {
    status: 409,
    es: 'No lo tiene quien dices. Mira quién lo tiene ahora.',
    en: 'Somebody else has it. Look who has it now.',
  },
  'leg.not_found': {
    status: 404,
    es: 'Este envío no existe o no puedes verlo.',
    en: 'This shipment does not exist or you may not see it.',
  },
  'leg.wrong_code': {
    status: 422,
    es: 'El código no es el de este envío.',
    en: 'This is not the code of this shipment.',
  },
  'leg.transition_forbidden': {
    status: 409,
    es: 'El envío no puede pasar de ese estado a este otro.',
    en: 'The shipment cannot move between these two states.',
  },
  'claim.not_found': {
    status: 404,
    es: 'Esta reclamación no existe o no puedes verla.',
    en: 'This claim does not exist or you may not see it.',
  },
  'desk.link_gone': {
    status: 410,
    es: 'Este enlace ha caducado o se ha retirado. Pide otro a quien te lo envió.',
    en: 'This link has expired or was taken back. Ask whoever sent it for another one.',
  },
  'desk.link_not_found': {
    status: 404,
    es: 'Este enlace no es de este traspaso.',
    en: 'This link is not one of this handoff.',
  },
  'webhook.not_found': {
    status: 404,
    es: 'Este aviso a otro sistema no existe.',
    en: 'This webhook does not exist.',
  },
  'webhook.not_dead': {
    status: 409,
    es: 'Este aviso no está parado.',
    en: 'This delivery is not stuck.',
  },
} as const satisfies Record<string, ErrorEntry>;
