import type { DataCategory, DataResult, Language, Payer, RepairHolder } from '#contracts';

/** What the page of a case says of repairs and quotes. `{name}` stands for a value. */
export interface RepairWords {
  repair: string;
  holder: Record<RepairHolder, string>;
  /** With a courier, by who is to get it. */
  onItsWay: Record<RepairHolder, string>;
  /** With a company of which the name is known, and on its way to one. */
  atCompany: string;
  toCompany: string;
  back: string;
  data: string;
  category: Record<DataCategory, string>;
  result: Record<DataResult, string>;
  working: string;
  quote: string;
  version: string;
  list: string;
  agreed: string;
  source: string;
  payer: Record<Payer, string>;
  cover: string;
  months: string;
  until: string;
  decide: string;
  name: string;
  approve: string;
  keeps: string;
  decline: string;
  declineWhy: string;
  declineDo: string;
  noName: string;
  noReason: string;
  approved: Record<'link' | 'counter' | 'notice', string>;
  declined: string;
  expired: string;
  earlier: string;
  print: string;
  tooOften: string;
}

export const REPAIR_WORDS: Record<Language, RepairWords> = {
  es: {
    repair: 'Tu reparación: {device}',
    holder: {
      customer: 'Lo tienes tú.',
      store: 'Está en {store}, {address}.',
      courier: 'Va de camino con el mensajero.',
      partner: 'Está en el servicio técnico.',
    },
    onItsWay: {
      customer: 'Va de camino hacia ti con el mensajero.',
      store: 'Va de camino a {to} con el mensajero.',
      courier: 'Va de camino con el mensajero.',
      partner: 'Va de camino al servicio técnico con el mensajero.',
    },
    atCompany: 'Está en el taller de {company}.',
    toCompany: 'Va de camino al taller de {to} con el mensajero.',
    back: 'Te lo devolvemos {moment}.',
    data: 'Lo que había en tu móvil',
    category: { photos: 'Fotos', contacts: 'Contactos', messages: 'Mensajes', apps: 'Apps', other: 'Otros' },
    result: { recovered: 'recuperado', partly: 'recuperado en parte', lost: 'perdido', not_wanted: 'no lo querías' },
    working: 'estamos en ello',
    quote: 'Presupuesto para tu {device}',
    version: 'Versión {version}',
    list: 'Precio de tarifa',
    agreed: 'Precio acordado',
    source: 'Precio acordado: {source}',
    payer: {
      manufacturer: 'Paga el fabricante',
      carrier: 'Paga {brand}',
      goodwill: 'Cortesía de {brand}',
      customer: 'Pagas tú',
    },
    cover: 'Después de la reparación queda cubierto',
    months: '{months} meses: {what}',
    until: 'Este presupuesto vale hasta {moment}.',
    decide: 'Tu decisión',
    name: 'Tu nombre y apellidos',
    approve: 'Sí, apruebo esta versión',
    keeps: 'Guardamos tu nombre, la hora, la dirección de red (IP) y la huella de este texto: {hash}',
    decline: 'No lo apruebo',
    declineWhy: 'Dinos por qué',
    declineDo: 'Rechazar este presupuesto',
    noName: 'Escribe tu nombre para decidir.',
    noReason: 'Dinos por qué, para buscar otra solución.',
    approved: {
      link: 'Lo aprobaste aquí, {name}, {moment}.',
      counter: 'Lo aprobaste en persona, {name}, {moment}.',
      notice: 'No tienes que pagar nada ni que aprobarlo. Te lo dijimos {moment}.',
    },
    declined: 'Lo rechazaste, {name}, {moment}. No hacemos nada sin tu sí.',
    expired: 'Ha caducado. Escríbenos abajo y lo renovamos.',
    earlier: 'Versiones anteriores: ya no valen',
    print: 'Huella del texto',
    tooOften: 'Demasiados intentos seguidos. Espera un rato y vuelve a probar.',
  },
  en: {
    repair: 'Your repair: {device}',
    holder: {
      customer: 'You have it.',
      store: 'It is at {store}, {address}.',
      courier: 'It is on its way with the courier.',
      partner: 'It is at the repair lab.',
    },
    onItsWay: {
      customer: 'It is on its way to you with the courier.',
      store: 'It is on its way to {to} with the courier.',
      courier: 'It is on its way with the courier.',
      partner: 'It is on its way to the repair lab with the courier.',
    },
    atCompany: 'It is at the repair lab of {company}.',
    toCompany: 'It is on its way to the repair lab of {to} with the courier.',
    back: 'You get it back {moment}.',
    data: 'What was on your phone',
    category: { photos: 'Photos', contacts: 'Contacts', messages: 'Messages', apps: 'Apps', other: 'Other' },
    result: { recovered: 'recovered', partly: 'recovered in part', lost: 'lost', not_wanted: 'you did not want it' },
    working: 'we are on it',
    quote: 'Quote for your {device}',
    version: 'Version {version}',
    list: 'List price',
    agreed: 'Agreed price',
    source: 'Agreed price: {source}',
    payer: {
      ...{ manufacturer: 'The manufacturer pays', carrier: '{brand} pays' },
      ...{ goodwill: 'Goodwill of {brand}', customer: 'You pay' },
    },
    cover: 'After the repair you are covered for',
    months: '{months} months: {what}',
    until: 'This quote holds until {moment}.',
    decide: 'Your decision',
    name: 'Your full name',
    approve: 'Yes, I approve this version',
    keeps: 'We keep your name, the time, your network address (IP) and the fingerprint of this text: {hash}',
    decline: 'I do not approve it',
    declineWhy: 'Tell us why',
    declineDo: 'Decline this quote',
    noName: 'Write your name to decide.',
    noReason: 'Tell us why, so that we find another way.',
    approved: {
      link: 'You approved it here, {name}, {moment}.',
      counter: 'You approved it in person, {name}, {moment}.',
      notice: 'You have nothing to pay and nothing to approve. We told you {moment}.',
    },
    declined: 'You declined it, {name}, {moment}. We do nothing without your yes.',
    expired: 'It has run out. Write to us below and we renew it.',
    earlier: 'Earlier versions: they no longer count',
    print: 'Fingerprint of the text',
    tooOften: 'Too many attempts in a row. Wait a while and try again.',
  },
};
