import type { Story } from './script.js';

const DAY = 24 * 60;

/** The customer this product exists for. */
export const LUCIA: Story = {
  customer: {
    name: 'Lucía Ferrer Aguado',
    handle: 'lucia_ferrer',
    twitterId: '1540000000000000101',
    email: 'lucia.ferrer@correo.test',
    phone: '612 40 77 18',
    tier: 'gold',
  },
  problem: 'No enciende ni carga · Auriga One, 2 meses',
  steps: [
    {
      ago: 3 * DAY + 190,
      do: 'dm',
      text: 'Hola, se me ha muerto el móvil. Se apagó cargando y ya no enciende. Tiene dos meses.',
      lacks: ['calls', 'data', 'apps', 'photos'],
    },
    { ago: 3 * DAY + 186, do: 'take', by: 'marta' },
    {
      ago: 3 * DAY + 182,
      do: 'reply',
      by: 'marta',
      channel: 'twitter',
      text: 'Hola, Lucía, soy Marta. Siento mucho lo que te ha pasado. ¿Has podido probar con otro cargador y un reinicio forzado? Así descarto lo más sencillo antes de pedirte que te muevas.',
    },
    {
      ago: 3 * DAY + 170,
      do: 'dm',
      text: 'Sí, con el cargador de mi hermana y manteniendo los dos botones. Nada. Lo que más me preocupa son las fotos de mi hija 😢',
    },
    { ago: 3 * DAY + 168, do: 'move', by: 'marta', to: 'understood' },
    {
      ago: 3 * DAY + 160,
      do: 'reply',
      by: 'marta',
      channel: 'twitter',
      text: 'Entendido: no enciende, y lo primero son las fotos. En Nexo Goya (calle de Goya, 47, hoy hasta las 20:30) te he apartado un móvil de préstamo. No tienes que volver a explicar nada: di tu nombre o enseña este código.',
    },
    {
      ago: 2 * DAY + 900,
      do: 'visit',
      by: 'ruben',
      store: 'goya',
      text: 'Trae el equipo apagado. Testigo de humedad activado: la garantía no lo cubre (cláusula 4.2). Se lo explico y sale con un Auriga Lite de préstamo. Deja el equipo para el fabricante.',
      imei: '356938035643809',
      model: 'Auriga One 256 GB',
    },
    { ago: 2 * DAY + 895, do: 'move', by: 'ruben', to: 'in_solution' },
    {
      ago: 1 * DAY + 200,
      do: 'mail',
      subject: 'Presupuesto de tu reparación',
      text: 'Buenos días:\n\nMe ha llegado el presupuesto de 200 € del fabricante. ¿De verdad no hay ninguna ayuda? Llevo cinco años con vosotros.\n\nUn saludo,\nLucía Ferrer',
    },
    {
      ago: 1 * DAY + 120,
      do: 'note',
      by: 'marta',
      text: 'Elena aprueba que pongamos 100 € del presupuesto. @Rubén: que nadie formatee nada sin el OK escrito de Teresa.',
    },
    {
      ago: 1 * DAY + 100,
      do: 'reply',
      by: 'marta',
      channel: 'email',
      text: 'Hola, Lucía:\n\nHe hablado con mi responsable: de los 200 €, nosotros ponemos 100 €. Tú pagarías 100 €, con seis meses de cobertura. Las fotos se copian antes de tocar la placa.\n\n¿Te parece bien?',
    },
    {
      ago: 1 * DAY + 30,
      do: 'mail',
      subject: 'Re: Presupuesto de tu reparación',
      text: 'Acepto los 100 €. Lo que de verdad me importa son las fotos de mi hija.\n\nGracias, Marta.',
    },
    {
      ago: 194,
      do: 'reply',
      by: 'marta',
      channel: 'twitter',
      text: 'Buenos días, Lucía. El fabricante se retrasa del 20 al 23. Tu móvil de préstamo se queda contigo hasta el 27, no tienes que hacer nada.',
    },
    { ago: 192, do: 'read', by: 'marta' },
    { ago: 18, do: 'dm', text: 'Vale, gracias por avisar. ¿Las fotos se salvan seguro?' },
  ],
};
