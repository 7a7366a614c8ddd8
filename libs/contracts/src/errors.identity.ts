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
} as const satisfies Record<string, ErrorEntry>;
