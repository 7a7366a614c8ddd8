/** Clocks: what is measured, and what happened to it. */
export const esClocks = {
  'clock.first_useful_action': 'Primera ayuda',
  'clock.next_response': 'Respuesta',
  'clock.next_update': 'Novedades prometidas',
  'clock.relief': 'Volver a estar conectado',
  'clock.resolution': 'Solución',
  'event.clock.breached.customer':
    'Fuera de plazo para el cliente: {what} (vencía el {due, date, medium}, {due, time, short})',
  'event.clock.breached.team':
    'Fuera de plazo para el equipo: {what} (vencía el {due, date, medium}, {due, time, short})',
} as const;
