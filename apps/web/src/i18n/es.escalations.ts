/** Escalations and the ladders they climb. */
export const esEscalations = {
  'event.escalation.raised': 'Escalado: {what} ({why}). Responde {who}',
  'event.escalation.raised.nobody': 'Escalado: {what} ({why}). Todavía no responde nadie',
  'event.escalation.acknowledged': '{who} atiende lo escalado',
  'event.escalation.ended.met': 'Lo escalado está resuelto: se ha cumplido',
  'event.escalation.ended.dropped': 'Lo escalado ya no hace falta',
  'escalation.reason.share': 'se acaba el tiempo',
  'escalation.reason.breach': 'fuera de plazo',
  'escalation.reason.elapsed': 'lleva demasiado tiempo',
  'escalation.reason.unacknowledged': 'nadie lo ha atendido',
} as const;
