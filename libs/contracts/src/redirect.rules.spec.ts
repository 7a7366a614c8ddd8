import { Bring } from './ownership.js';
import { bareRedirect, redirectLink, redirectText, type RedirectStore } from './redirect.rules.js';

const GOYA: RedirectStore = {
  name: 'Nexo Goya',
  address: 'Calle de Goya, 47',
  city: 'Madrid',
  opening: { date: '2026-11-23', today: [{ from: '10:00', to: '20:30' }], open: true, until: '20:30', next: null },
  waiting: 2,
  loaners: null,
  mapUrl: 'https://www.openstreetmap.org/?mlat=40.4247&mlon=-3.6773#map=18/40.4247/-3.6773',
};
const STORES = [GOYA];

it.each([
  'Puedes ir a nuestra tienda de Goya.',
  'Acude a cualquier tienda con el móvil',
  'Pásate por la tienda más cercana y te lo miran',
  'Acércate a una tienda, por favor.',
  'Diríjase a la tienda Nexo Gran Vía',
  'Llévalo a la tienda y que lo vean',
  'Ve a Nexo Goya',
  'Nuestra tienda está en Calle de Goya, 47.',
  'calle de goya, 47',
  'You can go to any of our shops',
  'Please visit your nearest store.',
  'Just pop into the shop on the high street',
  'Take it to the store',
])('%p sends somebody away with nothing in hand', (text) => {
  expect(bareRedirect(text, STORES)).toEqual(['code', 'hours']);
});

it.each([
  'No hace falta que vayas a la tienda, te lo recogemos.',
  'No tienes que ir a la tienda',
  "You don't need to go to the store",
  '¿Qué te dijeron en la tienda?',
  'He hablado con la tienda y te llaman ellos',
  'Hablo con Nexo Goya y te digo algo hoy',
  'Nos vemos mañana. La tienda ya tiene tu móvil.',
  'Te lo enviamos a tu casa',
  'We have your order in store',
  'Sí, Lucía. Teresa ya ha leído la memoria.',
  '',
])('%p does not', (text) => {
  expect(bareRedirect(text, STORES)).toBeNull();
});

it('says which of the two is missing', () => {
  expect(bareRedirect('Ve a la tienda de Goya. Tu código es H-7K2F-9Q.', STORES)).toEqual(['hours']);
  expect(bareRedirect('Ve a la tienda de Goya, abre hasta las 20:30.', STORES)).toEqual(['code']);
  expect(bareRedirect('Ve a la tienda de Goya, abre hasta las 20:30. Tu código: H-7K2F-9Q', STORES)).toBeNull();
});

it('never calls its own message bare, whatever is known of the store', () => {
  const openings: RedirectStore['opening'][] = [
    GOYA.opening,
    { date: '2026-11-23', today: [], open: false, until: null, next: null },
    {
      date: '2026-11-23',
      today: [],
      open: false,
      until: null,
      next: { date: '2026-11-23', weekday: 'mon', from: '10:00' },
    },
    {
      date: '2026-11-23',
      today: [],
      open: false,
      until: null,
      next: { date: '2026-11-24', weekday: 'tue', from: '09:30' },
    },
  ];
  for (const language of ['es', 'en'] as const)
    for (const opening of openings)
      for (const waiting of [null, 0, 1, 9])
        for (const bring of [[], ['device'], Bring.options] as Bring[][]) {
          const redirect = {
            store: { ...GOYA, opening, waiting },
            name: 'Lucía Ferrer',
            reference: 'H-7K2F-9Q',
            bring,
          };
          const text = redirectText(redirect, language);
          const missing = bareRedirect(text, STORES) ?? [];
          // A store of which nobody knows when it opens is the one thing words cannot mend.
          expect(missing.filter((each) => each !== 'hours' || opening?.next !== null || opening.open)).toEqual([]);
          expect(text).toContain('Lucía');
          expect(text).toContain('H-7K2F-9Q');
          expect(text).not.toMatch(/undefined|null|\{|\}/u);
        }
});

it('says nothing of a queue at a door that is closed', () => {
  const next = { date: '2026-11-24', weekday: 'tue' as const, from: '10:00' };
  const opening = { date: '2026-11-23', today: [], open: false, until: null, next };
  const text = redirectText({ store: { ...GOYA, opening }, name: 'Lucía', reference: 'H-7K2F-9Q', bring: [] }, 'es');
  expect(text).toContain('Ahora está cerrada; abre el martes a las 10:00.');
  expect(text).not.toContain('esperando');
});

it('reads well in both languages', () => {
  const redirect = {
    store: GOYA,
    name: 'Lucía Ferrer',
    reference: 'H-7K2F-9Q',
    bring: ['device', 'id_document'] as Bring[],
  };
  expect(redirectText(redirect, 'es'))
    .toBe(`Hola, Lucía: te esperan en Nexo Goya, Calle de Goya, 47 (Madrid). Ya saben que vas y tienen tu historia.
Hoy está abierta hasta las 20:30. Ahora hay 2 personas esperando.
Trae el móvil y tu DNI o NIE.
Tu código es H-7K2F-9Q: enséñalo en el mostrador y no tendrás que explicar nada otra vez.
Cómo llegar: https://www.openstreetmap.org/?mlat=40.4247&mlon=-3.6773#map=18/40.4247/-3.6773`);
  expect(redirectText(redirect, 'en'))
    .toBe(`Hello, Lucía: they expect you at Nexo Goya, Calle de Goya, 47 (Madrid). They know that you are coming and have your story.
It is open until 20:30 today. 2 people are waiting right now.
Please bring your phone and an identity document.
Your code is H-7K2F-9Q: show it at the counter and you will not have to explain anything again.
How to get there: https://www.openstreetmap.org/?mlat=40.4247&mlon=-3.6773#map=18/40.4247/-3.6773`);
  expect(redirectLink('https://x.test/t/a', 'H-7K2F-9Q', 'en')).toContain('H-7K2F-9Q');
});
