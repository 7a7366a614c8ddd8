import type { ShareField } from './handoffs.words.js';
import type { Language } from './words.js';

/** The words of what partners are told: one table for screens, mails and pages. */

export const SHARE_FIELD_WORDS: Record<ShareField, Record<Language, string>> = {
  'customer.name': { es: 'Nombre del cliente', en: 'Name of the customer' },
  'customer.phone': { es: 'Teléfono del cliente', en: 'Telephone of the customer' },
  'customer.email': { es: 'Correo del cliente', en: 'Mail address of the customer' },
  'customer.language': { es: 'Idioma del cliente', en: 'Language of the customer' },
  'device.model': { es: 'Modelo', en: 'Model' },
  'device.imei': { es: 'IMEI completo', en: 'Whole IMEI' },
  'device.condition': { es: 'Estado del dispositivo', en: 'Condition of the device' },
  'device.lock': { es: 'Bloqueo de activación', en: 'Activation lock' },
  'problem.statement': { es: 'El problema', en: 'The problem' },
  impacts: { es: 'Qué no puede hacer', en: 'What they cannot do' },
  story: { es: 'La historia hasta ahora', en: 'The story so far' },
  warranty: { es: 'Qué cubre la garantía', en: 'What the warranty covers' },
  purchase: { es: 'Dónde y cuándo se compró', en: 'Where and when it was bought' },
  photos: { es: 'Fotos', en: 'Photos' },
  files: { es: 'Otros archivos', en: 'Other files' },
  consent: { es: 'Qué aceptó sobre sus datos', en: 'What they agreed to about their data' },
  'repair.fault': { es: 'Avería y diagnóstico', en: 'Fault and diagnosis' },
};

/** What each is usually needed for, as the customer may read it. */
export const SHARE_PURPOSES: Record<ShareField, Record<Language, string>> = {
  'customer.name': { es: 'Saber a quién avisar', en: 'To know whom to tell' },
  'customer.phone': { es: 'Llamar para la entrega', en: 'To call about the delivery' },
  'customer.email': { es: 'Escribir sobre la entrega', en: 'To write about the delivery' },
  'customer.language': { es: 'Escribir en su idioma', en: 'To write in their language' },
  'device.model': { es: 'Tener las piezas', en: 'To have the parts' },
  'device.imei': { es: 'Encontrar el dispositivo en su sistema', en: 'To find the device in their system' },
  'device.condition': { es: 'No discutir después qué golpes traía', en: 'To agree on the marks it came with' },
  'device.lock': { es: 'Poder encenderlo', en: 'To be able to start it' },
  'problem.statement': { es: 'Saber qué hay que arreglar', en: 'To know what to fix' },
  impacts: { es: 'Probar lo que falta', en: 'To test what is missing' },
  story: { es: 'No repetir lo que ya se probó', en: 'Not to repeat what was tried' },
  warranty: { es: 'Saber quién responde', en: 'To know who answers for it' },
  purchase: { es: 'Comprobar la garantía', en: 'To check the warranty' },
  photos: { es: 'Ver cómo llega', en: 'To see how it arrives' },
  files: { es: 'Ver los documentos que hacen falta', en: 'To see the papers they need' },
  consent: { es: 'Saber qué se puede borrar', en: 'To know what may be wiped' },
  'repair.fault': { es: 'Empezar por el diagnóstico', en: 'To start from the diagnosis' },
};
