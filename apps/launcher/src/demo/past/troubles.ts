import type { ImpactKind } from '#contracts';
import type { QueueKey } from '../queues.js';

/** What people write about, and what they are told. */
export interface Trouble {
  problem: string;
  queue: QueueKey;
  lacks: ImpactKind[];
  says: string;
  asks: string;
  answer: string;
  solved: string;
  /** Somebody else has to do something: the case waits for them. */
  waits?: 'partner' | 'parts' | 'courier';
}

const trouble = (
  queue: QueueKey,
  lacks: ImpactKind[],
  [problem, says, asks, answer, solved]: [string, string, string, string, string],
  waits?: Trouble['waits'],
): Trouble => ({ queue, lacks, problem, says, asks, answer, solved, ...(waits ? { waits } : {}) });

export const TROUBLES: readonly [Trouble, ...Trouble[]] = [
  trouble(
    'repairs',
    ['calls', 'data', 'apps'],
    [
      'No enciende tras cargarlo',
      'Lo puse a cargar anoche y esta mañana no enciende. Lo necesito para trabajar.',
      '¿Se sabe ya algo de mi móvil?',
      'Siento el trastorno. Lo mira hoy el taller y te dejamos uno de préstamo en tienda mientras tanto.',
      'Ya está: era el conector. Puedes recogerlo cuando quieras, probado y con garantía de seis meses.',
    ],
    'partner',
  ),
  trouble(
    'repairs',
    ['apps'],
    [
      'La pantalla responde a ratos',
      'La mitad de abajo de la pantalla no responde. A veces vuelve y a veces no.',
      '¿Ha llegado la pieza?',
      'Suena a la pantalla. Pido la pieza hoy y te digo el día en que llega.',
      'Pantalla cambiada y probada. Gracias por la paciencia.',
    ],
    'parts',
  ),
  trouble(
    'repairs',
    [],
    [
      'La batería no dura la mañana',
      'A mediodía estoy al 10 % sin haberlo usado casi. Tiene un año.',
      '¿Qué hago al final con la batería?',
      'Con ese desgaste entra en garantía. Pásate por tu tienda: el cambio se hace en el momento.',
      'Batería cambiada en tienda. Dura ya el día entero.',
    ],
  ),
  trouble(
    'billing',
    [],
    [
      'Cobro de un servicio que no pidió',
      'Me cobráis un antivirus que no he pedido. Quiero la baja y el dinero.',
      'Sigue saliendo en la factura, ¿lo habéis visto?',
      'Tienes razón: lo he dado de baja y te devuelvo lo cobrado en la próxima factura.',
      'Devuelto ya: lo verás como abono en la factura de este mes.',
    ],
  ),
  trouble(
    'billing',
    [],
    [
      'Factura más alta que lo contratado',
      'La tarifa era de 25 € y me llegan 34. ¿De dónde sale?',
      '¿Podéis explicarme la diferencia?',
      'Faltaba aplicar el descuento de bienvenida. Lo corrijo y te mando la factura nueva.',
      'Factura corregida y enviada a tu correo.',
    ],
  ),
  trouble(
    'network',
    ['data'],
    [
      'Sin datos fuera de España',
      'Estoy en Lisboa y no tengo datos, solo llamadas. Tengo el viaje incluido.',
      'Sigo sin datos y vuelvo el domingo.',
      'Reinicio tu perfil de itinerancia ahora mismo. Apaga y enciende el móvil en cinco minutos.',
      'Comprobado contigo: ya navegas. Te dejo el viaje abierto hasta tu vuelta.',
    ],
  ),
  trouble(
    'network',
    ['calls', 'data'],
    [
      'Sin línea desde la portabilidad',
      'Ayer se hizo la portabilidad y desde entonces el móvil dice "sin servicio".',
      '¿Hay novedades? No me pueden llamar.',
      'La activación se quedó a medias en red. La relanzo y me quedo pendiente hasta que tengas línea.',
      'Línea activa, llamada de prueba hecha. Gracias por avisarnos.',
    ],
  ),
  trouble(
    'network',
    ['calls'],
    [
      'Se cortan las llamadas en casa',
      'En casa se me cortan todas las llamadas a los dos minutos, desde la semana pasada.',
      'Hoy se me han cortado cuatro.',
      'Veo la celda de tu calle saturada. Te activo llamadas por wifi y aviso a red.',
      'Red ha ampliado la celda y no se ha cortado ninguna en dos días.',
    ],
  ),
  trouble(
    'care',
    [],
    [
      'Cambio de titular',
      'Quiero poner la línea de mi madre a mi nombre. ¿Qué papeles hacen falta?',
      '¿Os llegó el documento firmado?',
      'Solo hace falta el impreso que te mando y una foto de los dos documentos.',
      'Cambio hecho: la línea ya está a tu nombre, con el mismo número y la misma tarifa.',
    ],
  ),
  trouble(
    'care',
    [],
    [
      'El pedido no llega',
      'El móvil que compré el lunes tenía que llegar ayer y no hay rastro.',
      '¿Dónde está mi pedido?',
      'La mensajería lo tiene parado en el almacén. Lo reclamo y te escribo mañana con el día.',
      'Entregado esta mañana. Te devolvemos los gastos de envío.',
    ],
    'courier',
  ),
  trouble(
    'care',
    ['data'],
    [
      'La eSIM no se activa',
      'He cambiado de móvil y la eSIM no se activa, dice que el código ya se ha usado.',
      'Sigo con el código usado, ¿me mandáis otro?',
      'Te genero un perfil nuevo: el QR te llega en un minuto a este mismo sitio.',
      'Activada y con datos. El código viejo queda anulado.',
    ],
  ),
  trouble(
    'complaints',
    [],
    [
      'Reclamación por una baja sin tramitar',
      'Pedí la baja hace un mes y me seguís cobrando. Pongo reclamación.',
      'Nadie me contesta a la reclamación.',
      'La baja consta pedida el día que dices. La tramito con esa fecha y te devuelvo los dos recibos.',
      'Baja tramitada con la fecha de tu petición; los recibos están devueltos.',
    ],
  ),
];
