import type { NewPerson } from '#identity';
import type { Store } from '#contracts';

/** The demo carrier: Nexo, its stores and the people who log in. Everybody's password is `hilo-demo`. */
export const DEMO_PASSWORD = 'hilo-demo';

export const STORES: Omit<Store, 'id'>[] = [
  {
    code: 'goya',
    name: 'Nexo Goya',
    address: 'Calle de Goya, 47',
    city: 'Madrid',
    timeZone: 'Europe/Madrid',
    phone: '+34910550147',
  },
  {
    code: 'granvia',
    name: 'Nexo Gran Vía',
    address: 'Gran Vía, 32',
    city: 'Madrid',
    timeZone: 'Europe/Madrid',
    phone: '+34910550132',
  },
  {
    code: 'colon',
    name: 'Nexo Colón',
    address: 'Calle de Colón, 18',
    city: 'Valencia',
    timeZone: 'Europe/Madrid',
    phone: '+34960550118',
  },
  {
    code: 'laspalmas',
    name: 'Nexo Triana',
    address: 'Calle Mayor de Triana, 60',
    city: 'Las Palmas',
    timeZone: 'Atlantic/Canary',
    phone: '+34928550160',
  },
];

/** Those whom the stories of the day name. */
export type AgentKey = 'marta' | 'ivan' | 'elena' | 'ruben' | 'noa' | 'carlos';

export const PEOPLE: Record<AgentKey, Omit<NewPerson, 'password' | 'storeId'> & { store?: string }> = {
  marta: { email: 'agent@hilo.test', displayName: 'Marta Rey', role: 'agent' },
  ivan: { email: 'ivan@hilo.test', displayName: 'Iván Salas', role: 'agent' },
  noa: { email: 'noa@hilo.test', displayName: 'Noa Gil', role: 'agent' },
  ruben: { email: 'store@hilo.test', displayName: 'Rubén Alba', role: 'store', store: 'goya' },
  elena: { email: 'supervisor@hilo.test', displayName: 'Elena Vidal', role: 'supervisor' },
  carlos: { email: 'admin@hilo.test', displayName: 'Carlos Mena', role: 'admin' },
};

/** Who works beside them. */
export const COLLEAGUES = {
  teo: { email: 'teo@hilo.test', displayName: 'Teo Casas', role: 'agent' },
  sara: { email: 'sara@hilo.test', displayName: 'Sara Kaya', role: 'agent' },
  mar: { email: 'mar@hilo.test', displayName: 'Mar Vives', role: 'agent' },
  lidia: { email: 'lidia@hilo.test', displayName: 'Lidia Moya', role: 'agent' },
  ana: { email: 'ana@hilo.test', displayName: 'Ana Pons', role: 'store', store: 'granvia' },
  jon: { email: 'jon@hilo.test', displayName: 'Jon Larrea', role: 'store', store: 'colon' },
  dani: { email: 'dani@hilo.test', displayName: 'Dani Osés', role: 'store', store: 'laspalmas' },
} satisfies Record<string, (typeof PEOPLE)[AgentKey]>;

export type StaffKey = AgentKey | keyof typeof COLLEAGUES;
