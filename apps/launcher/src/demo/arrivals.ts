import type { AgentKey } from './carrier.js';
import type { Step, Story } from './script.js';

const HOUR = 60;

type Brief = [name: string, minutesAgo: number, text: string];

/** Who of them has been answered, half an hour later, by whom and with what. */
const ANSWERS: Record<string, [by: AgentKey, text: string]> = {
  'Fátima Zahra': [
    'noa',
    'Hello Fátima,\n\nI have put your plan back as it was. You will not be charged for the change.\n\nNoa',
  ],
  'Andrés Lago': [
    'ivan',
    'Hola, Andrés:\n\nTe guardo otro préstamo en Gran Vía, con el altavoz probado. Cierran a las 21:00.',
  ],
  'Blanca Ruiz': [
    'ivan',
    'Hola, Blanca:\n\nEl taller no borra nada, pero haz una copia antes. Te explico cómo en dos minutos.',
  ],
};
const answered = (name: string, ago: number): Step[] => {
  const answer = ANSWERS[name];
  if (!answer) return [];
  const [by, text] = answer;
  return [
    { ago: ago - 25, do: 'take', by },
    { ago: ago - 30, do: 'reply', by, channel: 'email', text },
  ];
};

/** Those who wrote today and nobody has taken yet. */
const ON_X: Brief[] = [
  ['Teo Marín', 4, 'Se me ha quedado la pantalla en negro y suena todo. ¿Qué hago?'],
  ['Aitana Roca', 12, 'Llevo desde las 9 sin cobertura en Ruzafa, ¿hay una avería?'],
  ['Iker Zabala', 26, 'He perdido el móvil en el tren, ¿podéis bloquear la SIM?'],
  ['Rocío Vega', 41, 'La app me cobra dos veces el bono de datos'],
  ['Pau Ferrando', 58, 'No me llegan los SMS del banco desde ayer'],
  ['Sara Benali', 95, 'Hola! puedo llevar el móvil a Gran Vía esta tarde sin cita?'],
  ['Hugo Cano', 2.6 * HOUR, 'El reparado vuelve a apagarse solo. Es la segunda vez.'],
  ['Leire Otxoa', 5 * HOUR, 'Quiero mi número en la eSIM del reloj, ¿cómo se hace?'],
];

const BY_MAIL: (Brief | [...Brief, subject: string])[] = [
  [
    'Joaquín Seoane',
    8,
    'Buenos días:\n\nLa factura de noviembre viene con un servicio que no he pedido (Nube 200 GB, 2,99 €). Ruego la baja y la devolución.\n\nJ. Seoane',
    'Servicio no contratado en mi factura',
  ],
  [
    'Clara Montes',
    35,
    'Hola:\n\nEl técnico no vino ayer y hoy tampoco me han llamado. Necesito una hora.\n\nClara',
    'Cita con el técnico',
  ],
  [
    'Ramón Iglesias',
    72,
    'Adjunto denuncia por robo del terminal. ¿Cómo sigo pagando solo la línea?\n\nRamón',
    'Robo del móvil',
  ],
  [
    'Fátima Zahra',
    3 * HOUR,
    'Good morning,\n\nMy son changed my plan by accident in the app. Can you put it back as it was?\n\nThank you,\nFátima',
    'Plan changed by mistake',
  ],
  [
    'Andrés Lago',
    6 * HOUR,
    'El altavoz del préstamo que me disteis también falla.\n\nAndrés',
    'Móvil de préstamo defectuoso',
  ],
  [
    'Blanca Ruiz',
    7 * HOUR,
    'Me confirmáis que la reparación no borra mis datos, por favor.\n\nBlanca',
    'Copia de seguridad antes de reparar',
  ],
];

export const BRIEF_STORIES: Story[] = [
  ...ON_X.map(([name, ago, text], index): Story => {
    const handle = slug(name);
    const lacks = /cobertura|SIM/u.test(text) ? (['calls', 'data'] as const) : [];
    return {
      customer: { name, handle, twitterId: `16000000000000002${String(index).padStart(2, '0')}` },
      problem: text.length > 48 ? `${text.slice(0, 47)}…` : text,
      steps: [{ do: 'dm', ago, text, lacks: [...lacks] }],
    };
  }),
  ...BY_MAIL.map(([name, ago, text, subject = text]): Story => ({
    customer: { name, email: `${slug(name).replace('_', '.')}@correo.test` },
    problem: subject,
    steps: [{ do: 'mail', ago, subject, text }, ...answered(name, ago)],
  })),
];

function slug(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, '_');
}
