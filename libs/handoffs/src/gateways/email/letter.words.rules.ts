import type { DeskAction, HandoffOutcome, Language } from '#contracts';

/** What our mails to partners say besides what is told of the handoff. */

type Said = Record<Language, string>;

/** Above it stands what is new; whoever answers writes above it, too. */
export const ABOVE: Said = {
  es: '##- Puede responder a este correo por encima de esta línea -##',
  en: '##- You can answer this mail above this line -##',
};
export const ABOVE_LINE = /^[> \t]{0,20}##- .{10,80} -##[ \t]*$/mu;

export const OPENING: Record<
  'sent' | 'info' | 'approved' | 'declined' | 'nudged' | 'reopened' | 'cancelled' | 'recalled' | 'closed' | 'file',
  Said
> = {
  sent: { es: '{brand} les pasa este trabajo.', en: '{brand} hands this work over to you.' },
  info: { es: 'Esto es lo que nos preguntaban:', en: 'This is what you asked:' },
  approved: { es: 'Presupuesto aprobado: adelante.', en: 'Quote approved: please proceed.' },
  declined: { es: 'Presupuesto rechazado.', en: 'Quote declined.' },
  nudged: {
    es: 'Todavía no sabemos nada de este trabajo. Basta con responder a este correo.',
    en: 'We have not heard of this work yet. Answering this mail is enough.',
  },
  reopened: { es: 'Lo reabrimos: lo que se hizo no ha bastado.', en: 'We reopen this: what was done was not enough.' },
  cancelled: { es: 'Cancelamos este trabajo.', en: 'We cancel this work.' },
  recalled: {
    es: 'Retiramos este trabajo y lo que les contamos con él: bórrenlo, por favor.',
    en: 'We take this work back, and what we told you with it: please delete it.',
  },
  closed: { es: 'Damos este trabajo por cerrado. Gracias.', en: 'This work is closed. Thank you.' },
  file: { es: 'Les enviamos estos archivos.', en: 'We send you these files.' },
};

/** The answers we give when we took the work, as their line says them. */
export const ANSWER: Partial<Record<DeskAction, Said>> = {
  acknowledged: { es: 'acuse de recibo', en: 'acknowledged' },
  accepted: { es: 'aceptado', en: 'accepted' },
  rejected: { es: 'rechazado', en: 'rejected' },
  asked: { es: 'pregunta', en: 'question' },
  in_progress: { es: 'en curso', en: 'in progress' },
  eta: { es: 'nueva fecha', en: 'new date' },
  received: { es: 'recibido en nuestro taller', en: 'received at our workshop' },
  dispatched: { es: 'enviado de vuelta', en: 'dispatched' },
  resolved: { es: 'terminado', en: 'finished' },
  reopened: { es: 'reabierto', en: 'reopened' },
  cancelled: { es: 'cancelado', en: 'cancelled' },
};
export const OUTCOME: Record<HandoffOutcome, Said> = {
  repaired: { es: 'reparado', en: 'repaired' },
  replaced: { es: 'sustituido', en: 'replaced' },
  no_fault: { es: 'sin avería', en: 'no fault found' },
  unrepairable: { es: 'irreparable', en: 'unrepairable' },
  advised: { es: 'aconsejado', en: 'advised' },
  other: { es: 'otro', en: 'other' },
};

/** What stands on the buttons. */
export const BUTTON: Partial<Record<DeskAction, Said>> = {
  accepted: { es: 'Aceptar', en: 'Accept' },
  rejected: { es: 'Rechazar', en: 'Reject' },
  asked: { es: 'Preguntar', en: 'Ask' },
  quoted: { es: 'Presupuestar', en: 'Quote' },
  eta: { es: 'Cambiar la fecha', en: 'Change the date' },
  received: { es: 'Lo hemos recibido', en: 'We received it' },
  dispatched: { es: 'Lo hemos enviado', en: 'We sent it back' },
  resolved: { es: 'Está terminado', en: 'It is finished' },
  info: { es: 'Responder', en: 'Answer' },
  quote_answered: { es: 'Decidir el presupuesto', en: 'Decide on the quote' },
  note: { es: 'Escribirnos', en: 'Write to us' },
};

export const PAGE: Said = { es: 'Todo en una página', en: 'All on one page' };
export const FORM: Said = {
  es: 'Responda con sus palabras, con los botones, o rellene lo que sepa:',
  en: 'Answer in your own words, by the buttons, or fill in what you know:',
};
export const FORM_HINT: Record<'offered' | 'taken', Said> = {
  offered: { es: '<acepto / rechazo / pregunto>', en: '<accept / reject / ask>' },
  taken: { es: '<recibido / en curso / terminado / enviado>', en: '<received / in progress / finished / dispatched>' },
};
export const BUTTONS: Said = { es: 'Botones', en: 'Buttons' };
export const TOO_LARGE: Said = {
  es: 'Estos archivos no caben en un correo y están en la página:',
  en: 'These files do not fit a mail and are on the page:',
};
export const CONFIDENTIAL: Said = {
  es: 'Lo que se cuenta aquí del cliente es solo para este trabajo. Quien tenga este correo puede usar sus botones.',
  en: 'What is told of the customer here is for this work only. Whoever has this mail can use its buttons.',
};
