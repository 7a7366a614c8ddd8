/** Clocks: what is measured, and what happened to it. */
export const esClocks = {
  'clock.open': 'Ver los plazos del caso',
  'clock.all': 'Plazos del caso',
  'clock.none': 'Este caso no tiene plazos.',
  'clock.reading': 'Leyendo los plazos…',
  'clock.unread': 'No se pueden leer los plazos ahora. Ciérralo y vuelve a abrirlo.',
  'clock.side.customer': 'para el cliente',
  'clock.side.team': 'para el equipo',
  'clock.met': 'Cumplido en {span}',
  'clock.ended': 'Terminó sin cumplirse',
  'clock.left': 'Quedan {span}',
  'clock.line.started': 'Empieza',
  'clock.line.paused': 'Se detiene',
  'clock.line.resumed': 'Sigue',
  'clock.line.met': 'Se cumple',
  'clock.line.breached': 'Vence',
  'clock.line.ended': 'Termina',
  'clock.line.reapplied': 'Cambia de política',
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
