import type { Story } from './steps.js';

const DAY = 24 * 60;

/** What began days ago and waits for somebody. */
export const EARLIER: Story[] = [
  {
    customer: {
      name: 'Óscar Prieto',
      email: 'oscar.prieto@correo.test',
      phone: '633 57 92 04',
      tier: 'silver',
      handle: 'oscar_prieto',
      twitterId: '1491000000000000108',
    },
    problem: 'Batería cae al 40 %',
    steps: [
      {
        ago: 4 * DAY,
        do: 'visit',
        by: 'ruben',
        store: 'goya',
        text: 'La batería cae del 100 al 40 % en una hora. Se cambia en taller; sale con préstamo.',
      },
      { ago: 3.9 * DAY, do: 'take', by: 'marta' },
      { ago: 1.3 * DAY, do: 'move', by: 'ruben', to: 'restored' },
      { ago: 1.2 * DAY, do: 'call', by: 'ivan', outcome: 'no_answer', text: 'Aviso de recogida: no contesta.' },
    ],
  },
  {
    customer: {
      name: 'Inés Quiroga',
      email: 'ines.quiroga@correo.test',
      phone: '619 86 03 75',
      handle: 'ines_quiroga',
      twitterId: '1730000000000000109',
    },
    problem: 'Presupuesto por aprobar',
    steps: [
      {
        ago: 3 * DAY,
        do: 'mail',
        subject: 'Pantalla rota',
        text: 'Se me ha caído y la pantalla está rota. ¿Cuánto costaría?\n\nInés',
      },
      { ago: 2.9 * DAY, do: 'take', by: 'marta' },
      {
        ago: 1.15 * DAY,
        do: 'reply',
        by: 'marta',
        channel: 'email',
        text: 'Hola, Inés:\n\nSerían 149 € con la pantalla original y seis meses de cobertura. Si te parece bien, responde a este correo y la pedimos hoy.',
      },
      { ago: 1.1 * DAY, do: 'move', by: 'marta', to: 'waiting', waitReason: 'customer' },
    ],
  },
  {
    customer: {
      name: 'Dmytro Kovalenko',
      handle: 'dkovalenko',
      twitterId: '1845000000000000110',
      email: 'dmytro.kovalenko@correo.test',
      phone: '671 34 50 98',
    },
    problem: 'Paquete parado en reparto',
    steps: [
      {
        ago: 2.2 * DAY,
        do: 'dm',
        text: 'El paquete con mi móvil pone "2 bultos de 2 localizados" desde hace dos días y no se mueve',
      },
      { ago: 2.18 * DAY, do: 'take', by: 'marta' },
      {
        ago: 2.17 * DAY,
        do: 'reply',
        by: 'marta',
        channel: 'twitter',
        text: 'Hola, Dmytro. Lo he reclamado a la mensajería: me responden en 48 h y te cuento aquí mismo.',
      },
      { ago: 2 * DAY, do: 'move', by: 'marta', to: 'waiting', waitReason: 'courier' },
    ],
  },
  {
    customer: {
      name: 'Mercè Soler i Vidal',
      phone: '654 90 71 62',
      email: 'merce.soler@correo.test',
      tier: 'gold',
      handle: 'merce_soler',
      twitterId: '1322000000000000111',
    },
    problem: 'Buzón de voz caído',
    steps: [
      {
        ago: 3.4 * DAY,
        do: 'call',
        by: 'marta',
        outcome: 'answered',
        text: 'El buzón no salta: da comunicando. Lo reproduce también desde otra línea.',
      },
      { ago: 3.3 * DAY, do: 'take', by: 'marta' },
      { ago: 3.2 * DAY, do: 'note', by: 'ivan', text: 'Red confirma el arreglo para esta semana.' },
    ],
  },
];
