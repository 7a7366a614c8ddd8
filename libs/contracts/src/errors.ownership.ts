import type { ErrorEntry } from './error-entry.js';

/** What goes wrong around owners, handovers and redirects. */
export const OWNERSHIP_ERRORS = {
  'next_action.due_passed': {
    status: 422,
    es: 'La hora de la próxima acción ya ha pasado.',
    en: 'The time of the next action has already passed.',
  },
  'handover.not_found': {
    status: 404,
    es: 'Este traspaso no existe o no puedes verlo.',
    en: 'This handover does not exist or you may not see it.',
  },
  'handover.not_yours': {
    status: 403,
    es: 'Solo quien recibe el caso puede confirmar que lo tiene.',
    en: 'Only who receives the case can confirm having it.',
  },
  'handover.already_there': {
    status: 409,
    es: 'El caso ya está ahí.',
    en: 'The case is already there.',
  },
  'handover.settled': {
    status: 409,
    es: 'Este traspaso ya está resuelto: el caso ha seguido su camino.',
    en: 'This handover is settled: the case has moved on.',
  },
  'redirect.not_found': {
    status: 404,
    es: 'Este aviso no existe o no puedes verlo.',
    en: 'This notice does not exist or you may not see it.',
  },
  'queue.name_taken': {
    status: 409,
    es: 'Ya hay una cola con este nombre.',
    en: 'There is a queue of this name already.',
  },
  'queue.in_use': {
    status: 409,
    es: 'En esta cola hay casos abiertos. Pásalos antes a otra.',
    en: 'There are open cases in this queue. Move them to another one first.',
  },
  'queue.fixed': {
    status: 409,
    es: 'La cola general y las de las tiendas no se pueden quitar.',
    en: 'The default queue and those of stores cannot be removed.',
  },
  'next.at_capacity': {
    status: 409,
    es: 'Ya tienes todos los casos que puedes llevar. Cierra o pasa alguno antes de tomar otro.',
    en: 'You have as many cases as you can take. Close or hand over one before you take another.',
  },
  'next.away': {
    status: 409,
    es: 'Constas como ausente. Di que has vuelto para tomar casos.',
    en: 'You are away. Say that you are back to take cases.',
  },
  'away.until_passed': {
    status: 422,
    es: 'La hora de vuelta ya ha pasado.',
    en: 'The time of your return has already passed.',
  },
  'away.not_yours': {
    status: 409,
    es: 'Este caso ya no es tuyo.',
    en: 'This case is no longer yours.',
  },
  'store.incomplete': {
    status: 422,
    es: 'De esta tienda no constan horario o coordenadas; no se puede acompañar a nadie hasta ella.',
    en: 'Opening hours or coordinates of this store are not known; nobody can be shown the way there.',
  },
} as const satisfies Record<string, ErrorEntry>;
