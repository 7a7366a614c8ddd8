import type { IncidentKind, UpdateSkip } from './incidents.js';
import type { Language } from './words.js';

/** The words of incidents: kept as codes, read in any language. */

export const INCIDENT_KINDS: Record<IncidentKind, Record<Language, string>> = {
  network: { es: 'Avería de red', en: 'Network outage' },
  service: { es: 'Servicio caído', en: 'Service down' },
  billing: { es: 'Error de facturación', en: 'Billing error' },
  device: { es: 'Fallo de un modelo', en: 'Fault of a model' },
  other: { es: 'Otra causa', en: 'Another cause' },
};

/** Why somebody does not get a mass update. */
export const UPDATE_SKIPS: Record<UpdateSkip, Record<Language, string>> = {
  case_over: { es: 'Su caso ya no está abierto', en: 'Their case is no longer open' },
  left: { es: 'Ya no es parte de la incidencia', en: 'No longer part of the incident' },
  duplicate: { es: 'Ya lo recibe en la misma dirección', en: 'Gets it at the same address already' },
  unreachable: { es: 'No tiene dónde escribirle', en: 'There is nowhere to write to' },
  never_wrote: { es: 'En X nunca nos escribió en privado', en: 'Never wrote to us in private on X' },
  recipient_closed: { es: 'No acepta mensajes en X', en: 'Does not accept messages on X' },
  prefers_person: { es: 'Prefiere hablar con alguien', en: 'Prefers to talk to somebody' },
  quiet_hours: { es: 'Fuera de sus horas', en: 'Outside their hours' },
  too_long: { es: 'El texto no cabe en su canal', en: 'The text does not fit their channel' },
  refused: { es: 'No se pudo escribir en su caso', en: 'Could not be written on their case' },
};
