import type { HandoffMode, Language, Priority } from '#contracts';

/** The names of what a document says, and its codes in words. */

type Said = Record<Language, string>;

export const LABEL = {
  reference: { es: 'Traspaso', en: 'Handoff' },
  priority: { es: 'Prioridad', en: 'Priority' },
  mode: { es: 'Qué se pide', en: 'Kind of work' },
  ask: { es: 'Petición', en: 'Request' },
  name: { es: 'Cliente', en: 'Customer' },
  phone: { es: 'Teléfono', en: 'Phone' },
  email: { es: 'Correo', en: 'Mail' },
  language: { es: 'Idioma', en: 'Language' },
  model: { es: 'Dispositivo', en: 'Device' },
  imei: { es: 'IMEI', en: 'IMEI' },
  condition: { es: 'Estado del dispositivo', en: 'Condition' },
  lock: { es: 'Bloqueo', en: 'Lock' },
  fault: { es: 'Avería', en: 'Fault' },
  problems: { es: 'Problema', en: 'Problem' },
  impacts: { es: 'Qué no funciona', en: 'What does not work' },
  warranty: { es: 'Garantía', en: 'Warranty' },
  purchase: { es: 'Compra', en: 'Purchase' },
  consent: { es: 'Acuerdo del cliente', en: 'Consent' },
  story: { es: 'Qué ha pasado', en: 'What happened' },
  files: { es: 'Archivos', en: 'Files' },
  text: { es: 'Mensaje', en: 'Message' },
} as const satisfies Record<string, Said>;

export const PRIORITY: Record<Priority, Said> = {
  low: { es: 'baja', en: 'low' },
  normal: { es: 'normal', en: 'normal' },
  high: { es: 'alta', en: 'high' },
  critical: { es: 'crítica', en: 'critical' },
};
export const MODE: Record<HandoffMode, Said> = {
  advise: { es: 'consejo', en: 'advice' },
  custody: { es: 'reparación del dispositivo', en: 'work on the device' },
  transfer: {
    es: 'reparación, y ustedes responden ante el cliente',
    en: 'work on the device, and you answer to the customer',
  },
};
export const LANGUAGE: Record<Language, Said> = {
  es: { es: 'español', en: 'Spanish' },
  en: { es: 'inglés', en: 'English' },
};
export const YES_NO: Record<'yes' | 'no', Said> = { yes: { es: 'sí', en: 'yes' }, no: { es: 'no', en: 'no' } };
