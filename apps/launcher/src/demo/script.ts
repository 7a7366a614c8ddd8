import { EARLIER } from './earlier.js';
import type { Story } from './steps.js';

export type { Step, Story } from './steps.js';

const HOUR = 60;
const DAY = 24 * HOUR;

export const STORIES: Story[] = [
  {
    customer: {
      name: 'Antonio Bermejo',
      email: 'antonio.bermejo@correo.test',
      phone: '629 11 40 52',
      handle: 'antonio_bermejo',
      twitterId: '1912000000000000102',
    },
    problem: 'Sin línea tras portabilidad',
    steps: [
      {
        ago: 9 * HOUR,
        do: 'call',
        by: 'ivan',
        outcome: 'answered',
        text: 'La portabilidad se completó ayer y no tiene línea. Reviso la activación: pendiente en red.',
        lacks: ['calls', 'data'],
      },
      { ago: 8.9 * HOUR, do: 'take', by: 'marta' },
      { ago: 8.8 * HOUR, do: 'move', by: 'marta', to: 'in_solution' },
      {
        ago: 64,
        do: 'mail',
        subject: 'Sigo sin tono',
        text: 'Sigo sin tono. ¿Alguien puede mirar esto hoy? Trabajo con el teléfono.\n\nAntonio',
      },
    ],
  },
  {
    customer: {
      name: 'Nuria Campos',
      handle: 'nuriacampos',
      twitterId: '1388000000000000103',
      email: 'nuria.campos@correo.test',
      phone: '655 20 39 81',
    },
    problem: 'La eSIM no se activa',
    steps: [
      {
        ago: 31,
        do: 'dm',
        text: 'La eSIM no se activa, me sale "no se puede añadir el plan". Estoy sin nada en el móvil nuevo',
        lacks: ['calls', 'data', 'apps'],
      },
      { ago: 29, do: 'take', by: 'marta' },
      {
        ago: 27,
        do: 'reply',
        by: 'marta',
        channel: 'twitter',
        text: 'Hola, Nuria. Te genero un perfil nuevo ahora mismo y te mando el QR. ¿El móvil tiene wifi?',
      },
      { ago: 5, do: 'dm', text: 'Sí, tengo wifi en casa' },
    ],
  },
  {
    customer: {
      name: 'Hassan El Idrissi',
      handle: 'hassan_elidrissi',
      twitterId: '1804000000000000104',
      email: 'hassan.elidrissi@correo.test',
      phone: '688 75 01 43',
      tier: 'silver',
    },
    problem: 'Sin datos en Marruecos',
    steps: [
      {
        ago: 5 * HOUR,
        do: 'dm',
        text: 'Buenas, estoy en Tánger y no me funcionan los datos. El roaming está activado.',
        lacks: ['data'],
      },
      { ago: 4.8 * HOUR, do: 'take', by: 'marta' },
      {
        ago: 80,
        do: 'call',
        by: 'ivan',
        outcome: 'answered',
        text: 'Llama desde el hotel. Le pido el nombre de la red que ve: Inwi. Abro consulta a itinerancia.',
      },
      { ago: 75, do: 'move', by: 'ivan', to: 'in_solution' },
    ],
  },
  {
    customer: {
      name: 'Pilar Ortega Sanchis',
      email: 'pilar.ortega@correo.test',
      phone: '610 93 82 57',
      tier: 'gold',
      handle: 'pilar_ortega',
      twitterId: '1275000000000000105',
    },
    problem: 'Líneas verdes en pantalla',
    steps: [
      {
        ago: 2 * DAY,
        do: 'visit',
        by: 'ruben',
        store: 'goya',
        text: 'Líneas verdes en la mitad izquierda de la pantalla desde el domingo. Sin golpes. Va al taller.',
        model: 'Auriga Max',
      },
      { ago: 1.9 * DAY, do: 'take', by: 'marta' },
      { ago: 1.8 * DAY, do: 'move', by: 'marta', to: 'waiting', waitReason: 'parts' },
      {
        ago: 160,
        do: 'mail',
        subject: '¿Hay novedades de mi pantalla?',
        text: 'Hola:\n\nEl martes dejé el móvil en Goya. ¿Se sabe ya algo del plazo?\n\nPilar',
      },
      { ago: 158, do: 'read', by: 'marta' },
      {
        ago: 150,
        do: 'reply',
        by: 'marta',
        channel: 'email',
        text: 'Hola, Pilar:\n\nMañana a primera hora llega la pantalla y te escribo con la hora de recogida.',
      },
    ],
  },
  {
    customer: {
      name: 'Gema Pardo Llorente',
      handle: 'gemapardo',
      twitterId: '1663000000000000106',
      email: 'gema.pardo@correo.test',
      phone: '647 02 28 16',
    },
    problem: 'Altavoz mudo en llamadas',
    steps: [
      {
        ago: 1.2 * DAY,
        do: 'dm',
        text: 'Nadie me oye bien y yo a ellos nada, salvo con auriculares',
        lacks: ['calls'],
      },
      { ago: 1.195 * DAY, do: 'take', by: 'marta' },
      {
        ago: 1.19 * DAY,
        do: 'reply',
        by: 'marta',
        channel: 'twitter',
        text: 'Hola, Gema. Prueba a quitar la funda y dime si mejora; si no, mándame dos fotos del altavoz y te doy cita hoy.',
      },
      {
        ago: 170,
        do: 'mail',
        subject: 'Fotos del altavoz',
        text: 'Os mando lo que pedisteis. El altavoz se ve limpio.\n\nGema',
      },
      { ago: 168, do: 'read', by: 'marta' },
      {
        ago: 150,
        do: 'reply',
        by: 'marta',
        channel: 'email',
        text: 'Hola, Gema:\n\nSe ve limpio, así que es la pieza. Pasa por Goya cuando quieras: te la cambian en el momento.',
      },
    ],
  },
  {
    customer: {
      name: 'Begoña Uriarte',
      email: 'begona.uriarte@correo.test',
      phone: '606 48 19 30',
      handle: 'bego_uriarte',
      twitterId: '1957000000000000107',
    },
    problem: 'Cobro doble tras reparar',
    steps: [
      {
        ago: 1.05 * DAY,
        do: 'mail',
        subject: 'Cobro doble tras reparar',
        text: 'Buenas tardes:\n\nAdjunto las dos facturas de la misma reparación. Quiero que me devolváis una.\n\nBegoña Uriarte',
      },
      { ago: 1.03 * DAY, do: 'take', by: 'marta' },
      {
        ago: 1.02 * DAY,
        do: 'reply',
        by: 'marta',
        channel: 'email',
        text: 'Hola, Begoña:\n\nTienes razón, son dos cargos por lo mismo. Pido la devolución y mañana te escribo con la fecha.',
      },
      { ago: 1.02 * DAY, do: 'promise', by: 'marta', due: -63 },
    ],
  },
  ...EARLIER,
];
