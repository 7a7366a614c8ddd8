/** Incidents, what is written to all their customers, and one deed on many cases. */
export const esIncidents = {
  'event.incident.joined': '{author} lo añadió a la incidencia «{title}»',
  'event.incident.left': '{author} lo sacó de la incidencia «{title}»',
  'event.incident.resolved': '{author} dio por resuelta la incidencia «{title}»',
} as const;
