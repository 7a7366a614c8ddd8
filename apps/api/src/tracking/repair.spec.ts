import type { Language } from '#contracts';
import type { TrackedRepair } from '#views';
import { whereIs } from './repair.js';

type Place = Pick<TrackedRepair, 'holder' | 'store' | 'company' | 'onItsWay'>;
const store = { name: 'Nexo Centro', address: 'Mayor, 1', city: 'Madrid' };
const told = (language: Language, part: Partial<Place>) =>
  whereIs({ state: { language } }, { holder: 'store', store, company: null, onItsWay: null, ...part });

describe('where the phone is, for its customer', () => {
  const table: [Language, Partial<Place>, string][] = [
    ['es', {}, 'Está en Nexo Centro, Mayor, 1, Madrid.'],
    ['es', { holder: 'partner', company: 'Orbe' }, 'Está en el taller de Orbe.'],
    ['en', { holder: 'partner', company: 'Orbe' }, 'It is at the repair lab of Orbe.'],
    // Of some only what they are is known.
    ['es', { holder: 'partner' }, 'Está en el servicio técnico.'],
    ['en', { holder: 'partner' }, 'It is at the repair lab.'],
    [
      'es',
      { holder: 'courier', onItsWay: { kind: 'partner', name: 'Orbe' } },
      'Va de camino al taller de Orbe con el mensajero.',
    ],
    [
      'en',
      { holder: 'courier', onItsWay: { kind: 'partner', name: '—' } },
      'It is on its way to the repair lab with the courier.',
    ],
    [
      'es',
      { holder: 'courier', onItsWay: { kind: 'customer', name: 'Grace' } },
      'Va de camino hacia ti con el mensajero.',
    ],
  ];
  it.each(table)('in %s: %j', (language, part, words) => expect(told(language, part)).toBe(words));
});
