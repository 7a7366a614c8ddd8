import type { ErrorEntry } from './error-entry.js';

/** What goes wrong around joining people and cases, and taking that back. */
export const MERGE_ERRORS = {
  'merge.same': {
    status: 409,
    es: 'Son la misma persona: no hay nada que unir.',
    en: 'They are the same person: there is nothing to merge.',
  },
  'merge.same_case': {
    status: 409,
    es: 'Es el mismo caso: no hay nada que unir.',
    en: 'It is the same case: there is nothing to merge.',
  },
  'merge.moved_on': {
    status: 409,
    es: 'Una de las dos fichas ya se ha unido a otra. Vuelve a mirar antes de unir.',
    en: 'One of the two records has been merged into another already. Look again before you merge.',
  },
  'merge.case_elsewhere': {
    status: 409,
    es: 'Ese caso es de otra persona. Une a las personas, no los casos.',
    en: 'That case is another person’s. Merge the people, not the cases.',
  },
  'merge.case_over': {
    status: 409,
    es: 'Un caso unido a otro o marcado como spam no se puede unir.',
    en: 'A case that was merged already or marked as spam cannot be merged.',
  },
  'merge.not_found': {
    status: 404,
    es: 'Esta unión no existe o no puedes verla.',
    en: 'This merge does not exist or you may not see it.',
  },
  'merge.undone': { status: 409, es: 'Esta unión ya se ha deshecho.', en: 'This merge has been undone already.' },
  'merge.too_late': {
    status: 409,
    es: 'Han pasado más de 30 días: esta unión ya no se puede deshacer. Puedes separar entradas o problemas.',
    en: 'More than 30 days have passed: this merge can no longer be undone. You can split entries or problems out.',
  },
  'merge.undo_later_first': {
    status: 409,
    es: 'Después se ha hecho otra unión con esta persona. Deshaz primero la más reciente.',
    en: 'These people were merged again later. Undo the latest merge first.',
  },
  'merge.other_open': {
    status: 409,
    es: 'Mientras tanto se ha reabierto otro caso de esa persona. Ciérralo antes de deshacer la unión.',
    en: 'Another case of that person has been reopened meanwhile. Close it before you undo the merge.',
  },
  'split.same_customer': {
    status: 409,
    es: 'Esa persona es la de este caso. Elige a otra.',
    en: 'That is the person of this case. Choose somebody else.',
  },
  'split.problem_not_found': {
    status: 404,
    es: 'Este problema no está en este caso.',
    en: 'This problem is not on this case.',
  },
} as const satisfies Record<string, ErrorEntry>;
