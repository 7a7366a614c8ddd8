import { CONDITION_WORDS, type Language } from '#contracts';

/** Everything a document says that nobody typed. */
export interface ShareWords {
  customer: string;
  somebody: string;
  none: string;
  marks: string;
  until: (provider: string, day: string) => string;
  bought: (day: string, seller: string) => string;
  delivered: (day: string) => string;
  secondHand: string;
  proof: Record<'receipt' | 'contract' | 'own_records' | 'none', string>;
  term: Record<string, string>;
  lock: Record<'on' | 'off', string>;
  agreed: (how: string, at: string) => string;
  how: Record<string, string>;
  mayErase: string;
  mayNotErase: string;
  wants: string;
  photo: (place: number) => string;
  file: (place: number) => string;
  /** Words of the lists, by their code; an unknown one is shown as it is. */
  of: Record<string, string>;
}

const es: ShareWords = {
  customer: 'Cliente',
  somebody: '(cliente)',
  none: 'ninguno',
  marks: 'sin marcas',
  until: (provider, day) => `${provider}: hasta el ${day}`,
  bought: (day, seller) => `Comprado el ${day}${seller === '' ? '' : ` en ${seller}`}`,
  delivered: (day) => `entregado el ${day}`,
  secondHand: 'de segunda mano',
  proof: {
    receipt: 'con tique',
    contract: 'con contrato',
    own_records: 'según nuestros datos',
    none: 'sin justificante',
  },
  term: { manufacturer: 'Garantía del fabricante', carrier: 'Garantía del operador', insurance: 'Seguro' },
  lock: { on: 'Bloqueo de activación puesto', off: 'Bloqueo de activación quitado' },
  agreed: (how, at) => `Dio su acuerdo ${how} el ${at}`,
  how: { store: 'en tienda', phone: 'por teléfono', message: 'por mensaje', link: 'en la página de su caso' },
  mayErase: 'se puede borrar el dispositivo',
  mayNotErase: 'el dispositivo no se puede borrar',
  wants: 'quiere recuperar',
  photo: (place) => `foto-${place}`,
  file: (place) => `archivo-${place}`,
  of: {
    ...CONDITION_WORDS.es,
    other: 'otra cosa',
    photos: 'fotos',
    contacts: 'contactos',
    messages: 'mensajes',
    apps: 'apps',
  },
};

const en: ShareWords = {
  customer: 'Customer',
  somebody: '(customer)',
  none: 'none',
  marks: 'no marks',
  until: (provider, day) => `${provider}: until ${day}`,
  bought: (day, seller) => `Bought on ${day}${seller === '' ? '' : ` from ${seller}`}`,
  delivered: (day) => `delivered on ${day}`,
  secondHand: 'second-hand',
  proof: {
    receipt: 'with receipt',
    contract: 'with contract',
    own_records: 'by our own records',
    none: 'without proof',
  },
  term: { manufacturer: "Manufacturer's warranty", carrier: "Carrier's warranty", insurance: 'Insurance' },
  lock: { on: 'Activation lock on', off: 'Activation lock off' },
  agreed: (how, at) => `Agreed ${how} on ${at}`,
  how: { store: 'at the store', phone: 'by phone', message: 'by message', link: 'on the page of their case' },
  mayErase: 'the device may be wiped',
  mayNotErase: 'the device may not be wiped',
  wants: 'wants back',
  photo: (place) => `photo-${place}`,
  file: (place) => `file-${place}`,
  of: {
    ...CONDITION_WORDS.en,
    other: 'something else',
    photos: 'photos',
    contacts: 'contacts',
    messages: 'messages',
    apps: 'apps',
  },
};

export const SHARE_WORDS: Record<Language, ShareWords> = { es, en };
