/** How companies do with what is handed to them. */
export const esScores = {
  'score.title': 'Cómo cumplen',
  'score.lead': 'Lo que se les ha traspasado en los últimos 90 días. Cada cifra abre los traspasos que cuenta.',
  'score.none': 'Nada traspasado en los últimos 90 días.',
  'score.unread': 'No se ha podido leer cómo cumplen.',
  'score.partner': 'Empresa',
  'score.given': 'Traspasados',
  'score.given.what': 'Lo que les hemos enviado en estos días.',
  'score.acknowledged_in_time': 'Acuse a tiempo',
  'score.acknowledged_in_time.what':
    'Dijeron que lo tienen dentro de lo acordado para su prioridad, contando todas las horas. El porcentaje es de los que tenían plazo y ya lo han cumplido o pasado.',
  'score.acknowledged_late': 'Acuse tarde',
  'score.acknowledged_late.what':
    'Dijeron que lo tienen después de lo acordado, o todavía no lo han dicho y el plazo ha pasado.',
  'score.median': 'Acuse, mediana',
  'score.median.what': 'La mitad acusó recibo en este tiempo o menos.',
  'score.rejected': 'Rechazados',
  'score.rejected.what': 'Lo último que dijeron es que no lo hacen. El porcentaje es de todo lo traspasado.',
  'score.overrun': 'Pasados de fecha',
  'score.overrun.what':
    'Terminados después del primer día que dijeron, o todavía abiertos pasado ese día, aunque luego dijeran otro.',
  'score.re_repaired': 'Vueltos a reparar',
  'score.re_repaired.what':
    'Los reabrimos, o el mismo teléfono se traspasó otra vez antes de 90 días. No cuenta lo que dijeron que no se podía reparar.',
  'score.open': 'Abiertos',
  'score.open.what': 'Los que hay ahora entre ellos y nosotros, de cualquier fecha.',
  'score.dead': 'No entregados',
  'score.dead.what': 'Traspasos con algo nuestro que no les llega y ya no se intenta más.',
  'score.figure': '{name}, {what}: {count}',
  'score.only': '{measure}, de los últimos {days, plural, one {# día} other {# días}}.',
  'score.only.off': 'Verlos todos',
} as const;
