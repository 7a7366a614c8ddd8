import type { EntityManager } from 'typeorm';
import type { CalendarWeek, NewCalendarBody } from '#contracts';
import type { Principal } from '#identity';
import type { CalendarDays, CalendarService } from '#sla';
import { STORE_PLACES } from './store-places.js';

interface DemoCalendar extends NewCalendarBody {
  /** Whose holidays it keeps. */
  region: string;
  /** Codes of the stores that go by it. */
  stores: string[];
}

const CENTRE = [{ from: '08:00', to: '22:00' }];
const CENTRE_WEEK: CalendarWeek = {
  ...{ mon: CENTRE, tue: CENTRE, wed: CENTRE, thu: CENTRE, fri: CENTRE },
  ...{ sat: [{ from: '09:00', to: '21:00' }], sun: [{ from: '10:00', to: '20:00' }] },
};
const weekOf = (store: string): CalendarWeek => STORE_PLACES[store]?.hours.weekly ?? {};

const CALENDARS: DemoCalendar[] = [
  { name: 'Centro de atención', timeZone: 'Europe/Madrid', weekly: CENTRE_WEEK, region: 'MD', stores: [] },
  { name: 'Tiendas de Madrid', timeZone: 'Europe/Madrid', weekly: weekOf('goya'), region: 'MD', stores: ['goya'] },
  {
    ...{ name: 'Tienda de Gran Vía', timeZone: 'Europe/Madrid', weekly: weekOf('granvia') },
    ...{ region: 'MD', stores: ['granvia'] },
  },
  { name: 'Tiendas de Valencia', timeZone: 'Europe/Madrid', weekly: weekOf('colon'), region: 'VC', stores: ['colon'] },
  {
    ...{ name: 'Tiendas de Canarias', timeZone: 'Atlantic/Canary', weekly: weekOf('laspalmas') },
    ...{ region: 'CN', stores: ['laspalmas'] },
  },
];

/** When the contact centre and the stores are open. This year's holidays are accepted, those of the next wait to be looked at. */
export async function keepCalendars(
  tx: EntityManager,
  { calendars, days }: { calendars: CalendarService; days: CalendarDays },
  by: Principal,
  stores: Map<string, string>,
  now: Date,
): Promise<void> {
  const year = now.getUTCFullYear();
  for (const { region, stores: codes, ...calendar } of CALENDARS) {
    const id = await calendars.create(tx, by, calendar);
    await calendars.setStores(
      tx,
      by,
      id,
      codes.map((code) => stores.get(code)).filter((store) => store !== undefined),
    );
    const accept = await days.propose(tx, by, id, { country: 'ES', region, year });
    await days.review(tx, by, id, { accept, dismiss: [] });
    await days.propose(tx, by, id, { country: 'ES', region, year: year + 1 });
  }
}
