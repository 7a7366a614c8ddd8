import type { EntityManager } from 'typeorm';
import { readEntry, type CustomerImports } from '#cases';
import type { Principal } from '#identity';
import { LUCIA } from './lucia.js';
import { STORIES } from './script.js';

const DAY_MS = 86_400_000;

type Said = Record<string, unknown>;

/** What the carrier's own system says of some of the people of the day: years, plan, value, what binds them. */
const SAID: [name: string, said: (day: (days: number) => string) => Said][] = [
  [
    LUCIA.customer.name,
    (day) => ({
      since: day(-5 * 365 - 40),
      plan: 'Nexo Móvil 40 GB',
      valueShortCents: 2990,
      valueMidCents: 3000,
      commitments: [{ name: 'Permanencia', until: day(110), costCents: 8400 }],
      points: 1240,
      benefitsCents: 1250,
      devices: [{ imei: '356938035643809', model: 'Auriga One 256 GB', since: day(-65) }],
      channel: 'twitter',
      hours: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '14:00' },
      language: 'es',
      formality: 'tu',
    }),
  ],
  [
    'Antonio Bermejo',
    (day) => ({
      since: day(-30),
      plan: 'Nexo Fibra + Móvil',
      valueShortCents: 4500,
      commitments: [{ name: 'Permanencia', until: day(335), costCents: 15000 }],
      channel: 'phone',
      language: 'es',
      formality: 'usted',
    }),
  ],
  [
    'Hassan El Idrissi',
    (day) => ({
      since: day(-2 * 365 - 90),
      plan: 'Nexo Móvil Viaje',
      valueMidCents: 2200,
      points: 310,
      commitments: [],
    }),
  ],
  [
    'Pilar Ortega Sanchis',
    (day) => ({
      since: day(-11 * 365),
      plan: 'Nexo Familia',
      valueShortCents: 7890,
      valueMidCents: 7450,
      valueLongCents: 8000,
      commitments: [{ name: 'Terminal a plazos', until: day(-20), costCents: 0 }],
      points: 5630,
      language: 'es',
      formality: 'usted',
    }),
  ],
  [
    'Mercè Soler i Vidal',
    (day) => ({ since: day(-3 * 365), plan: 'Nexo Móvil 10 GB', valueMidCents: 1290, benefitsCents: 0 }),
  ],
];

/** Comes as any import does, through the product's own door. */
export async function importCards(
  tx: EntityManager,
  imports: CustomerImports,
  by: Principal,
  now: Date,
): Promise<void> {
  const day = (days: number) => new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);
  const rows = SAID.map(([name, said], at) => {
    const { customer } = [LUCIA, ...STORIES].find((story) => story.customer.name === name) ?? LUCIA;
    const { phone, email, contract } = customer;
    const customerNumber = contract?.customerNumber ?? `NX-${440_100 + at * 7}`;
    const line = phone?.replaceAll(' ', '');
    const lines = line ? [{ number: line, from: null, to: null }] : [];
    const entry = { customerNumber, name, ...(email ? { emails: [email] } : {}), lines, ...said(day) };
    return { ...readEntry(entry), row: at + 1, cells: null };
  });
  const order = { source: 'nexo-crm', dryRun: false, fileName: 'clientes-nexo.csv', header: null };
  const id = await imports.keep(tx, by, order, rows);
  await imports.takeNext(tx, id);
}
