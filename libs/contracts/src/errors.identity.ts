import type { ErrorEntry } from './error-entry.js';

/** What goes wrong around who somebody is: what identifies them, and how far that is proven. */
export const IDENTITY_ERRORS = {
  'contact.invalid': {
    status: 400,
    es: 'El correo, el teléfono o el usuario no es válido.',
    en: 'The email, phone or handle is not valid.',
  },
  'contact.taken': {
    status: 409,
    es: 'Ese correo, teléfono o usuario ya es de otro cliente. No se ha guardado nada.',
    en: 'That email, phone or handle already belongs to another customer. Nothing was saved.',
  },
  'contact.shared': {
    status: 409,
    es: 'Esta dirección la comparten varias personas: no puede pasar a ser solo de una.',
    en: 'Several people share this address: it cannot become one of theirs alone.',
  },
  'contact.ended': {
    status: 409,
    es: 'Esta dirección ya no es del cliente.',
    en: "This address is no longer the customer's.",
  },
  'contact.invalid_identifier': {
    status: 400,
    es: 'No es un dato válido de ese tipo. Revisa que no falte ni sobre nada.',
    en: 'That is not a valid one of its kind. Check that nothing is missing or too much.',
  },
  'contact.not_found': {
    status: 404,
    es: 'El cliente no tiene ese dato.',
    en: 'The customer has no such contact point.',
  },
  'contact.not_shareable': {
    status: 422,
    es: 'Solo un teléfono o un correo pueden ser de varias personas.',
    en: 'Only a telephone or an email can be shared by several people.',
  },
  'contact.still_shared': {
    status: 409,
    es: 'Otras personas lo tienen también. Quítaselo primero a ellas.',
    en: 'Other people have it too. End it with them first.',
  },
  'proof.required': {
    status: 403,
    es: 'Antes hace falta comprobar su identidad: con un código de un solo uso o viendo su documento.',
    en: 'Their identity must be proven first: by a one-time code, or by seeing their document.',
  },
  'proof.document_mismatch': {
    status: 422,
    es: 'No es el documento que consta de este cliente.',
    en: 'This is not the document on record for this customer.',
  },
  'code.unreachable': {
    status: 422,
    es: 'A esa dirección no se le puede enviar un código.',
    en: 'A code cannot be sent to that address.',
  },
  'code.throttled': {
    status: 429,
    es: 'Ya se han enviado varios códigos. Espera un poco antes de pedir otro.',
    en: 'Several codes were sent already. Please wait before asking for another.',
  },
  'code.wrong': {
    status: 422,
    es: 'El código no es correcto.',
    en: 'The code is not right.',
  },
  'code.expired': {
    status: 409,
    es: 'No hay ningún código vigente: ha caducado, ya se usó o se probó demasiadas veces. Envía otro.',
    en: 'There is no valid code: it expired, was used or was tried too often. Send another.',
  },
} as const satisfies Record<string, ErrorEntry>;
