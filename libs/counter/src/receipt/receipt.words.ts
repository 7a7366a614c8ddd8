import { CONDITION_WORDS, type Language } from '#contracts';
import type { paperOf } from './receipt.data.js';

/** Everything a receipt says that nobody typed. */
export interface ReceiptWords {
  title: Record<ReturnType<typeof paperOf>, string>;
  case: string;
  date: string;
  customer: string;
  servedBy: string;
  said: string;
  device: string;
  imei: string;
  stays: string;
  leaves: string;
  taker: string;
  takenBy: Record<'lab' | 'partner', string>;
  answers: (store: string) => string;
  condition: string;
  accessories: string;
  checks: string;
  photos: (count: number) => string;
  none: string;
  decision: string;
  clause: string;
  next: string;
  loan: string;
  loanDue: string;
  tried: string;
  data: string;
  works: string;
  worksNot: string;
  gifts: string;
  giftWaits: string;
  promise: string;
  nextUpdate: string;
  returnBy: string;
  waived: string;
  terms: (version: number) => string;
  loanTerms: (version: number) => string;
  signature: string;
  unsigned: string;
  scan: string;
  page: (number: number, of: number) => string;
  /** Words of the lists, by their code; an unknown one is shown as it is. */
  of: Record<string, string>;
}

const es: ReceiptWords = {
  title: { left: 'Resguardo de entrega', fetched: 'Resguardo de recogida', visit: 'Resguardo de la visita' },
  case: 'Caso',
  date: 'Fecha',
  customer: 'Cliente',
  servedBy: 'Te ha atendido',
  said: 'Qué nos has contado',
  device: 'Dispositivo',
  imei: 'IMEI acabado en',
  stays: 'Se queda con nosotros',
  leaves: 'Te lo llevas a casa',
  taker: 'Lo repara',
  takenBy: { lab: 'nuestro taller', partner: 'otra empresa; te diremos cuál' },
  answers: (store) => `responde ${store}`,
  condition: 'Estado',
  accessories: 'Accesorios',
  checks: 'Comprobaciones',
  photos: (count) => (count === 1 ? '1 foto en el caso' : `${String(count)} fotos en el caso`),
  none: 'Ninguno',
  decision: 'Garantía',
  clause: 'Cláusula',
  next: 'Siguiente paso',
  loan: 'Móvil de préstamo',
  loanDue: 'A devolver el',
  tried: 'Probado contigo',
  data: 'Datos',
  works: 'funciona',
  worksNot: 'no funciona',
  gifts: 'Por las molestias',
  giftWaits: 'pendiente de aprobar',
  promise: 'Qué te prometemos',
  nextUpdate: 'Te escribimos antes del',
  returnBy: 'Lo tendrás de vuelta el',
  waived: 'Quedó sin hacer',
  terms: (version) => `Condiciones (versión ${String(version)})`,
  loanTerms: (version) => `Condiciones del préstamo (versión ${String(version)})`,
  signature: 'Firma del cliente',
  unsigned: 'Sin firma en pantalla',
  scan: 'Sigue tu caso o enséñalo en cualquier tienda',
  page: (number, of) => `${String(number)} de ${String(of)}`,
  of: {
    ...CONDITION_WORDS.es,
    covered: 'En garantía: no pagas nada',
    not_covered: 'No cubierto por la garantía',
    partial: 'Cubierto en parte',
    goodwill: 'Lo asumimos nosotros',
    accepted: 'Entregado',
    declined: 'No lo has querido',
    none_available: 'Ahora mismo no hay ninguno; te avisamos',
    not_eligible: 'No corresponde',
    no_marks: 'sin marcas',
    'activationLock.off': 'bloqueo de activación quitado',
    'activationLock.on': 'bloqueo de activación puesto',
    calls: 'Llamadas',
    data: 'Datos móviles',
    apps: 'Apps',
    photos: 'Fotos',
    all: 'recuperados todos',
    part: 'recuperados en parte',
    not_recovered: 'no recuperados',
    not_needed: 'no hacía falta',
    'waived.imei': 'IMEI',
    'waived.condition': 'estado',
    'waived.photos': 'fotos',
    'waived.activation_lock': 'bloqueo de activación',
    'waived.back_up': 'copia de seguridad',
    'waived.warranty': 'decisión de garantía',
    'waived.reach': 'cómo localizarte',
    'waived.signature': 'firma',
    'waived.works': 'prueba',
    'waived.loaner_photos': 'fotos del préstamo',
    'waived.loaner_back': 'devolución del préstamo',
  },
};

const en: ReceiptWords = {
  title: { left: 'Drop-off receipt', fetched: 'Pick-up receipt', visit: 'Receipt of your visit' },
  case: 'Case',
  date: 'Date',
  customer: 'Customer',
  servedBy: 'Served by',
  said: 'What you told us',
  device: 'Device',
  imei: 'IMEI ending in',
  stays: 'Stays with us',
  leaves: 'Goes home with you',
  taker: 'Repaired by',
  takenBy: { lab: 'our workshop', partner: 'another company; we will tell you which' },
  answers: (store) => `${store} answers for it`,
  condition: 'Condition',
  accessories: 'Accessories',
  checks: 'Checked',
  photos: (count) => (count === 1 ? '1 photo on the case' : `${String(count)} photos on the case`),
  none: 'None',
  decision: 'Warranty',
  clause: 'Clause',
  next: 'Next step',
  loan: 'Loaner phone',
  loanDue: 'Due back on',
  tried: 'Tried with you',
  data: 'Data',
  works: 'works',
  worksNot: 'does not work',
  gifts: 'For your trouble',
  giftWaits: 'waiting for approval',
  promise: 'What we promise',
  nextUpdate: 'We write to you by',
  returnBy: 'Back with you on',
  waived: 'Not done',
  terms: (version) => `Terms (version ${String(version)})`,
  loanTerms: (version) => `Terms of the loan (version ${String(version)})`,
  signature: 'Customer’s signature',
  unsigned: 'Not signed on screen',
  scan: 'Follow your case, or show this at any store',
  page: (number, of) => `${String(number)} of ${String(of)}`,
  of: {
    ...CONDITION_WORDS.en,
    covered: 'Under warranty: you pay nothing',
    not_covered: 'Not covered by the warranty',
    partial: 'Covered in part',
    goodwill: 'We bear the cost',
    accepted: 'Handed over',
    declined: 'You did not want one',
    none_available: 'None is free right now; we will tell you',
    not_eligible: 'Not applicable',
    no_marks: 'no marks',
    'activationLock.off': 'activation lock off',
    'activationLock.on': 'activation lock on',
    calls: 'Calls',
    data: 'Mobile data',
    apps: 'Apps',
    photos: 'Photos',
    all: 'all recovered',
    part: 'recovered in part',
    not_recovered: 'not recovered',
    not_needed: 'was not needed',
    'waived.imei': 'IMEI',
    'waived.condition': 'condition',
    'waived.photos': 'photos',
    'waived.activation_lock': 'activation lock',
    'waived.back_up': 'back-up',
    'waived.warranty': 'warranty decision',
    'waived.reach': 'how to reach you',
    'waived.signature': 'signature',
    'waived.works': 'trying it out',
    'waived.loaner_photos': 'photos of the loaner',
    'waived.loaner_back': 'return of the loaner',
  },
};

export const RECEIPT_WORDS: Record<Language, ReceiptWords> = { es, en };
