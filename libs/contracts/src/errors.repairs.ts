import type { ErrorEntry } from './error-entry.js';

/** What goes wrong around phones and their warranties. */
export const REPAIR_ERRORS = {
  'device.not_found': {
    status: 404,
    es: 'Este teléfono no existe o no puedes verlo.',
    en: 'This phone does not exist or you may not see it.',
  },
  'device.number_invalid': {
    status: 422,
    es: 'Ese número no es de un teléfono. Mira qué falla en los campos señalados.',
    en: 'That is not the number of a phone. See what is wrong in the fields named.',
  },
  'device.two_devices': {
    status: 409,
    es: 'Los dos IMEI son de dos teléfonos que ya conocemos. Si son el mismo, hay que unir sus fichas antes.',
    en: 'The two IMEIs belong to two phones we know already. If they are one, join their records first.',
  },
  'device.other_number': {
    status: 409,
    es: 'De este teléfono constan otros números. Compruébalos antes de cambiarlos.',
    en: 'This phone is on record with other numbers. Check them before you change them.',
  },
  'device.too_many_numbers': {
    status: 409,
    es: 'Entre los dos tienen más de dos IMEI: no pueden ser un solo teléfono.',
    en: 'Between them they have more than two IMEIs: they cannot be one phone.',
  },
  'device.not_on_case': {
    status: 409,
    es: 'Este teléfono no es de este caso. Añádelo antes al caso.',
    en: 'This phone is not part of this case. Add it to the case first.',
  },
  'device.own_replacement': {
    status: 409,
    es: 'Un teléfono no puede sustituirse a sí mismo, tampoco pasando por otros.',
    en: 'A phone cannot replace itself, nor by way of others.',
  },
  'device.replaced_already': {
    status: 409,
    es: 'Este teléfono ya consta como sustituido por otro.',
    en: 'This phone is on record as replaced by another already.',
  },
  'device.term_below_minimum': {
    status: 422,
    es: 'La ley no permite acordar un plazo tan corto para un teléfono de segunda mano.',
    en: 'The law allows no agreement on so short a term for a second-hand phone.',
  },
  'device.purchase_ahead': {
    status: 422,
    es: 'La fecha de compra o de entrega está en el futuro.',
    en: 'The day it was bought or delivered lies ahead.',
  },
  'device_model.not_found': { status: 404, es: 'Este modelo no existe.', en: 'This model does not exist.' },
  'device_model.exists': {
    status: 409,
    es: 'Ya hay un modelo con esa marca y ese nombre.',
    en: 'There is a model of that brand and name already.',
  },
  'device_model.tac_taken': {
    status: 409,
    es: 'Alguno de esos TAC ya es de otro modelo.',
    en: 'One of those TACs belongs to another model already.',
  },
  'device_model.no_columns': {
    status: 422,
    es: 'La primera línea debe nombrar las columnas; hacen falta al menos tac, brand y model.',
    en: 'The first line must name the columns; tac, brand and model at least are needed.',
  },
  'warranty.incomplete': {
    status: 422,
    es: 'Para decir que no, aunque sea en parte, hacen falta la cláusula, una explicación que el cliente entienda y el siguiente paso.',
    en: 'To say no, even in part, you need the clause, an explanation the customer understands, and the next step.',
  },
  'warranty.not_found': {
    status: 404,
    es: 'Esta decisión no existe o no puedes verla.',
    en: 'This decision does not exist or you may not see it.',
  },
  'warranty.transition_forbidden': {
    status: 409,
    es: 'La decisión ya no está en un estado en el que se pueda hacer esto.',
    en: 'The decision is no longer in a state in which this can be done.',
  },
  'warranty.same_person': {
    status: 409,
    es: 'Una segunda opinión tiene que darla otra persona.',
    en: 'A second opinion has to be somebody else’s.',
  },
  'warranty.nothing_to_tell': {
    status: 422,
    es: 'Falta la explicación que leería el cliente.',
    en: 'The explanation the customer would read is missing.',
  },
  'warranty.evidence_elsewhere': {
    status: 422,
    es: 'Alguna prueba no está en este caso.',
    en: 'Some of the evidence is not on this case.',
  },
  'warranty_term.not_found': { status: 404, es: 'Este plazo no existe.', en: 'This term does not exist.' },
  'warranty_parameter.not_found': { status: 404, es: 'Esta regla no existe.', en: 'This rule does not exist.' },
  'warranty_parameter.overlaps': {
    status: 409,
    es: 'Para esas fechas ya hay otra regla igual. Termina antes la que está.',
    en: 'There is a rule of that kind for those dates already. End the other one first.',
  },
} as const satisfies Record<string, ErrorEntry>;
